// [MS-SHLLINK] 2.1: the header of a shortcut is 0x4C bytes and carries the class id 00021401-...-46.
rule Shortcut_Fetches_Program
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A Windows shortcut that starts a script interpreter and fetches something from the network"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    strings:
        $header = { 4C 00 00 00 01 14 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
        $program = /(powershell|mshta|cmd|wscript|cscript|rundll32|certutil)(\.exe)?[ "]/ ascii wide nocase
        $address = /https?:\/\// ascii wide nocase
        $share = /\\\\[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}[@\\]/ ascii wide
    condition:
        filesize < 1MB and $header at 0 and $program and any of ($address, $share)
}
