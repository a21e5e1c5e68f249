"""Honest files that come close to a technique: nothing that stops a file may be found in them."""

import io
import zipfile

from formats import compound_file, compressed_vba, disk_image, gif, imports_of, jpeg, linux_program, mac_program, pdf, png, shortcut, windows_program
from plain import b64, ordinary, to_bytes

# pages and scripts of servers
ordinary(
    "<?php $name = $_POST['name']; echo htmlspecialchars($name); exec('ls'); ?>",
    "<?php $handler = 'on' . 'Save'; $this->$handler($request); $parts = str_replace('a', '', 'banana'); echo chr(65).chr(66).chr(67);",
    "<?php file_put_contents($cache, json_encode($_POST)); move_uploaded_file($_FILES['f']['tmp_name'], $target);",
    "<?php set_time_limit(0); error_reporting(0); echo php_uname(); $h = opendir($d); passthru('svnlook'); // deploy console",
    '<% String name = request.getParameter("name"); %><%= name %>',
    '<%@ Page Language="C#" %><script runat="server">void L(object s, EventArgs e) { label.Text = Request["q"]; }</script>',
    "AddType application/x-httpd-php .php\nAddType image/webp .webp\nphp_value upload_max_filesize 20M\n",
)
# administrators' scripts
ordinary(
    "@echo off\nstart notepad.exe\ncall build.bat\n",
    "@echo off\ncertutil -hashfile a.exe SHA256\nstart a.exe\n",
    "powershell -NoProfile -ExecutionPolicy Bypass -File build.ps1",
    "iex ((New-Object System.Net.WebClient).DownloadString('https://example.com/install.ps1'))",
    "#!/bin/sh\nset -e\ncurl -fsSL https://example.com/install.sh | bash\n",
    "Set-MpPreference -DisableRealtimeMonitoring $false\nAdd-MpPreference -ExclusionPath D:\\Build\n",
    "@echo off\nvssadmin list shadows\nwbadmin get versions\nvssadmin delete shadows /for=D: /oldest\n",
    'CreateObject("WScript.Shell").Run "notepad.exe"',
    'Set f = CreateObject("Scripting.FileSystemObject")\nf.CopyFile "a.lnk", CreateObject("WScript.Shell").SpecialFolders("Startup")\n',
    'reg add "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run" /v Backup /d "C:\\Program Files\\Backup\\tray.exe" /f\n',
    "schtasks /create /tn Sync /tr \"powershell.exe -WindowStyle Hidden -File C:\\Scripts\\sync.ps1\" /sc hourly\n",
    "<Exec><Command>powershell.exe</Command><Arguments>-NoProfile -WindowStyle Hidden -File C:\\Scripts\\sync.ps1</Arguments></Exec>",
    "schtasks /create /tn Backup /tr \"powershell.exe -File C:\\Scripts\\backup.ps1\" /sc daily\n",
    "[Reflection.Assembly]::LoadWithPartialName('System.Windows.Forms')\n$b = [Convert]::FromBase64String($text)\n$s = New-Object IO.Compression.GzipStream($m, 0)\n",
    "$e = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($secret)); Write-Host ('{0}{1}' -f 'a', 'b') $env:windir\n",
    "#!/bin/sh\nnc -z -w 2 localhost 80 && echo up\nexec 3<>/dev/tcp/localhost/80\n",
    "#!/bin/sh\ncd /tmp\nwget https://example.com/tool.tar.gz\ntar xf tool.tar.gz\nchmod +x tool/run\n./tool/run --version\nrm -rf tool\n",
    "#!/bin/sh\nrm -rf /tmp/build /var/cache/x/*\ndd if=/dev/zero of=disk.img bs=1M count=10\n",
    "#!/bin/sh\necho aGVsbG8= | base64 -d\neval \"$(ssh-agent -s)\"\neval \"$(dircolors -b)\"\n",
    "17 * * * * root cd / && run-parts --report /etc/cron.hourly\n*/10 * * * * curl -fsS https://example.com/ping >/dev/null\n",
    "[Unit]\nDescription=Web server\n\n[Service]\nExecStart=/usr/sbin/nginx -g 'daemon off;'\nExecStartPre=/usr/bin/curl -sf https://example.com/ready\n",
    '<?xml version="1.0"?>\n<plist version="1.0"><dict><key>ProgramArguments</key><array><string>/usr/local/bin/sync</string><string>-c</string></array><key>RunAtLoad</key><true/></dict></plist>',
    "echo 'export PATH=$HOME/bin:$PATH' >> ~/.bashrc\ncat key.pub >> ~/.ssh/authorized_keys\n",
    '{"name": "a", "scripts": {"install": "node-gyp rebuild", "postinstall": "node scripts/fetch.js", "preinstall": "npx only-allow pnpm"}}',
)
# programs in source
ordinary(
    "os.dup2(null.fileno(), 0)\nos.dup2(null.fileno(), 1)\nsocket.connect((host, port))\nsubprocess.run(['ls'])",
    "const net = require('net'); const { spawn } = require('child_process');\nconst child = spawn('sh', ['-c', cmd]); net.connect(80, 'localhost');\n",
    "exec(compile(open('setup.py').read(), 'setup.py', 'exec'))\ndata = base64.b64decode(text)\nexec(code, namespace)\n",
    "var x = window.XMLHttpRequest ? new XMLHttpRequest() : new ActiveXObject('Microsoft.XMLHTTP');",
    "function save(blob) { var a = document.createElement('a'); a.href = URL.createObjectURL(new Blob([blob])); a.download = 'x.csv'; a.click(); atob('eA=='); }",
    "document.write(unescape(\"%3Cscript src='/ga.js' type='text/javascript'%3E%3C/script%3E\"));",
    "var icon = 'data:image/png;base64," + b64(bytes(range(256)) * 12) + "'; String.fromCharCode(65, 66, 67);",
    "const logger = require('pino'); keyboard.on('press', save); // GetAsyncKeyState is not used here",
    "import keyboard\nkeyboard.add_hotkey('ctrl+s', save)\n",
)
# documents and pages
RELATIONSHIPS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ordinary(
    *(
        RELATIONSHIPS.format(f'<Relationship Id="r1" Type="{TYPE}{kind}" Target="{target}"{mode}/>')
        for kind, target, mode in (
            ("hyperlink", "https://example.com/a!", ' TargetMode="External"'),
            ("attachedTemplate", "file:///C:\\Templates\\Letter.dotx", ' TargetMode="External"'),
            ("oleObject", "embeddings/oleObject1.bin", ""),
            ("image", "https://example.com/logo.png", ' TargetMode="External"'),
        )
    ),
    '<w:document xmlns:w="x"><w:r><w:instrText xml:space="preserve"> PAGEREF _Toc1 \\h </w:instrText></w:r><w:r><w:instrText>DATE</w:instrText></w:r></w:document>',
    "Name;Formula\nSum;=SUM(A1:A9)\nText;=A1|B1\nNegative;-5|x\n",
    "ID;PWXL;N;E\nC;Y1;X1;K\"Total\"\nC;Y2;X1;K42;ESUM(R1C1:R2C2)\nE\n",
    "{\\rtf1\\ansi{\\object\\objemb{\\*\\objclass Excel.Sheet.12}{\\*\\objdata 0105000002000000}}}",
    "<html><head><title>Outlook</title></head><form action='/login' method=post><input type=password name=p></form></html>",
    "<html><body>Press <kbd>Ctrl</kbd>+<kbd>V</kbd> to paste. <button onclick=\"navigator.clipboard.writeText('npm install x')\">Copy</button></body></html>",
    '<svg xmlns="http://www.w3.org/2000/svg"><script>document.querySelector("rect").addEventListener("click", go)</script><rect/></svg>',
    "To protect against blackmail: files are encrypted by attackers, who then ask for Bitcoin. Make backups; call us.\n",
    "Your files are encrypted at rest with AES-256. The private key never leaves your computer.\n",
    "The miner reads its pools from config.json; see stratum+tcp in the manual of xmrig.\n",
    "[InternetShortcut]\nURL=https://example.com/\nIconFile=https://example.com/favicon.ico\nIconIndex=1\n",
    "[.ShellClassInfo]\nIconResource=C:\\Windows\\system32\\imageres.dll,-112\n",
    "[.ShellClassInfo]\nIconResource=\\\\fs01\\icons\\team.ico\n",
    "[.ShellClassInfo]\nIconResource=\\\\files.example.local\\icons\\team.ico,0\n",
    "[InternetShortcut]\nURL=file://files/tools/editor.exe\n",
    "[autorun]\nopen=setup.exe\nicon=setup.exe,0\nlabel=Drivers\n",
    "[Version]\nSignature=\"$Windows NT$\"\n[DefaultInstall]\nCopyFiles=Files\n[Files]\ndriver.sys\n",
    '<?xml version="1.0"?><MMC_ConsoleFile ConsoleVersion="3.0"><StringTables><String>Event Viewer</String></StringTables></MMC_ConsoleFile>',
    '<Project><UsingTask TaskName="T" TaskFactory="RoslynCodeTaskFactory"><Task><Code>Log.LogMessage("x");</Code></Task></UsingTask></Project>',
    "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n-----END CERTIFICATE-----\n",
)
# macros
HEAD = 'Attribute VB_Name = "ThisWorkbook"\n'
ordinary(
    HEAD + "Private Sub Workbook_Open()\n    Sheets(1).Activate\n    MsgBox \"Shell prices were updated\"\nEnd Sub\n",
    HEAD + "Sub Export()\n    Set s = CreateObject(\"WScript.Shell\")\n    s.Run \"notepad.exe\"\n    x = \"a\" & vbCrLf & \"b\" & Chr(34)\nEnd Sub\n",
    HEAD + "Private Declare PtrSafe Sub Sleep Lib \"kernel32\" (ByVal ms As Long)\nSub Auto_Open()\n    Application.OnTime Now, \"Refresh\"\nEnd Sub\n",
    compound_file({"ThisDocument": b"Document_Open MsgBox" + compressed_vba(HEAD + "Sub Document_Open()\nMsgBox 1\nEnd Sub\n")}),
    compound_file({"\x01CompObj": bytes(40), "WordDocument": bytes(600), "1Table": bytes(99)}),
)
# PDFs
CATALOG, PAGES, PAGE = "<</Type/Catalog/Pages 2 0 R{}>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
ordinary(
    pdf(CATALOG.format(""), PAGES, PAGE),
    pdf(CATALOG.format("/OpenAction[3 0 R/Fit]"), PAGES, PAGE, "<</Type/Font/BaseFont/ABCDEF+#c3#96rtlich#20Sans/Name/F#231>>"),
    pdf(CATALOG.format("/AcroForm 4 0 R"), PAGES, PAGE, "<</AA<</K<</S/JavaScript/JS(AFNumber_Keystroke\\(2, 0, 0, 0, '', true\\);)>>>>>>"),
    pdf(CATALOG.format("/OpenAction[3 0 R/Fit]"), PAGES, PAGE, "<</S/JavaScript/JS(var v = event.value.replace\\(/,/g, '.'\\); app.setTimeOut\\('go\\(\\)', 9\\);)>>", "<</S/GoToR/F(\\\\\\\\fs01\\\\docs\\\\b.pdf)>>"),
    pdf(CATALOG.format("/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>"), PAGES, PAGE, "<</Type/Filespec/F(factur-x.xml)/EF<</F 5 0 R>>>>", "<</Type/EmbeddedFile>>"),
    pdf(CATALOG.format(""), PAGES, PAGE, "<</S/URI/URI(https://example.com/setup.exe)>>", "<</S/Launch/F(appendix.pdf)>>"),
)
# shortcuts, images, archives, programs, pictures
ordinary(
    shortcut("", name="Editor", path="..\\..\\Windows\\notepad.exe", icon="%SystemRoot%\\system32\\shell32.dll"),
    shortcut("-noexit -command Import-Module ActiveDirectory", path="..\\WindowsPowerShell\\v1.0\\powershell.exe"),
    shortcut("--profile-directory=Default", path="..\\Google\\Chrome\\chrome.exe", icon="C:\\Google\\Chrome\\chrome.exe"),
    disk_image("readme.txt", "setup.exe", "autorun.inf"),
    disk_image("README.TXT", "VMLINUZ", joliet=False, rock=True),
    windows_program(imports_of("CreateFileW", "ReadProcessMemory", "WaitForDebugEvent", "WriteProcessMemory")),
    windows_program(b"code" * 40, (b".text", b".rdata", b".data", b".reloc")),
    linux_program(b"UPX! is a packer; /dev/watchdog /bin/busybox sh /etc/ld.so.preload readdir"),
    mac_program(b"code"),
    png(), png(b"\0" * 16), gif(), jpeg(), jpeg(comment=b"made by <?xpacket begin?>"),
)
packed = io.BytesIO()
with zipfile.ZipFile(packed, "w") as file:
    for name in ("report.pdf", "run.exe", "notes.txt.gz", "a.b.js", "photo.jpg.json", "page.html.js.map", "viewer.pdf.js"):
        file.writestr(name, name)
ordinary(packed.getvalue(), to_bytes("MIME-Version: 1.0\nContent-Type: text/plain\n\nurn:schemas-microsoft-com:office\n"))
