"""Every kind of container, as a function from {name: content} to bytes, each by a maker that is not ours."""

import base64
import bz2
import email.message
import gzip
import io
import lzma
import mailbox
import os
import quopri
import tarfile
import tempfile
import zipfile

from cases import made

MEMBERS, STREAMS = {}, {}
"""Name to function. Streams hold the content of the first member alone."""


def zipped(method):
    def make(files):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return out.getvalue()

    return make


def tarred(form, mode="w"):
    def make(files):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode, format=form) as archive:
            for name, content in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        return out.getvalue()

    return make


def program(*commands, result="made"):
    """Commands that pack the files; `FILES` stands for their names."""

    def make(files):
        named = [[part for word in command for part in (list(files) if word == "FILES" else [word])] for command in commands]
        return made(named, files, result)

    return make


def tree(*commands):
    """As `program`, for makers that take a folder: the files lie in `tree`."""
    return lambda files: made(commands, {f"tree/{name}": content for name, content in files.items()})


MEMBERS.update({
    "zip-stored": zipped(zipfile.ZIP_STORED),
    "zip-deflate": zipped(zipfile.ZIP_DEFLATED),
    "zip-bzip2": zipped(zipfile.ZIP_BZIP2),
    "zip-lzma": zipped(zipfile.ZIP_LZMA),
    "zip-deflate64": program(["7zz", "a", "-tzip", "-mm=Deflate64", "made.zip", "FILES"], result="made.zip"),
    "zip-ppmd": program(["7zz", "a", "-tzip", "-mm=PPMd", "made.zip", "FILES"], result="made.zip"),
    "zip-streamed": program(["bsdtar", "--format=zip", "-cf", "made", "FILES"]),
    "zip-infozip": program(["zip", "-q", "made.zip", "FILES"], result="made.zip"),
    "tar-pax": tarred(tarfile.PAX_FORMAT),
    "tar-gnu": tarred(tarfile.GNU_FORMAT),
    "tar-ustar": tarred(tarfile.USTAR_FORMAT),
    "tar-v7": program(["bsdtar", "--format=v7tar", "-cf", "made", "FILES"]),
    "tar-gz": tarred(tarfile.PAX_FORMAT, "w:gz"),
    "tar-bz2": tarred(tarfile.GNU_FORMAT, "w:bz2"),
    "tar-xz": tarred(tarfile.GNU_FORMAT, "w:xz"),
    "tar-zst": program(["bsdtar", "--zstd", "-cf", "made", "FILES"]),
    "tar-lz4": program(["bsdtar", "--lz4", "-cf", "made", "FILES"]),
    "tar-Z": program(["bsdtar", "-Zcf", "made", "FILES"]),
    "7z-lzma2": program(["7zz", "a", "made.7z", "FILES"], result="made.7z"),
    "7z-ppmd": program(["7zz", "a", "-m0=PPMd", "made.7z", "FILES"], result="made.7z"),
    "7z-bzip2": program(["7zz", "a", "-m0=BZip2", "made.7z", "FILES"], result="made.7z"),
    "7z-stored": program(["7zz", "a", "-mx=0", "made.7z", "FILES"], result="made.7z"),
    "7z-not-solid": program(["7zz", "a", "-ms=off", "made.7z", "FILES"], result="made.7z"),
    "7z-bsdtar": program(["bsdtar", "--format=7zip", "-cf", "made", "FILES"]),
    "wim": program(["7zz", "a", "-twim", "made.wim", "FILES"], result="made.wim"),
    "cpio-newc": program(["bsdtar", "--format=newc", "-cf", "made", "FILES"]),
    "cpio-odc": program(["bsdtar", "--format=odc", "-cf", "made", "FILES"]),
    "xar": program(["bsdtar", "--format=xar", "-cf", "made", "FILES"]),
    "ar": program(["ar", "rc", "made", "FILES"]),
    "cab": program(["gcab", "-c", "made", "FILES"]),
    "cab-mszip": program(["gcab", "-c", "-z", "made", "FILES"]),
    "arj": program(["arj", "a", "-y", "made.arj", "FILES"], result="made.arj"),
    "lzh": program(["jlha", "aq", "made.lzh", "FILES"], result="made.lzh"),
    "iso": tree(["genisoimage", "-quiet", "-o", "made", "tree"]),
    "iso-joliet-rock": tree(["genisoimage", "-quiet", "-J", "-R", "-o", "made", "tree"]),
    "udf": tree(["genisoimage", "-quiet", "-udf", "-o", "made", "tree"]),
    "iso-bsdtar": program(["bsdtar", "--format=iso9660", "-cf", "made", "FILES"]),
    "squashfs": tree(["mksquashfs", "tree", "made", "-quiet", "-no-progress"]),
    "ext2": tree(["/sbin/mke2fs", "-q", "-t", "ext2", "-d", "tree", "made", "2M"]),
    "fat": tree(["truncate", "-s", "1474560", "made"], ["/sbin/mkfs.fat", "made"], ["sh", "-c", "mcopy -s -i made tree/* ::"]),
})


