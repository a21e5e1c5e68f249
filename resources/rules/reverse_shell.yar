rule Reverse_Shell_Script
{
    meta:
        severity = "malicious"
        category = "backdoor"
        description = "A script that gives a shell of this computer to another one over the network"
        guidance = "reverse-shell"
        reference = "https://attack.mitre.org/techniques/T1059/004/"
        attack = "T1059.004"
    strings:
        $dev_tcp = /\b(ba|z|k|da)?sh\s{1,4}-i\s{0,4}(>|<|[0-9]>)&?\s{0,4}\/dev\/(tcp|udp)\/[^\s\/]{1,80}\/[^\s]{1,12}\s{1,4}[012]/
        $exec_tcp = /\bexec\s{1,4}[0-9]{1,3}<>\s{0,4}\/dev\/tcp\/[^\s\/]{1,80}\/[^\s]{1,12}[\s;]{1,8}[^\n]{0,60}(\bsh\b|\bbash\b|while\s{1,4}read)/
        $netcat = /\b(nc|ncat|netcat)(\.traditional|\.openbsd|\.exe)?(\s{1,4}-[a-z]{1,6}){0,4}\s{1,4}(-[a-z]{0,4}[ec]|--exec|--sh-exec)\s{1,4}["']?(\/bin\/(ba|da)?sh|cmd(\.exe)?|powershell(\.exe)?)\b/
        $netcat_last = /\b(nc|ncat|netcat)(\.traditional)?\s{1,4}[0-9A-Za-z.-]{4,80}\s{1,4}[0-9]{1,5}\s{1,4}-[ec]\s{1,4}["']?(\/bin\/(ba|da)?sh|cmd(\.exe)?|powershell(\.exe)?)\b/
        $fifo = /\bmkfifo\s[^\n]{1,80}(\/bin\/)?\b(ba|da)?sh\s{1,4}-i\s{0,4}2>&1\s{0,4}\|\s{0,4}(nc|ncat|netcat|openssl)\b/
        $socat = /\bsocat\s[^\n]{0,120}exec:['"]?(\/bin\/)?(ba|da)?sh\b[^\n]{0,80}tcp[46]?:/ nocase
        $perl = /socket\s{0,4}\(\s{0,4}S\s{0,4},[^\n]{1,300}open\s{0,4}\(\s{0,4}STDIN\s{0,4},\s{0,4}["']>&S["'][^\n]{1,200}exec\s{0,4}\(?\s{0,4}["'{]/
        $php = /fsockopen\s{0,4}\([^\n]{1,120}(exec|system|shell_exec|passthru|popen|proc_open)\s{0,4}\(\s{0,4}["'`](\/bin\/)?(ba|da)?sh\s{1,4}-i\s{0,4}<&3/
        $ruby = /TCPSocket\.(open|new)\s{0,4}\([^\n]{1,120}exec\s[^\n]{0,20}(\/bin\/)?(ba)?sh\s{1,4}-i\s{0,4}<&%d/
    condition:
        (filesize < 4KB or (filesize < 256KB and uint16be(0) == 0x2321))
        and any of ($dev_tcp, $exec_tcp, $netcat, $netcat_last, $fifo, $socat, $perl, $php, $ruby)
}

rule Reverse_Shell_Python
{
    meta:
        severity = "malicious"
        category = "backdoor"
        description = "Python that connects its input and output to the network and starts a shell"
        guidance = "reverse-shell"
        reference = "https://attack.mitre.org/techniques/T1059/006/"
        attack = "T1059.006"
    strings:
        $connect = /\.connect\s{0,4}\(\s{0,4}\(/
        $dup_in = /\bdup2\s{0,4}\(\s{0,4}[a-z_]{1,20}\.fileno\s{0,4}\(\s{0,4}\)\s{0,4},\s{0,4}0\s{0,4}\)/
        $dup_out = /\bdup2\s{0,4}\(\s{0,4}[a-z_]{1,20}\.fileno\s{0,4}\(\s{0,4}\)\s{0,4},\s{0,4}1\s{0,4}\)/
        $dup_list = /\bdup2\s{0,4}\(\s{0,4}[a-z_]{1,20}\.fileno\s{0,4}\(\s{0,4}\)\s{0,4},\s{0,4}[a-z_]{1,20}\s{0,4}\)\s{0,4}for\s/
        $shell = /(pty\.spawn\s{0,4}\(\s{0,4}\[?\s{0,4}["'](\/bin\/)?(ba|da)?sh|(call|Popen|run|system)\s{0,4}\(\s{0,4}\[?\s{0,4}["']\/bin\/(ba|da)?sh)/
    condition:
        filesize < 256KB and $connect and $shell and (($dup_in and $dup_out) or $dup_list)
}

rule Reverse_Shell_PowerShell
{
    meta:
        severity = "malicious"
        category = "backdoor"
        description = "PowerShell that takes orders from a network connection and sends back what they print"
        guidance = "reverse-shell"
        reference = "https://attack.mitre.org/techniques/T1059/001/"
        attack = "T1059.001"
    strings:
        $client = /New-Object\s{1,4}(System\.)?Net\.Sockets\.TCPClient/ ascii wide nocase
        $stream = /\.GetStream\s{0,4}\(/ ascii wide nocase
        $read = /\.Read\s{0,4}\(/ ascii wide nocase
        $run = /\b(iex|invoke-expression)\b/ ascii wide nocase
        $write = /\.Write\s{0,4}\(/ ascii wide nocase
    condition:
        filesize < 256KB and all of them
}

rule Reverse_Shell_Other_Languages
{
    meta:
        severity = "malicious"
        category = "backdoor"
        description = "A short program that gives a shell of this computer to another one over the network"
        guidance = "reverse-shell"
        reference = "https://attack.mitre.org/techniques/T1059/"
        attack = "T1059"
    strings:
        $node_spawn = /\b(spawn|exec|execFile)\s{0,4}\(\s{0,4}["'`](\/bin\/)?((ba|da|z)?sh|cmd(\.exe)?|powershell(\.exe)?)["'`]/
        $node_connect = /\b(net\.(connect|createConnection)|new\s{1,4}net\.Socket|\.connect)\s{0,4}\(\s{0,4}\{?\s{0,4}[^()\r\n]{0,60}["'0-9]/
        $node_pipe = /\.pipe\s{0,4}\(\s{0,4}[a-z_.$]{0,20}\.?stdin\s{0,4}\)/ nocase
        $awk = /["']?\/inet\/(tcp|udp)\/[0-9]{1,5}\/[^\s"']{1,80}\/[0-9]{1,5}["']?[^\n]{1,300}(\|&\s{0,4}getline|getline)/
        $lua = /\bsocket\.(tcp|connect)\b/
        $lua_run = /\bio\.popen\s{0,4}\(\s{0,4}[a-z_]{1,20}/
        $lua_loop = /\b(receive|send)\s{0,4}\(/
        $java_shell = /\.exec\s{0,4}\(\s{0,4}(new\s{1,4}String\s{0,4}\[\s{0,4}\]\s{0,4}\{\s{0,4})?["'](\/bin\/)?((ba)?sh|cmd(\.exe)?)["']|ProcessBuilder\s{0,4}\(\s{0,4}(["'](\/bin\/)?(ba)?sh["']|["']cmd(\.exe)?["']|cmd\b)/
        $java_socket = /new\s{1,4}(java\.net\.)?Socket\s{0,4}\(/
        $java_copy = /\.(getOutputStream|getInputStream|getErrorStream)\s{0,4}\(\s{0,4}\)/
        $go = /net\.Dial\s{0,4}\(\s{0,4}"tcp[46]?"/
        $go_shell = /exec\.Command\s{0,4}\(\s{0,4}"(\/bin\/)?((ba)?sh|cmd(\.exe)?|powershell(\.exe)?)"/
        $go_pipe = /\.Std(in|out|err)\s{0,4}(=|,)/
        $telnet = /\btelnet\s[^\n|]{4,80}\|\s{0,4}(\/bin\/)?(ba|da)?sh\s{0,4}\|\s{0,4}telnet\s/
        $openssl = /\b(ba|da)?sh\s{1,4}-i\s[^\n|]{0,60}\|\s{0,4}openssl\s{1,4}s_client\b[^\n]{0,80}-connect\b/
    condition:
        filesize < 64KB and (
            ($node_spawn and $node_connect and $node_pipe) or ($lua and $lua_run and $lua_loop)
            or ($java_shell and $java_socket and #java_copy > 2) or ($go and $go_shell and $go_pipe)
            or (filesize < 4KB and any of ($awk, $telnet, $openssl))
        )
}

// Takes a line from the other side, runs it and sends back what it prints. Only suspicious: so do exercises.
rule Reverse_Shell_Command_Loop
{
    meta:
        severity = "suspicious"
        category = "backdoor"
        description = "A short program that runs what another computer sends and answers with its output"
        guidance = "reverse-shell,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1059/"
        attack = "T1059"
    strings:
        $python = /\bimport\s[^\n]{0,60}\bsocket\b/
        $python_connect = /(\.connect|\bcreate_connection)\s{0,4}\(/
        $python_take = /\.(recv|makefile|readline)\s{0,4}\(/
        $python_run = /(\bshell\s{0,2}=\s{0,2}True\b|\bos\.(popen|system)\s{0,4}\(|\bgetoutput\s{0,4}\()/
        $python_give = /\.(send|sendall|write)\s{0,4}\(/
        $ruby = /\bTCPSocket\.(open|new)\b/
        $ruby_run = /(\bIO\.popen\b|\bOpen3\.|`#\{|%x[({\[]#?)/
        $ruby_take = /\.(gets|readline|recv)\b/
        $perl = /\bIO::Socket::(INET|SSL|IP)\b/
        $perl_take = /<\s{0,2}\$[a-z_]{1,20}\s{0,2}>/
        $perl_run = /(`\$[a-z_]{1,20}`|\bqx[({\/]|\bopen\s{0,4}\([^;\n]{1,40}\|)/
    condition:
        filesize < 8KB and (
            all of ($python*) or all of ($ruby*) or all of ($perl*)
        )
}

rule Reverse_Shell_Perl
{
    meta:
        severity = "malicious"
        category = "backdoor"
        description = "Perl that connects its input and output to the network and starts a shell"
        guidance = "reverse-shell"
        reference = "https://attack.mitre.org/techniques/T1059/"
        attack = "T1059"
    strings:
        $socket = /\b(IO::Socket::(INET|SSL|IP)|socket\s{0,4}\()/
        $input = /(\bSTDIN\s{0,4}->\s{0,4}fdopen\s{0,4}\(|open\s{0,4}\(?\s{0,4}\*?STDIN\s{0,4},\s{0,4}["']<?>?&)/
        $shell = /\b(exec|system)\b\s{0,4}[({]?\s{0,4}["'](\/usr)?(\/bin\/)?(ba|da|z)?sh\b/
    condition:
        filesize < 64KB and all of them
}
