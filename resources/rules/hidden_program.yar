// The stub of every Windows program says this; here it stands as Base64 (in its three positions) or in hex.
private rule Text_Of_Program
{
    strings:
        $stub = "This program cannot be run in DOS mode" base64 base64wide
        $header_hex = /4d5a[0-9a-f]{60,400}546869732070726f6772616d2063616e6e6f74/ nocase
        $bytes = /0x4d\s{0,4},\s{0,4}0x5a\s{0,4},\s{0,4}(0x[0-9a-f]{1,2}\s{0,4},\s{0,4}){60}/ nocase
        $numbers = /\b77\s{0,4},\s{0,4}90\s{0,4},\s{0,4}144\s{0,4},\s{0,4}0\s{0,4},\s{0,4}3\s{0,4},\s{0,4}0\s{0,4},/
    condition:
        filesize < 64MB and uint16be(0) != 0x4D5A and uint32be(0) != 0x7F454C46 and any of them
}

rule Script_Carries_Program
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A script that carries a Windows program as text, unpacks it and runs it"
        guidance = "hidden-program"
        reference = "https://attack.mitre.org/techniques/T1027/009/"
        attack = "T1027.009"
    strings:
        $decode = /(\bFromBase64String|b64decode|\bbase64\s{1,4}(-d|-D|--decode)|certutil[^\r\n]{0,40}-decode|bin\.base64|Microsoft\.XMLDOM|unhexlify|base64_decode|WriteAllBytes|\[byte\[\]\])/ nocase ascii wide
        $start = /\b(Start-Process|Invoke-Expression|iex|Invoke-Item|WScript\.Shell|ShellExecute|subprocess|os\.(system|startfile|exec[lv]p?e?)|CreateThread|Assembly\]?::Load|\.EntryPoint|shell_exec|start\s{1,4}["%]|Shell\s{1,4}["A-Z])/ nocase ascii wide
    condition:
        Text_Of_Program and $decode and $start
}

// certutil -decode takes any Base64 between these lines.
rule Certificate_Is_Program
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A program that is written down as if it were a certificate"
        guidance = "hidden-program"
        reference = "https://attack.mitre.org/techniques/T1140/"
        attack = "T1140"
    strings:
        $program = /-----BEGIN [A-Z0-9 ]{1,30}-----\r?\n(TV[opqr][A-Za-z0-9+\/]|f0VMRg|UEsDB|TVNDRg|N3q8rw|UmFyIR)/
    condition:
        filesize < 64MB and $program
}

rule Picture_With_Server_Code
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "A picture with PHP inside that a web server would run"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $php = /<\?php\s/ nocase
        $call = /\b(eval|assert|system|shell_exec|exec|passthru|popen|proc_open|include|require|file_put_contents|base64_decode)\s{0,8}[({]/ nocase
        $short = /<\?=\s{0,4}(`|@?\$_(GET|POST|REQUEST|COOKIE)|@?(eval|assert|system|shell_exec|exec|passthru|popen)\s{0,4}\()/ nocase
    condition:
        filesize < 32MB and (($php and $call) or $short) and (
            uint32be(0) == 0x47494638 or uint16be(0) == 0xFFD8 or uint32be(0) == 0x89504E47
            or uint32be(0) == 0x52494646 or (uint16be(0) == 0x424D and uint32(2) == filesize)
        )
}

// A program behind the end of a picture (IEND, FF D9, 3B) that a script cuts out again.
rule Picture_With_Program_Behind
{
    meta:
        severity = "suspicious"
        category = "dropper"
        description = "A picture with a program or an archive behind its end"
        guidance = "hidden-program,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/003/"
        attack = "T1027.003"
    strings:
        $png = { 49 45 4E 44 AE 42 60 82 [0-16] (4D 5A ?? ?? ?? 00 | 7F 45 4C 46 (01 | 02) | 54 56 71 51 41 41 | 52 61 72 21 1A 07) }
        $jpeg = { FF D9 [0-16] (4D 5A ?? ?? ?? 00 ?? 00 | 7F 45 4C 46 (01 | 02) (01 | 02) 01 | 54 56 71 51 41 41 4D | 52 61 72 21 1A 07) }
        $gif = { 00 3B [0-4] (4D 5A ?? ?? ?? 00 ?? 00 | 7F 45 4C 46 (01 | 02) (01 | 02) 01 | 52 61 72 21 1A 07) }
        $marked = "<<BASE64_START>>"
    condition:
        filesize < 64MB and (
            (uint32be(0) == 0x89504E47 and $png) or (uint16be(0) == 0xFFD8 and any of ($jpeg, $marked))
            or (uint32be(0) == 0x47494638 and $gif)
        )
}
