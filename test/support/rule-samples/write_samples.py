"""Writes a file for each sample into the folder named first, and prints [{"rule", "path"}] as JSON (rule null: an ordinary file)."""

import importlib
import json
import os
import sys

from plain import SAMPLES

HERE = os.path.dirname(os.path.abspath(__file__))
NOT_SAMPLES = ("plain", "formats", "write_samples")

for name in sorted(os.listdir(HERE)):
    stem, ending = os.path.splitext(name)
    if ending == ".py" and stem not in NOT_SAMPLES:
        importlib.import_module(stem)

listed = []
for number, (rule, content) in enumerate(SAMPLES):
    path = os.path.join(sys.argv[1], f"{rule or 'ordinary'}-{number}")
    with open(path, "wb") as file:
        file.write(content)
    listed.append({"rule": rule, "path": path})
json.dump(listed, sys.stdout)
