"""Names that say something else than the content, and honest names that could be taken for such."""

from cases import NOTE, case
from containers import MEMBERS
from formats import gif, jpeg, linux_program, mac_program, pdf, png, shortcut, windows_program

WINDOWS = windows_program(b"\x90" * 300)
LINUX = linux_program(b"\x90" * 300)
MAC = mac_program(b"\x90" * 300)
SCRIPT = b"#!/bin/sh\necho hello\n"

for ending in ("pdf", "jpg", "docx", "txt", "png", "xlsx", "csv", "mp3", "html"):
    case("program under another ending", "found", f"invoice.{ending}", WINDOWS)
for ending in ("pdf", "jpg", "doc"):
    case("program under another ending", "found", f"linux.{ending}", LINUX)
    case("program under another ending", "found", f"mac.{ending}", MAC)
    case("program under another ending", "found", f"link.{ending}", shortcut("/c x", path="..\\cmd.exe"))
for name in ("invoice.pdf.exe", "photo.jpg.scr", "letter.docx.js", "scan.png.bat", "statement.pdf.lnk", "song.mp3.vbs", "report.xlsx      .exe"):
    content = {"exe": WINDOWS, "scr": WINDOWS, "lnk": shortcut("/c x", path="..\\cmd.exe")}.get(name.rsplit(".", 1)[1], b"hello\n")
    case("double ending", "found", name, content)
for name in ("invoice\u202efdp.exe", "photo\u202egnp.scr", "\u2066a\u2069txt.js", "re\u200bport.pdf.exe"):
    case("turned or hidden characters", "found", name, WINDOWS)
case("turned or hidden characters", "found", b"bell\x07.pdf\x08.exe", WINDOWS)
for kind, name in (("zip-deflate", "letter.pdf"), ("7z-lzma2", "photo.jpg"), ("iso-joliet-rock", "bill.pdf"), ("cab", "letter.txt")):
    case("archive under the name of a document", "found", name, MEMBERS[kind]({"note.txt": NOTE}))
for name in ("a.exe", "invoice.pdf.exe"):
    for kind in ("zip-deflate", "7z-lzma2", "iso-joliet-rock", "mail-python"):
        expected = "found" if name.startswith("invoice") else "clean"
        case("double ending in an archive", expected, f"{name} in {kind}", MEMBERS[kind]({name: WINDOWS}))

PAGE = pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
HONEST = {
    "notes.log": NOTE, "README": NOTE, "data.dat": NOTE, "picture.png": png(), "picture.gif": gif(), "photo.jpeg": jpeg(),
    "setup.exe": WINDOWS, "tool": LINUX, "tool.bin": LINUX, "library.dll": WINDOWS, "run.sh": SCRIPT, "page.pdf": PAGE, "notes.v1.2.txt": NOTE,
    "john.doe.docx.txt": NOTE, "archive.tar.gz": MEMBERS["tar-gz"]({"a": NOTE}), "lib.jar": MEMBERS["zip-deflate"]({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n"}),
    "table.csv": b"name,year\nAnna,1990\n", "settings.json": b'{"a": 1}\n', "page.html": b"<html><body>Hello</body></html>", "עברית.txt": NOTE, "résumé.pdf": PAGE,
    "www.example.com": NOTE, "letter.pdf.bak": PAGE, "backup.2024.01.01": NOTE, "image.jpg": png(), "disk.iso": MEMBERS["iso"]({"a.txt": NOTE}), "empty.pdf": b"", "script.js": b"export const a = 1;\n",
}
for name, content in HONEST.items():
    case("honest name", "clean", name, content)
