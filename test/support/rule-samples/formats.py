"""Writers of binary formats, from their specifications alone."""

import struct

from plain import plain

SECTOR = 512
FREE, END, FAT_SECTOR, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound_file(streams, class_id=bytes(16)):
    """[MS-CFB] version 3; every stream is padded to 4096 bytes, so that no mini stream is needed. At most 100 sectors."""
    sectors, entries = [], []
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        content += bytes(-len(content) % SECTOR)
        start = len(sectors) + 1
        sectors += [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
        entries.append((name, 2, start, len(content), len(sectors)))
    fat, at = [FAT_SECTOR], 1
    for _, _, start, _, end in entries:
        while at < end:
            at += 1
            fat.append(at)
        fat.append(END)
        at += 1
    directory = b"".join(
        directory_entry(name, kind, start, size, right, child, class_id if kind == 5 else bytes(16))
        for name, kind, start, size, right, child in with_links(entries)
    )
    directory += bytes(-len(directory) % SECTOR)
    directory_start = len(fat)
    count = len(directory) // SECTOR
    fat += [directory_start + n + 1 for n in range(count - 1)] + [END]
    fat += [FREE] * (128 - len(fat))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory_start, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    return header + struct.pack("<128I", *fat) + b"".join(sectors) + directory


def with_links(entries):
    yield "Root Entry", 5, END, 0, NONE, 1
    for at, (name, kind, start, size, _) in enumerate(entries, 1):
        yield name, kind, start, size, at + 1 if at < len(entries) else NONE, NONE


def directory_entry(name, kind, start, size, right, child, class_id):
    wide = (name + "\0").encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide), kind, 1, NONE, right, child)
        + class_id
        + struct.pack("<I16xIQ", 0, start, size)
    )


def compressed_vba(source):
    """[MS-OVBA] 2.4.1 with literal tokens only: a flag byte of zero before every eight characters."""
    source, out = plain(source).encode(), b"\x01"
    for at in range(0, len(source), 3600):
        part = source[at : at + 3600]
        tokens = b"".join(b"\0" + part[i : i + 8] for i in range(0, len(part), 8))
        out += struct.pack("<H", (len(tokens) - 1) | 0xB000) + tokens
    return out


LINK_HEADER = bytes.fromhex("4c0000000114020000000000c000000000000046")


