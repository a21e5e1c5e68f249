"""Passwords, bombs small enough for continuous integration, escaping names and links, archives that readers see differently."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib

from cases import EICAR, NOTE, case, made
from containers import MEMBERS

FILES = {"eicar.com": EICAR, "note.txt": NOTE}
LOCKS = {
    "zip, old cipher": (["zip", "-q", "-P", "{}", "out.zip", "eicar.com", "note.txt"], "out.zip"),
    "zip, AES-256": (["7zz", "a", "-tzip", "-mem=AES256", "-p{}", "out.zip", "eicar.com", "note.txt"], "out.zip"),
    "zip, AES-128": (["7zz", "a", "-tzip", "-mem=AES128", "-p{}", "out.zip", "eicar.com", "note.txt"], "out.zip"),
    "7z": (["7zz", "a", "-p{}", "out.7z", "eicar.com", "note.txt"], "out.7z"),
    "7z, names hidden": (["7zz", "a", "-mhe=on", "-p{}", "out.7z", "eicar.com", "note.txt"], "out.7z"),
    "arj": (["arj", "a", "-y", "-g{}", "out.arj", "eicar.com", "note.txt"], "out.arj"),
}
for kind, (command, result) in LOCKS.items():
    for password, label, expected in (("Xq7!unknown", "unknown password", "stopped"), ("infected", "password of the profile", "infected")):
        if kind == "arj" and expected == "infected":
            continue  # 7-Zip lists ARJ members under a password, and cannot open them
        locked = made([[word.replace("{}", password) for word in command]], FILES, result)
        case("encrypted", expected, f"{kind}, {label}", locked)
        for outer in ("tar-gz", "mail-python", "zip-stored"):
            case("encrypted", expected, f"{kind}, {label}, in {outer}", MEMBERS[outer]({"inner": locked}))

ZEROS = bytes(64 * 1024 * 1024)
case("bomb", "stopped", "64 MiB of zeros in a zip", MEMBERS["zip-deflate"]({"zeros": ZEROS}))
case("bomb", "stopped", "64 MiB of zeros in gz", gzip.compress(ZEROS))
case("bomb", "stopped", "64 MiB of zeros in 7z", MEMBERS["7z-lzma2"]({"zeros": ZEROS}))
case("bomb", "stopped", "64 MiB of zeros in bz2", MEMBERS["tar-bz2"]({"zeros": ZEROS}))
layer = MEMBERS["zip-deflate"]({"zeros": bytes(4 * 1024 * 1024)})
for _ in range(3):
    layer = MEMBERS["zip-deflate"]({f"{at:02}.zip": layer for at in range(16)})
case("bomb", "stopped", "nested like 42.zip", layer)


def many(count):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for at in range(count):
            archive.writestr(f"{at}", b"")
    return out.getvalue()


case("bomb", "stopped", "20,000 members", many(20_000))


def overlapping(count):
    """Every entry of the directory points to the same local header, one kernel for all."""
    kernel = zlib.compress(bytes(4 * 1024 * 1024), 9)[2:-4]
    crc = zlib.crc32(bytes(4 * 1024 * 1024))
    sizes = struct.pack("<III", crc, len(kernel), 4 * 1024 * 1024)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 1, 0) + b"0" + kernel
    directory = b"".join(
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes + struct.pack("<HHHHHII", 4, 0, 0, 0, 0, 0, 0) + b"%04d" % at
        for at in range(count)
    )
    return local + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(local), 0)


case("bomb", "stopped", "members that overlap", overlapping(200))

ESCAPES = ("../../../../tmp/x", "/etc/cron.d/x", "a/../../x", "..\\..\\x", "C:\\Windows\\x", "\\\\192.0.2.1\\share\\x")
for name in ESCAPES:
    label = name.replace("/", "|").replace("\\", "!")
    case("name that escapes", "found", f"zip {label}", MEMBERS["zip-stored"]({name: NOTE}))
    case("name that escapes", "found", f"tar {label}", MEMBERS["tar-pax"]({name: NOTE}))


def linked(*links, files=(), kind=tarfile.SYMTYPE):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, target in links:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            archive.addfile(member)
        for name in files:
            member = tarfile.TarInfo(name)
            member.size = len(NOTE)
            archive.addfile(member, io.BytesIO(NOTE))
    return out.getvalue()


def linked_inside():
    return made([["ln", "a", "b"], ["tar", "cf", "made", "a", "b"]], {"a": NOTE})


case("link that escapes", "found", "written through", linked(("d", "/etc"), files=("d/passwd",)))
case("link that escapes", "found", "up and out", linked(("d", "../../../home"), files=("d/x",)))
case("link that escapes", "found", "hard link out", linked(("d", "/etc/passwd"), kind=tarfile.LNKTYPE))
case("link that escapes", "clean", "ordinary links of a source tree", linked(("lib/liba.so", "liba.so.1"), ("doc", "share/doc"), files=("lib/liba.so.1", "share/doc/a")))
case("link that escapes", "clean", "hard link inside", linked_inside())

plain_zip = MEMBERS["zip-stored"]({"note.txt": NOTE})
evil_zip = MEMBERS["zip-stored"]({"eicar.com": EICAR})


def rename(archive, at_signature, before, after):
    at = archive.index(before, archive.index(at_signature))
    return archive[:at] + after + archive[at + len(before) :]


case("readers see different things", "stopped", "local name differs", rename(evil_zip, b"PK\x03\x04", b"eicar.com", b"notes.txt"))
case("readers see different things", "stopped", "member without directory entry", evil_zip[: evil_zip.index(b"PK\x01\x02")] + plain_zip)
case("readers see different things", "stopped", "two zips, one behind the other", evil_zip + plain_zip)
case("readers see different things", "stopped", "two zips, the other way round", plain_zip + evil_zip)
central = evil_zip.index(b"PK\x01\x02")
case("readers see different things", "stopped", "method differs", evil_zip[:8] + b"\x08\0" + evil_zip[10:])
case("readers see different things", "stopped", "size differs", evil_zip[: central + 20] + struct.pack("<II", 4, 4) + evil_zip[central + 28 :])
case("readers see different things", "stopped", "zip in the comment of a zip", plain_zip[:-2] + struct.pack("<H", len(evil_zip)) + evil_zip)

CARRIERS = {
    "png": bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001487faf350000000049454e44ae426082"),
    "gif": bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"),
    "html": b"<!DOCTYPE html><html><body>Hello</body></html>\n",
    "text": b"An ordinary text.\n" * 50,
    "shell script": b"#!/bin/sh\ntail -c +90 $0 | tar x\nexit 0\n",
    "zeros": bytes(5000),
}
for carrier, bytes_before in CARRIERS.items():
    for kind in ("zip-deflate", "7z-lzma2", "cab-mszip", "tar-gz", "xz-members"):
        archive = MEMBERS[kind.replace("xz-members", "tar-xz")](FILES)
        case("archive behind other content", "infected", f"{kind} behind {carrier}", bytes_before + archive)
with open("/usr/bin/true", "rb") as file:
    PROGRAM = file.read()
for kind in ("zip-deflate", "7z-lzma2", "cab-mszip"):
    case("archive behind other content", "infected", f"{kind} behind a program", PROGRAM + MEMBERS[kind](FILES))
case("archive before other content", "infected", "zip before text", MEMBERS["zip-deflate"](FILES) + b"\nmore text\n" * 20)
case("archive before other content", "stopped", "7z before zeros", MEMBERS["7z-lzma2"](FILES) + bytes(5000))
case("archive before other content", "infected", "gz before text", gzip.compress(EICAR) + b"\nmore text\n" * 20)
