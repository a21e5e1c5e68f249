// "iex" put together from letters of variables that every PowerShell has.
rule PowerShell_Hides_Invoke
{
    meta:
        severity = "malicious"
        category = "obfuscation"
        description = "PowerShell that spells the command for running hidden code with letters of other texts"
        guidance = "obfuscated-script"
        reference = "https://attack.mitre.org/techniques/T1027/010/"
        attack = "T1027.010"
    strings:
        $comspec = /\$\{?env:(ComSpec|public|windir)\}?\s{0,4}\[\s{0,4}[0-9]{1,2}\s{0,4}(,|\])[^\r\n]{0,60}(-join|\+)/ nocase ascii wide
        $home = /\$\{?(PSHOME|ShellId)\}?\s{0,4}\[\s{0,4}[0-9]{1,2}\s{0,4}\]\s{0,4}\+\s{0,4}\$\{?(PSHOME|ShellId)\}?\s{0,4}\[/ nocase ascii wide
        $preference = /(VerbosePreference|MaximumDriveCount|MaximumErrorCount)[^\r\n]{0,40}ToString\s{0,4}\(\s{0,4}\)\s{0,4}\)?\s{0,4}\[\s{0,4}[0-9]\s{0,4},/ nocase ascii wide
        $variable = /(Get-Variable|gv|variable)\s{1,4}['"]?\*mdr\*['"]?[^\r\n]{0,40}\[/ nocase ascii wide
        $letters = /["']i["'] ?\+ ?["'](ex|e["'] ?\+ ?["']x)["']/ nocase ascii wide
        $format = /[&.]\s{0,4}\(\s{0,4}["'](\{[0-9]\}){2,8}["']\s{0,4}-f\s{0,4}["'][a-z-]{1,12}["']\s{0,4},/ nocase ascii wide
        $ticks = /\b(i`e`?x|ie[`]x|I`?n`?v`?o`k`?e`?-`?E`?x`?p`?r`?e`?s`?s`?i`?o`?n|Do`?w`?n`lo`?a`?d`?S`?t`?r`?i`?n`?g)\b/ nocase ascii wide
    condition:
        filesize < 16MB and any of them
}

rule PowerShell_Unpacks_And_Runs
{
    meta:
        severity = "malicious"
        category = "obfuscation"
        description = "PowerShell that unpacks a compressed text and runs it"
        guidance = "obfuscated-script"
        reference = "https://attack.mitre.org/techniques/T1140/"
        attack = "T1140"
    strings:
        $stream = /\bIO\.Compression\.(Gzip|Deflate)Stream\b/ nocase ascii wide
        $base64 = /FromBase64String\s{0,4}\(\s{0,4}["'(]{0,4}(H4sI|([A-Za-z0-9+\/]{1,2}){80})/ nocase ascii wide
        $reader = /(\.ReadToEnd\s{0,4}\(|\.CopyTo\s{0,4}\()/ nocase ascii wide
        $run = /(\biex\b|\bInvoke-Expression\b|\[scriptblock\]::create)/ nocase ascii wide
    condition:
        filesize < 16MB and all of them
}

rule PowerShell_Loads_Hidden_Program
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "PowerShell that loads a program out of a text into its own memory and starts it"
        guidance = "obfuscated-script"
        reference = "https://attack.mitre.org/techniques/T1620/"
        attack = "T1620"
    strings:
        $load = /\b(Reflection\.)?Assembly\]?(::|"\)\.|'\)\.)\s{0,4}["']?Load["']?\s{0,4}\(/ nocase ascii wide
        $program = /["'`]TVqQAA([A-Za-z0-9+\/]{1,2}){60}/ ascii wide
        $domain = /AppDomain\]::CurrentDomain\.Load\s{0,4}\(/ nocase ascii wide
        $entry = /(\.EntryPoint|\.GetType\s{0,4}\(|\.GetMethod\s{0,4}\(|\.Invoke\s{0,4}\(|\]::[a-z]{1,40}\s{0,4}\()/ nocase ascii wide
    condition:
        filesize < 64MB and $program and any of ($load, $domain) and $entry
}

rule PowerShell_Runs_Machine_Code
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "PowerShell that copies machine code into memory and starts it"
        guidance = "obfuscated-script"
        reference = "https://attack.mitre.org/techniques/T1055/"
        attack = "T1055"
    strings:
        $memory = /\b(Virtual[A]lloc(Ex)?|Virtual[P]rotect|NtAllocate[V]irtualMemory)\b/ nocase ascii wide
        $start = /\b(CreateThread|CreateRemoteThread|QueueUserAPC|NtCreateThreadEx|GetDelegateForFunctionPointer|EnumSystemLocalesA|CallWindowProcA?)\b/ nocase ascii wide
        $copy = /\b(Marshal\]?::Copy|RtlMoveMemory|memset|WriteProcessMemory|WriteByte)\b/ nocase ascii wide
        $code = /(\[Byte\[\]\]?\s{0,4}\(?\s{0,4}\$?[a-z_]{0,20}\s{0,4}=?\s{0,4}@?\(?\s{0,4}(0x[0-9a-f]{1,2}\s{0,4},\s{0,4}){12}|FromBase64String|(0x[0-9a-f]{1,2}\s{0,4},\s{0,4}){24})/ nocase ascii wide
        $powershell = /(\[DllImport\s{0,4}\(|\bAdd-Type\b|\bNew-Object\b|\[System\.|\[Byte\[\])/ nocase ascii wide
    condition:
        filesize < 4MB and not uint16be(0) == 0x4D5A and all of them
}

rule PowerShell_Blinds_Scanner
{
    meta:
        severity = "malicious"
        category = "defence-evasion"
        description = "PowerShell that switches off the scanner of scripts in its own process"
        guidance = "security-disabled"
        reference = "https://attack.mitre.org/techniques/T1562/001/"
        attack = "T1562.001"
    strings:
        $utils = /Management\.Automation\.["'+\s]{0,12}A["'+\s]{0,12}m["'+\s]{0,12}s["'+\s]{0,12}i/ nocase ascii wide
        $field = /(amsiInitFailed|amsiContext|amsiSession|am["'+\s]{1,8}siInit["'+\s]{0,8}Failed|amsiInit["'+\s]{1,8}Failed)/ nocase ascii wide
        $set = /(SetValue\s{0,4}\(|WriteInt32\s{0,4}\(|Marshal\]?::)/ nocase ascii wide
        $buffer = /["']Amsi["'+\s]{0,8}Scan["'+\s]{0,8}Buffer["']/ nocase ascii wide
        $patch = /\b(Virtual[P]rotect|Marshal\]?::Copy|WriteByte)\b/ nocase ascii wide
        $etw = /(etwProvider|PSEtwLogProvider)["'][^\r\n]{0,120}SetValue/ nocase ascii wide
    condition:
        filesize < 4MB and not uint16be(0) == 0x4D5A and (($set and $field and $utils) or ($buffer and $patch) or $etw)
}

rule PowerShell_Steals_Passwords
{
    meta:
        severity = "malicious"
        category = "credential-theft"
        description = "PowerShell that takes passwords out of the memory or the registry of Windows"
        guidance = "credential-theft"
        reference = "https://attack.mitre.org/techniques/T1003/001/"
        attack = "T1003.001"
    strings:
        $call = /\b(Invoke-(Mimikatz|Kerberoast|DCSync|NinjaCopy|PowerDump|Rubeus|SafetyKatz)|Get-(GPPPassword|LSASecret)|Out-(Minidump))\b/ nocase ascii wide
        $module = /\b(sekurlsa::logonpasswords|lsadump::(sam|dcsync|lsa|secrets)|kerberos::(ptt|golden)|privilege::debug)\b/ nocase ascii wide
        $run = /(\biex\b|Invoke-Expression|DownloadString|Invoke-WebRequest|\biwr\b|PEBytes(32|64)|-DumpCreds|-Command\s|\[DllImport)/ nocase ascii wide
    condition:
        filesize < 8MB and not uint16be(0) == 0x4D5A and $run and $call and ($module or filesize < 16KB)
}
