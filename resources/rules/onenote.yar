// [MS-ONESTORE] 2.3.1: the file begins with this class id; 2.6.13: an embedded file stands behind the class id
// BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC, its length (8 bytes) and 12 bytes of no use.
private rule OneNote_Section
{
    condition:
        filesize < 256MB and uint32be(0) == 0xE4525C7B and uint32be(4) == 0x8CD8A74D and uint32be(8) == 0xAEB15378
        and uint32be(12) == 0xD02996D3
}

rule OneNote_Embeds_Program
{
    meta:
        severity = "malicious"
        category = "onenote"
        description = "A OneNote page with an embedded program or shortcut"
        guidance = "embedded-program"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    strings:
        $program = { E7 16 E3 BD 65 26 11 45 A4 C4 8D 4D 0B 7A 9E AC [20] 4D 5A [58] ?? ?? ?? 00 }
        $shortcut = { E7 16 E3 BD 65 26 11 45 A4 C4 8D 4D 0B 7A 9E AC [20] 4C 00 00 00 01 14 02 00 }
        $help = { E7 16 E3 BD 65 26 11 45 A4 C4 8D 4D 0B 7A 9E AC [20] 49 54 53 46 }
    condition:
        OneNote_Section and any of ($program, $shortcut, $help)
}

rule OneNote_Embeds_Script
{
    meta:
        severity = "malicious"
        category = "onenote"
        description = "A OneNote page with an embedded script that a double click starts"
        guidance = "embedded-program"
        reference = "https://attack.mitre.org/techniques/T1059/"
        attack = "T1059"
    strings:
        $script = /\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac.{20}.{0,2000}(<hta:application|<script|@echo\s{1,4}off|WScript\.|CreateObject\s{0,4}\(|ActiveXObject|powershell|<job[\s>]|\bcmd(\.exe)?\s{1,4}\/c|mshta)/s nocase
        $script_wide = /\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac.{20}\xff\xfe.{0,2000}(C\x00r\x00e\x00a\x00t\x00e\x00O\x00b\x00j\x00e\x00c\x00t|p\x00o\x00w\x00e\x00r\x00s\x00h\x00e\x00l\x00l|W\x00S\x00c\x00r\x00i\x00p\x00t)/s nocase
    condition:
        OneNote_Section and any of ($script, $script_wide)
}
