// [MS-SHLLINK] 2.1: the header of a shortcut is 0x4C bytes and carries the class id 00021401-...-46.
private rule Shortcut
{
    condition:
        filesize < 256MB and uint32be(0) == 0x4C000000 and uint32be(4) == 0x01140200 and uint32be(8) == 0
        and uint32be(12) == 0xC0000000 and uint32be(16) == 0x46
}

rule Shortcut_Fetches_Program
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A Windows shortcut that starts a script interpreter and fetches something from the network"
        guidance = "shortcut-lure"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    strings:
        $program = /(powershell|pwsh\.exe|mshta|cmd\.exe|wscript|cscript|rundll32|certutil|regsvr32|bitsadmin|curl\.exe|msiexec|conhost|forfiles|ssh\.exe)/ ascii wide nocase
        $address = /https?:\/\// ascii wide nocase
        $share = /\\\\[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}[@\\]/ ascii wide
        $bypass = /[-\/]e(p|x[a-z]{0,14})\s{1,4}(bypass|unrestricted)\b/ ascii wide nocase
    condition:
        Shortcut and filesize < 1MB and any of ($program, $bypass) and any of ($address, $share)
}

rule Shortcut_Runs_Hidden_Code
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A Windows shortcut that runs hidden code"
        guidance = "shortcut-lure"
        reference = "https://attack.mitre.org/techniques/T1059/001/"
        attack = "T1059.001"
    strings:
        $encoded = /[-\/]e(nc?|nco|ncod|ncode|ncoded|ncodedc|ncodedcommand)?\s{1,4}["']?([A-Za-z0-9+\/]{1,2}){40}/ wide nocase
        $run = /(\biex\b|\binvoke-expression\b|FromBase64String|\[char\]|-join|ReadAllBytes|Get-Content|\bgc\b)/ wide ascii nocase
        $hidden = /[-\/]w(in|indow|indowstyle)?\s{1,4}(hidden|h|1)\b/ wide nocase
        $carets = /(p\^o\^?w\^?e\^?r|m\^s\^?h\^?t\^?a|c\^m\^?d|s\^t\^?a\^?r\^?t|h\^t\^?t\^?p)/ wide nocase
        $pieces = /\bset\s{1,4}["']?[a-z0-9_]{1,12}=[^&|\r\n=]{1,40}&{1,2}\s{0,4}(set\s|call\s|[%!])/ wide ascii nocase
        $loop = /\bfor\s{1,4}(\/[fr]\s|%)[^\r\n]{1,200}\bdo\b/ wide ascii nocase
        $findstr = /\b(findstr|find|more)\b[^\r\n]{1,120}\.lnk\b/ wide ascii nocase
        $interpreter = /(powershell|pwsh\.exe|cmd\.exe)/ wide ascii nocase
    condition:
        Shortcut and ($pieces or ($interpreter and ($encoded or ($run and $hidden) or $carets or $loop or $findstr)))
}

// Explorer shows 260 characters of the arguments: what comes behind many blanks is not seen.
rule Shortcut_Hides_Arguments
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A Windows shortcut that pushes its true command out of sight with blanks"
        guidance = "shortcut-lure"
        reference = "https://attack.mitre.org/techniques/T1027/012/"
        attack = "T1027.012"
    strings:
        $blanks = /[ \t\r\n\v\f]{120}[ -~]/ wide
    condition:
        Shortcut and $blanks in (0x4C..16384)
}

// What Windows writes has a few KiB.
rule Shortcut_Carries_File
{
    meta:
        severity = "suspicious"
        category = "dropper"
        description = "A Windows shortcut that carries another file behind it"
        guidance = "shortcut-lure,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/012/"
        attack = "T1027.012"
    strings:
        $interpreter = /(powershell|pwsh\.exe|cmd\.exe|mshta|wscript|cscript|rundll32)/ wide ascii nocase
    condition:
        Shortcut and filesize > 48KB and $interpreter in (0..16384)
}

rule Shortcut_Looks_Like_Document
{
    meta:
        severity = "suspicious"
        category = "dropper"
        description = "A Windows shortcut with the picture of a document that starts a script interpreter"
        guidance = "shortcut-lure,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1036/008/"
        attack = "T1036.008"
    strings:
        $interpreter = /(powershell|pwsh\.exe|cmd\.exe|mshta|wscript|cscript|rundll32)/ wide ascii nocase
        $picture = /((AcroRd32|Acrobat|WINWORD|EXCEL|POWERPNT|msedge|chrome|notepad|wordicon|xlicons)\.exe|[^\\]\.(pdf|docx?|xlsx?|txt|jpe?g)\b|imageres\.dll|shell32\.dll)/ wide nocase
        $arguments = /[\/-](c|k|e|enc|w|nop|noni|ep|command|file)\s/ wide nocase
    condition:
        Shortcut and filesize < 1MB and all of them
}

rule Internet_Shortcut_Starts_Program
{
    meta:
        severity = "suspicious"
        category = "dropper"
        description = "An internet shortcut that starts a program or a script of a foreign file server"
        guidance = "shortcut-lure"
        reference = "https://attack.mitre.org/techniques/T1204/001/"
        attack = "T1204.001"
    strings:
        $shortcut = "[InternetShortcut]" nocase
        $share = /\bURL\s{0,4}=\s{0,4}(file:)?[\/\\]{2,5}([0-9]{1,3}(\.[0-9]{1,3}){3}|[^\r\n\/\\]{1,80}\.[a-z]{2,12})[\/\\][^\r\n]{1,200}\.(exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|url|msi|jar|cpl|dll|zip|iso|library-ms|search-ms)\b/ nocase
        $dav = /\bURL\s{0,4}=\s{0,4}(file:)?[\/\\]{2,5}[^\r\n\/\\]{1,100}@(SSL|[0-9]{1,5})[\/\\]/ nocase
    condition:
        filesize < 16KB and $shortcut in (0..512) and any of ($share, $dav)
}