def deb(files):
    control = b"Package: a\nVersion: 1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: a\n"
    within = {f"pkg/opt/{name}": content for name, content in files.items()}
    return made([["dpkg-deb", "-b", "pkg", "made"]], {"pkg/DEBIAN/control": control, **within})


def rpm(files):
    """By rpmbuild, with the files in /opt."""
    listed = "\n".join(f"/opt/{name}" for name in files)
    spec = f"Name: a\nVersion: 1\nRelease: 1\nSummary: a\nLicense: a\nBuildArch: noarch\n%description\na\n%install\nmkdir -p %{{buildroot}}/opt\ncp -r %{{_sourcedir}}/* %{{buildroot}}/opt\n%files\n{listed}\n"
    sources = {f"src/{name}": content for name, content in files.items()}
    commands = [["sh", "-c", 'rpmbuild -bb --define "_topdir $PWD/top" --define "_sourcedir $PWD/src" a.spec && mv top/RPMS/noarch/*.rpm made']]
    return made(commands, {"a.spec": spec.encode(), **sources})


def mail(encode, header):
    """A message with each file attached, encoded as asked."""

    def make(files):
        parts = []
        for name, content in files.items():
            head = f"--b\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: {header}\r\n\r\n"
            parts.append(head.encode() + encode(content) + b"\r\n")
        start = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Files\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee there.\r\n"
        return start + b"".join(parts) + b"--b--\r\n"

    return make


def python_mail(files):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Files"
    message.set_content("See there.")
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=os.path.basename(name))
    return message.as_bytes()


def mbox(files):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "box")
        box = mailbox.mbox(path)
        for name, content in files.items():
            box.add(mailbox.mboxMessage(python_mail({name: content})))
        box.flush()
        with open(path, "rb") as file:
            return file.read()


MEMBERS.update({
    "deb": deb,
    "rpm": rpm,
    "mail-python": python_mail,
    "mail-base64": mail(base64.encodebytes, "base64"),
    "mail-quoted": mail(quopri.encodestring, "quoted-printable"),
    "mbox": mbox,
})


def packed(*command):
    return lambda files: made([["sh", "-c", f"{' '.join(command)} -c content > made"]], {"content": next(iter(files.values()))})


def first(pack):
    return lambda files: pack(next(iter(files.values())))


STREAMS.update({
    "gz": first(gzip.compress),
    "gz-program": packed("gzip", "-9"),
    "gz-two-members": first(lambda content: gzip.compress(content[:30]) + gzip.compress(content[30:])),
    "bz2": first(bz2.compress),
    "bz2-two-streams": first(lambda content: bz2.compress(content[:30]) + bz2.compress(content[30:])),
    "xz": first(lzma.compress),
    "xz-two-streams": first(lambda content: lzma.compress(content[:30]) + lzma.compress(content[30:])),
    "lzma": first(lambda content: lzma.compress(content, lzma.FORMAT_ALONE)),
    "zst": packed("zstd", "-q"),
    "zst-ultra": packed("zstd", "-q", "--ultra", "-22"),
    "lz4": packed("lz4", "-q"),
    "Z": packed("compress", "-f"),
})
ALL = {**MEMBERS, **STREAMS}

CHECKSUMMED = ("zip-deflate", "zip-stored", "7z-lzma2", "7z-stored", "wim", "xar", "arj", "lzh", "gz", "bz2", "xz", "zst", "lz4", "tar-gz", "tar-xz", "deb", "rpm", "squashfs")
"""Kinds in which a changed byte of a member cannot go unnoticed."""
ENDLESS = ("mbox", "mail-python", "mail-base64", "mail-quoted", "Z", "ext2", "fat", "tar-Z")
"""Kinds that may end anywhere, or in unused space: a shorter one is not always wrong."""
