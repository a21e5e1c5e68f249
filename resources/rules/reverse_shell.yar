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
        $interpreter = "#!"
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
        (filesize < 4KB or (filesize < 256KB and $interpreter at 0))
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
