"""Writes every labelled case into the folder named first, and prints [{"path", "group", "expected", "case"}] as JSON."""

import importlib
import json
import os
import sys

sys.dont_write_bytecode = True
from cases import CASES

HERE = os.path.dirname(os.path.abspath(__file__))
NOT_CASES = ("cases", "containers", "write_corpus")

for name in sorted(os.listdir(HERE)):
    stem, ending = os.path.splitext(name)
    if ending == ".py" and stem not in NOT_CASES:
        importlib.import_module(stem)

listed = []
for number, (group, expected, name, content) in enumerate(CASES):
    # a folder for each case: names matter to the program under test, and may be the same
    folder = os.path.join(sys.argv[1], f"{number:04}")
    os.makedirs(folder)
    path = os.path.join(os.fsencode(folder), name if isinstance(name, bytes) else name.encode())
    with open(path, "wb") as file:
        file.write(content)
    listed.append({"folder": folder, "group": group, "expected": expected, "case": os.fsdecode(name).encode("utf-8", "replace").decode()})
json.dump(listed, sys.stdout)