def shortcut(arguments="", name="", path="", icon="", behind=b""):
    """[MS-SHLLINK]: a header and Unicode StringData (2.4), without a LinkTargetIDList."""
    flags, strings = 0x80, b""
    for bit, text in ((0x04, name), (0x08, path), (0x20, arguments), (0x40, icon)):
        if text != "":
            flags |= bit
            wide = plain(text).encode("utf-16-le")
            strings += struct.pack("<H", len(wide) // 2) + wide
    header = LINK_HEADER + struct.pack("<II24xIII", flags, 0x20, 0, 0, 7) + bytes(12)
    return header.ljust(76, b"\0") + strings + bytes(4) + behind


def windows_program(content=b"", sections=(b".text",), flags=0x60000020, size=0x200):
    """PE32+ with the given section names, all of the same flags; the content stands in the first section."""
    stub = b"\x0e\x1f\xba\x0e\0\xb4\t\xcd!\xb8\x01L\xcd!" + plain("This pro·gram cannot be run in DOS mo·de.\r\r\n$").encode()
    dos = (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8".ljust(0x3C, b"\0") + struct.pack("<I", 0x80) + stub).ljust(0x80, b"\0")
    optional = struct.pack("<HBBIIIIIQ", 0x20B, 14, 0, size, 0, 0, 0x1000, 0x1000, 0x140000000).ljust(240, b"\0")
    coff = struct.pack("<HHIIIHH", 0x8664, len(sections), 0x66000000, 0, 0, len(optional), 0x22)
    body = content.ljust(size, b"\0")
    headers = dos + b"PE\0\0" + coff + optional
    table = b"".join(
        name.ljust(8, b"\0") + struct.pack("<IIII12xI", len(body), 0x1000 * (at + 1), len(body), 0x400, flags)
        for at, name in enumerate(sections)
    )
    return (headers + table).ljust(0x400, b"\0") + body


def imports_of(*names):
    """Hint/name entries as they stand in an import table: two bytes, the name, a zero."""
    return b"".join(b"\0\0" + plain(name).encode() + b"\0" for name in ("GetTickCount", *names, "ExitProcess"))


def linux_program(content, bits=64, kind=2, flags=5, sections=3):
    """An ELF header, one PT_LOAD segment and the content behind it."""
    if bits == 64:
        ident = b"\x7fELF\x02\x01\x01".ljust(16, b"\0")
        head = struct.pack("<HHIQQQIHHHHHH", kind, 62, 1, 0x400078, 64, 0, 0, 64, 56, 1, 64, sections, 0)
        segment = struct.pack("<IIQQQQQQ", 1, flags, 0, 0x400000, 0x400000, 120 + len(content), 120 + len(content), 0x1000)
    else:
        ident = b"\x7fELF\x01\x01\x01".ljust(16, b"\0")
        head = struct.pack("<HHIIIIIHHHHHH", kind, 3, 1, 0x8048054, 52, 0, 0, 52, 32, 1, 40, sections, 0)
        segment = struct.pack("<IIIIIIII", 1, 0, 0x8048000, 0x8048000, 84 + len(content), 84 + len(content), flags, 0x1000)
    return ident + head + segment + content


def mac_program(content=b"", protection=5, bits=64):
    """Mach-O with a __TEXT segment of the given protection."""
    name = b"__TEXT".ljust(16, b"\0")
    if bits == 64:
        command = struct.pack("<II", 0x19, 72) + name + struct.pack("<QQQQIIII", 1 << 32, 0x4000, 0, 0x4000, protection, protection, 0, 0)
        head = struct.pack("<IIIIIIII", 0xFEEDFACF, 0x01000007, 3, 2, 1, len(command), 0x85, 0)
    else:
        command = struct.pack("<II", 1, 56) + name + struct.pack("<IIIIIIII", 0x1000, 0x4000, 0, 0x4000, protection, protection, 0, 0)
        head = struct.pack("<IIIIIII", 0xFEEDFACE, 7, 3, 2, 1, len(command), 0x85)
    return head + command + content


def disk_image(*names, joliet=True, rock=False, contents=()):
    """ECMA-119 with one folder, as genisoimage lays it out: descriptors from sector 16, names plain, Joliet and Rock Ridge."""

    def record(name, sector, size, extra=b""):
        body = struct.pack("<I", sector) + struct.pack(">I", sector) + struct.pack("<I", size) + struct.pack(">I", size)
        body += bytes(7) + b"\0\0\0" + struct.pack("<H", 1) + struct.pack(">H", 1) + bytes([len(name)]) + name
        body += bytes(len(name) % 2 == 0) + extra
        return bytes([len(body) + 2, 0]) + body

    def folder(encode, sector):
        out = record(b"\0", sector, 2048) + record(b"\1", sector, 2048)
        for at, name in enumerate(names):
            extra = b"NM" + bytes([5 + len(name.encode())]) + b"\x01\0" + name.encode() if rock else b""
            out += record(encode(name), 22 + at, 2048, extra)
        return out.ljust(2048, b"\0")

    def short(name):
        stem, _, ending = name.upper().rpartition(".")
        return ("".join(c if c.isalnum() else "_" for c in stem)[:31] + "." + ending + ";1").encode()

    def volume(kind, sector):
        escape = b"%/E" if kind == 2 else b""
        head = bytes([kind]) + b"CD001\x01" + bytes(1) + b" " * 32 + b"CDROM".ljust(32) + bytes(16) + escape
        return head.ljust(156, b"\0") + record(b"\0", sector, 2048)[:34]

    sectors = [bytes(2048)] * 16 + [volume(1, 20).ljust(2048, b"\0")]
    sectors.append(volume(2, 21).ljust(2048, b"\0") if joliet else bytes(2048))
    sectors += [b"\xffCD001\x01".ljust(2048, b"\0"), bytes(2048), folder(short, 20)]
    sectors.append(folder(lambda name: (name + ";1").encode("utf-16-be"), 21) if joliet else bytes(2048))
    files = list(contents) + [b"content"] * (len(names) - len(contents))
    return b"".join(sectors) + b"".join(content.ljust(2048, b"\0") for content in files)


def pdf(*objects, header=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"):
    """A PDF of the given object bodies, numbered from 1, the first being the catalogue; with a correct xref table."""
    out, offsets = header, []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else plain(body).encode("latin-1")) + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    count = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


def png(behind=b""):
    """One white pixel."""
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"") + behind


def gif(behind=b""):
    return bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b") + behind


def jpeg(behind=b"", comment=b""):
    """Markers of a JPEG file without picture data worth showing."""
    note = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    return bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + note + bytes.fromhex("ffda0008010100003f00d2ffd9") + behind
