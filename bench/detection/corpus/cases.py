"""How labelled cases are written down. Nothing here knows the program under test.

Labels: `infected` (EICAR lies in it and every layer can be opened), `found` (an attack technique: suspicious or infected),
`stopped` (it cannot be seen through: anything but clean), `clean` (honest).
"""

import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "test", "support", "rule-samples"))

CASES = []
"""(group, expected, file name as str or bytes, content)."""

# put together here, so that this file is not taken for malware itself
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS" + b"-TEST-FILE!$H+H*"
NOTE = b"An ordinary note that lies beside it.\n" * 40


def case(group, expected, name, content):
    CASES.append((group, expected, name, content))


def noise(size, seed=1):
    """Bytes that nothing can compress, the same on every machine."""
    import random

    return random.Random(seed).randbytes(size)


def made(commands, files, result="made"):
    """Runs the commands in a folder that holds `files` ({path: content}), and reads what they left at `result`.

    Raises CalledProcessError when one fails. A missing program raises FileNotFoundError: the corpus must be whole.
    """
    folder = tempfile.mkdtemp(prefix="dropgate-corpus-")
    try:
        for path, content in files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, path)) or folder, exist_ok=True)
            with open(os.path.join(folder, path), "wb") as file:
                file.write(content)
        for command in commands:
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with open(os.path.join(folder, result), "rb") as file:
            return file.read()
    finally:
        shutil.rmtree(folder)
