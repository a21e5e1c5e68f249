"""make-texts.py FOLDER: small but whole files of formats that are text, as people and programs write them."""
import email.message, json, mailbox, os, sys
from email.utils import formatdate
from xml.etree import ElementTree

folder = sys.argv[1]

TEXTS = {
    'letter.txt': 'Dear Anna,\n\nthank you for the photographs. We are back on Tuesday.\n\nYours, Paul\n',
    'cp1252.txt': 'Les élèves ont été reçus à Orléans, où il fait très beau.\n'.encode('cp1252'),
    'utf16.txt': 'Grüße aus Köln, und bis bald.\r\n'.encode('utf-16'),
    'server.log': ''.join(f'2026-11-0{d} 10:0{d}:00 INFO worker {d} took 12 ms\n' for d in range(1, 9)),
    'table.csv': 'name,city,year\n' + 'Anna,Paris,1990\nPaul,Lyon,1985\n',
    'table.tsv': 'name\tcity\tyear\nAnna\tParis\t1990\nPaul\tLyon\t1985\n',
    'page.html': '<!DOCTYPE html>\n<html lang="en"><head><title>Hello</title></head><body><p>Hi</p></body></html>\n',
    'page.xhtml': '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>\n',
    'style.css': 'body {\n  margin: 0;\n  color: #333;\n}\n\n.note > p { font-weight: bold; }\n',
    'readme.md': '# Title\n\nSome *words*, and a [link](https://example.org).\n\n- one\n- two\n',
    'settings.yaml': 'name: gate\nlimits:\n  files: 100\n  bytes: 4096\n',
    'settings.toml': '[package]\nname = "gate"\nversion = "1.0.0"\n',
    'settings.ini': '[general]\nlanguage=fr\n; a remark\n[paths]\nhome=/srv\n',
    'query.sql': "SELECT name, city FROM people WHERE year > 1980 ORDER BY name;\n",
    'paper.tex': '\\documentclass{article}\n\\begin{document}\nHello.\n\\end{document}\n',
    'program.c': '#include <stdio.h>\n\nint main(void) {\n  puts("hello");\n  return 0;\n}\n',
    'Program.java': 'package a;\n\nimport java.util.List;\n\npublic class Program {\n  private int size;\n}\n',
    'program.py': '#!/usr/bin/env python3\nimport sys\n\nprint(len(sys.argv))\n',
    'program.sh': '#!/bin/sh\nset -eu\necho "$1"\n',
    'program.pl': '#!/usr/bin/perl -w\nuse strict;\nprint "hi\\n";\n',
    'program.rb': "#!/usr/bin/env ruby\nputs 'hi'\n",
    'program.php': "<?php\nfunction hi($name) {\n  return 'Hi ' . $name;\n}\n",
    'program.lua': '#!/usr/bin/lua\nprint("hi")\n',
    'program.js': '#!/usr/bin/env node\nconsole.log(process.argv.length);\n',
    'program.awk': '#!/usr/bin/awk -f\n{ print $1 }\n',
    'program.bat': '@echo off\r\nrem a remark\r\ncopy a.txt b.txt\r\n',
    'program.ps1': '[CmdletBinding()]\nparam([string]$Name)\nWrite-Output "Hi $Name"\n',
    'program.vbs': 'Option Explicit\r\nDim shell\r\nSet shell = CreateObject("WScript.Shell")\r\nshell.Popup "Hi"\r\n',
    'program.wsf': '<job id="a">\r\n<script language="JScript">\r\nWScript.Echo("hi");\r\n</script>\r\n</job>\r\n',
    'program.hta': '<html><head><HTA:APPLICATION ID="a" BORDER="thin"/></head><body>Hi</body></html>\r\n',
    'web.url': '[InternetShortcut]\r\nURL=https://example.org/\r\n',
    'tool.desktop': '[Desktop Entry]\nType=Application\nName=Tool\nExec=/usr/bin/tool %f\n',
    'keys.reg': 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\A]\r\n"b"="c"\r\n',
    'change.diff': '--- a/x.txt\n+++ b/x.txt\n@@ -1 +1 @@\n-one\n+two\n',
    'film.srt': '1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> 00:00:04,000\nBye.\n',
    'film.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n',
    'meeting.ics': 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\nBEGIN:VEVENT\r\nSUMMARY:Hi\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    'anna.vcf': 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Martin\r\nEND:VCARD\r\n',
    'drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>\n',
    'page.ps': '%!PS-Adobe-3.0\n%%Pages: 1\n%%EndComments\n0 0 moveto 9 9 lineto stroke showpage\n%%EOF\n',
    'words.po': 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\nmsgid "yes"\nmsgstr "oui"\n',
    'notes.rtf': '{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs24 Hello\\par}\n',
    'lines.jsonl': '{"a": 1}\n{"a": 2}\n',
    'list.m3u': '#EXTM3U\n#EXTINF:123,Song\nsong.mp3\n',
}
for name, text in TEXTS.items():
    with open(os.path.join(folder, name), 'wb') as file:
        file.write(text if isinstance(text, bytes) else text.encode())

with open(os.path.join(folder, 'data.json'), 'w') as file:
    json.dump({'name': 'Anna', 'years': [1990, 1991]}, file, indent=2)

feed = ElementTree.Element('feed')
ElementTree.SubElement(feed, 'title').text = 'News'
ElementTree.ElementTree(feed).write(os.path.join(folder, 'feed.xml'), encoding='utf-8', xml_declaration=True)

message = email.message.EmailMessage()
message['From'], message['To'], message['Subject'] = 'a@example.org', 'b@example.org', 'Photographs'
message['Date'] = formatdate(0)
message.set_content('Here they are.\n')
message.add_attachment(b'\x00\x01\x02', maintype='application', subtype='octet-stream', filename='a.bin')
with open(os.path.join(folder, 'message.eml'), 'wb') as file:
    file.write(message.as_bytes())
box = mailbox.mbox(os.path.join(folder, 'inbox.mbox'))
box.add(message)
box.close()
