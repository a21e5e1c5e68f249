"""mutants.py SEED FIRST COUNT FOLDER: writes mutants of containers that hold EICAR, each reproducible by seed and number.

A mutant has one to three changes: bits, pieces cut out, doubled or put in, an end cut off, a number in a header that
lies; three in ten are packed into a container of another kind once more, and some of those are changed again.
"""

import os
import random
import struct
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "bench", "detection", "corpus"))
from cases import EICAR, NOTE
from containers import ALL
from formats import compound_file, pdf

LARGE = ("ext2", "fat", "iso", "iso-joliet-rock", "udf", "iso-bsdtar")
"""Disk images: mostly empty, so that fewer mutants of them teach as much."""
OUTER = ("zip-stored", "zip-deflate", "zip-bzip2", "zip-lzma", "tar-pax", "tar-gz", "tar-xz", "gz", "bz2", "xz", "lzma", "mail-python", "mbox")
LIES = (0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def bases():
    files = {"eicar.com": EICAR, "note.txt": NOTE}
    out = {kind: make(files) for kind, make in ALL.items()}
    stream = b"<</Type/EmbeddedFile/Length %d>>stream\n" % len(EICAR) + EICAR + b"\nendstream"
    out["pdf"] = pdf("<</Type/Catalog/Names<</EmbeddedFiles<</Names[(a)2 0 R]>>>>>>", "<</Type/Filespec/F(a.com)/EF<</F 3 0 R>>>>", stream)
    out["ole"] = compound_file({"Data": EICAR, "Other": NOTE})
    return out


def changed(content, chance):
    content = bytearray(content)
    at = chance.randrange(max(1, len(content)))
    if chance.random() < 0.5:  # what matters lies mostly at both ends
        at = min(at, chance.randrange(600)) if chance.random() < 0.6 else max(0, len(content) - 1 - chance.randrange(600))
    kind = chance.choice(("bit", "bit", "byte", "byte", "lie", "lie", "cut", "double", "insert", "end", "prefix", "append"))
    length = chance.randint(1, 40)
    if kind == "bit" and content:
        content[at] ^= 1 << chance.randrange(8)
    elif kind == "byte" and content:
        content[at] = chance.choice((0, 1, 8, 255, chance.randrange(256)))
    elif kind == "lie":
        size = chance.choice(("<H", "<I", ">I", "<Q"))
        number = chance.choice(LIES) & (1 << 8 * struct.calcsize(size)) - 1
        content[at : at + struct.calcsize(size)] = struct.pack(size, number)
    elif kind == "cut":
        del content[at : at + length]
    elif kind == "double":
        content[at:at] = content[at : at + length]
    elif kind == "insert":
        content[at:at] = chance.randbytes(length)
    elif kind == "end":
        del content[at:]
    elif kind == "prefix":
        content[:0] = chance.randbytes(length)
    else:
        content += chance.randbytes(length)
    return bytes(content)


def mutant(seed, number, base):
    chance = random.Random(f"{seed} {number}")
    kinds = [kind for kind in base if kind not in LARGE or chance.random() < 0.1]
    kind = chance.choice(kinds)
    content = base[kind]
    for _ in range(chance.randint(1, 3)):
        content = changed(content, chance)
    if chance.random() < 0.3:
        outer = chance.choice(OUTER)
        content = ALL[outer]({"inner": content, "note.txt": NOTE})
        kind = f"{kind}-in-{outer}"
        if chance.random() < 0.4:
            content = changed(content, chance)
    return kind, content


if __name__ == "__main__":
    seed, first, count, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    base = bases()
    for number in range(first, first + count):
        kind, content = mutant(seed, number, base)
        with open(os.path.join(folder, f"{number:06}-{kind}"), "wb") as file:
            file.write(content)
