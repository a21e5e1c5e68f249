"""Reads paths on its input; prints each from which 7-Zip or Python unpacks a file that is exactly EICAR, through up to four layers."""

import bz2
import email
import email.policy
import gzip
import io
import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "bench", "detection", "corpus"))
from cases import EICAR

LAYERS = 4
MOST_BYTES = 4 * 1024 * 1024
SECONDS = 20


def of_zip(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            try:
                with archive.open(member) as file:
                    yield file.read(MOST_BYTES)
            except Exception:  # a broken member says nothing about the others
                continue


def of_tar(content):
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                yield file.read(MOST_BYTES)


def of_stream(opener):
    return lambda content: iter([opener(io.BytesIO(content)).read(MOST_BYTES)])


def of_mail(content):
    if b"\nMIME-Version:" not in content[:4000]:
        return  # Python takes any text for a mail
    for part in email.message_from_bytes(content, policy=email.policy.compat32).walk():
        if not part.is_multipart():
            yield part.get_payload(decode=True) or b""


def of_seven_zip(content):
    with tempfile.TemporaryDirectory(prefix="dropgate-fuzz-") as folder:
        path = os.path.join(folder, "mutant")
        with open(path, "wb") as file:
            file.write(content)
        out = os.path.join(folder, "out")
        command = ["prlimit", "--fsize=16777216", "7zz", "x", "-y", "-p-", f"-o{out}", path]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS)
        for above, _, names in os.walk(out):
            for name in names:
                with open(os.path.join(above, name), "rb") as file:
                    yield file.read(MOST_BYTES)


OPENERS = (of_zip, of_tar, of_stream(gzip.open), of_stream(bz2.open), of_stream(lzma.open), of_mail, of_seven_zip)


def members(content):
    for opener in OPENERS:
        try:
            yield from opener(content)
        except Exception:  # this opener cannot read it (any further): the next one
            continue


def holds(content, layers):
    if content == EICAR:
        return True
    if layers == 0 or not content:
        return False
    return any(holds(member, layers - 1) for member in dict.fromkeys(members(content)) if member != content)


for line in sys.stdin:
    with open(line.rstrip("\n"), "rb") as file:
        found = holds(file.read(), LAYERS)
    if found:
        print(line.rstrip("\n"), flush=True)
