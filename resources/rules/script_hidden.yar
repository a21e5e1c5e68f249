rule Python_Runs_Hidden_Code
{
    meta:
        severity = "malicious"
        category = "obfuscation"
        description = "Python that unpacks hidden code and runs it"
        guidance = "obfuscated-script"
        reference = "https://attack.mitre.org/techniques/T1027/010/"
        attack = "T1027.010"
    strings:
        $nested = /\b(exec|eval)\s{0,4}\(\s{0,4}((compile|__import__|getattr)\s{0,4}\()?[^\r\n]{0,60}\b(b64decode|b32decode|b85decode|a85decode|unhexlify|fromhex|marshal\W{1,6}loads|zlib\W{1,6}decompress|lzma\W{1,6}decompress|gzip\W{1,6}decompress)\s{0,4}\([^\r\n]{0,80}["'][^"'\r\n]{80}/
        $lambda = /\bexec\s{0,4}\(\s{0,4}\(\s{0,4}_{1,4}\s{0,4}\)\s{0,4}\(\s{0,4}b["'][^"'\r\n]{80}/
    condition:
        filesize < 16MB and any of them
}

rule Python_Runs_Code_From_Network
{
    meta:
        severity = "suspicious"
        category = "dropper"
        description = "Python that fetches code from the network and runs it"
        guidance = "script-dropper,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1105/"
        attack = "T1105"
    strings:
        $fetch = /\b(exec|eval)\s{0,4}\(\s{0,4}((compile|__import__)\s{0,4}\()?[^\r\n]{0,40}(urlopen|requests["']?\)?\.get|urllib2?\.(request\.)?urlopen|http\.get)\s{0,4}\(/
    condition:
        filesize < 4MB and $fetch
}

rule Shell_Runs_Hidden_Command
{
    meta:
        severity = "suspicious"
        category = "obfuscation"
        description = "A shell script that unpacks a hidden command and runs it"
        guidance = "obfuscated-script,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1140/"
        attack = "T1140"
    strings:
        $base64 = /\b(echo|printf)\s{1,4}(-[en]{1,2}\s{1,4})?["']?[A-Za-z0-9+\/=]{40,4000}["']?\s{0,4}\|\s{0,4}(base64\s{1,4}(-d|-D|--decode|-di)|openssl\s{1,4}(enc\s{1,4}|base64\s{1,4})[^|\r\n]{0,40}-d[^|\r\n]{0,40})\s{0,4}\|[^\r\n]{0,60}\b(ba|z|da)?sh\b/
        $here = /\b(ba|da|z)?sh\s{0,4}(-c\s{0,4})?["']?\s{0,4}(<{3}\s{0,4}|<\s{0,4})?["']?(\$\(|`|\()\s{0,4}(echo|printf|base64)\s[^\r\n]{0,20}[A-Za-z0-9+\/=]{40,4000}[^\r\n]{0,12}(\||<)[^\r\n]{0,60}/
        $eval = /\beval\s{1,4}["']?(\$\(|`)\s{0,4}(echo|printf|base64)\s[^\r\n]{0,20}[A-Za-z0-9+\/=]{40,4000}["']?\s{0,4}\|\s{0,4}(base64\s{1,4}(-d|-D|--decode|-di)|xxd\s{1,4}-r|rev\b|openssl\b)/
        $braces = /\{(echo|printf),[A-Za-z0-9+\/=]{1,4000}\}\s{0,4}\|\s{0,4}\{base64,-{1,2}d[a-z]{0,5}\}\s{0,4}\|\s{0,4}\{?(ba|da|z)?sh\b/
        $hex = /\b(echo|printf)\s{1,4}(-[en]{1,2}\s{1,4})?["']?[0-9a-fA-F]{80,4000}["']?\s{0,4}\|\s{0,4}xxd\s{1,4}-r\s{0,4}(-p|-ps)?\s{0,4}\|[^\r\n]{0,60}\b(ba|z|da)?sh\b/
    condition:
        filesize < 4MB and any of them
}

// How worms of routers and cameras spread: each line tries one place to write, fetches a program from a bare address,
// lets it run and removes it.
rule Shell_Dropper_For_Devices
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A shell script that fetches a program from a bare address, starts it and removes its traces"
        guidance = "botnet"
        reference = "https://attack.mitre.org/techniques/T1105/"
        attack = "T1105"
    strings:
        $place = /\bcd\s{1,4}\/(tmp|var\/run|var\/tmp|dev\/shm|mnt|root)\b/
        $fetch = /\b(wget|curl|tftp|ftpget|busybox\s{1,4}wget|lwp-download)\b[^\r\n;|&]{0,80}(https?:\/\/|ftp:\/\/)?[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}/
        $mode = /\bchmod\s{1,4}(\+x|0?7[0-7]{2}|a\+x|u\+x)\s/
        $run = /(;|&&|\|\||\n)\s{0,4}(nohup\s{1,4}|sudo\s{1,4}|(ba)?sh\s{1,4})?(\.\/|\/tmp\/|\/dev\/shm\/|\/var\/tmp\/)[^\s;|&]{1,60}/
        $remove = /\brm\s{1,4}-[rf]{1,3}\s/
        $history = /(\bhistory\s{1,4}-c\b|HISTFILE|\/var\/log\/(wtmp|lastlog|secure|auth\.log))/
    condition:
        filesize < 64KB and $place and $fetch and $mode and $run and any of ($remove, $history)
}

rule Script_Prepares_Machine_Code
{
    meta:
        severity = "malicious"
        category = "exploit"
        description = "A page or script that fills memory with machine code to break into the program that reads it"
        guidance = "office-exploit"
        reference = "https://attack.mitre.org/techniques/T1203/"
        attack = "T1203"
    strings:
        $code = /unescape\s{0,8}\(\s{0,8}["'](["'\s+]{0,6}%u[0-9a-f]{4}){16}/ nocase
        $fill = /(while\s{0,4}\([^)\r\n]{0,60}\.length\s{0,4}(\*\s{0,4}2\s{0,4})?(<|>)|for\s{0,4}\([^)\r\n]{0,80}<)/
    condition:
        filesize < 4MB and all of them
}

rule JScript_Spells_Code_In_Numbers
{
    meta:
        severity = "suspicious"
        category = "obfuscation"
        description = "A Windows script that spells its code in numbers and runs it"
        guidance = "obfuscated-script,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/010/"
        attack = "T1027.010"
    strings:
        $host = /\b(WScript|ActiveXObject|CreateObject|ExecuteGlobal)\b/ nocase
        $numbers = /(fromCharCode\s{0,4}\(\s{0,4}([0-9]{2,3}\s{0,4},\s{0,4}){30}|(chrw?\s{0,2}\(\s{0,2}[0-9&h*\/+ -]{2,16}\)\s{0,4}[&+]\s{0,4}){30})/ nocase
        $shifted = /(fromCharCode|\bchrw?)\s{0,2}\(\s{0,2}\w{1,20}(\s{0,2}[\[(]\s{0,2}\w{1,12}\s{0,2}[\])])?\s{0,2}[-+^*\/]/ nocase
        $run = /(\beval\s{0,4}\(|\bnew\s{1,4}Function\s{0,4}\(|\bExecuteGlobal\b|[\r\n:]\s{0,8}Execute\s{0,4}[("A-Z])/ nocase
    condition:
        filesize < 4MB and $host and $run and ($numbers or ($shifted and filesize < 256KB))
}

// Script Encoder's mark: #@~^, six characters of length, ==.
rule Script_Encoded
{
    meta:
        severity = "suspicious"
        category = "obfuscation"
        description = "A Windows script in encoded form, VBE or JSE, as attackers send them"
        guidance = "obfuscated-script,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/013/"
        attack = "T1027.013"
    strings:
        $mark = /#@~\^[A-Za-z0-9+\/]+==/
        $end = "==^#~@"
    condition:
        filesize < 4MB and all of them
}

// npm runs these scripts while it installs a package.
rule Node_Package_Runs_Hidden_Command
{
    meta:
        severity = "suspicious"
        category = "dropper"
        description = "A Node package that runs hidden or fetched code as soon as it is installed"
        guidance = "script-dropper,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1195/002/"
        attack = "T1195.002"
    strings:
        $hook = /"(pre|post)?install"\s{0,8}:\s{0,8}"/
        $pipe = /"(pre|post)?install"\s{0,8}:\s{0,8}"[^"\r\n]{0,200}\b(curl|wget)\b[^"\r\n|]{0,200}\|\s{0,4}(sudo\s{1,4})?(ba|z)?sh\b/
        $encoded = /"(pre|post)?install"\s{0,8}:\s{0,8}"[^\r\n]{0,200}(base64\s{1,4}-{1,2}d|Buffer\.from\([^\r\n]{0,4000}base64[^\r\n]{0,60}|powershell[^\r\n]{0,80}\s-e(nc|ncodedcommand)?\s|child_process[^\r\n]{0,200}https?:)/
        $send = /"(pre|post)?install"\s{0,8}:\s{0,8}"[^\r\n]{0,120}\b(curl|wget|nslookup|dig)\b[^\r\n]{0,160}(\$\(|`)\s{0,4}(whoami|hostname|env|id|cat|pwd)\b/
    condition:
        filesize < 256KB and $hook and any of ($pipe, $encoded, $send)
}
