// APPNOTE.TXT 4.3.7 and 4.3.12: names of members stand unencrypted in local and central headers, also when the
// content is encrypted (bit 0 of the flags).
rule Archive_With_Program_In_Disguise
{
    meta:
        severity = "malicious"
        category = "archive-lure"
        description = "An archive with a program that is named like a document"
        guidance = "archive-lure"
        reference = "https://attack.mitre.org/techniques/T1036/007/"
        attack = "T1036.007"
    strings:
        $zip = /PK(\x03\x04.{26}|\x01\x02.{42})[^\x00-\x1f]{1,120}\.(pdf|docx?|xlsx?|pptx?|jpe?g|png|txt|rtf|csv|html?|mp[34])[ ._\xa0]{0,200}\.(exe|scr|pif|com|bat|cmd|vbs|vbe|jse|wsf|hta|lnk|cpl|msi)(PK|[\x00-\x1f\x80-\xff]|UT|ux)/s nocase
        $rar = /Rar!\x1a\x07.{0,200}\.(pdf|docx?|xlsx?|pptx?|jpe?g|png|txt|rtf|csv|html?|mp[34])[ ._\xa0]{0,200}\.(exe|scr|pif|com|bat|cmd|vbs|vbe|jse|wsf|hta|lnk|cpl|msi)[\x00-\x1f\x80-\xff]/s nocase
    condition:
        filesize < 256MB and (uint16be(0) == 0x504B or uint32be(0) == 0x52617221) and any of them
}

// Source archives have "pdf.js" and the like among many files; what is sent to people holds one or two. The number of
// members stands 12 bytes before the end.
rule Archive_With_Script_In_Disguise
{
    meta:
        severity = "suspicious"
        category = "archive-lure"
        description = "An archive of few files with a script that is named like a document"
        guidance = "archive-lure,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1036/007/"
        attack = "T1036.007"
    strings:
        $zip = /PK\x01\x02.{42}[^\x00-\x1f]{1,120}\.(pdf|docx?|xlsx?|pptx?|jpe?g|png|txt|rtf|csv|html?|mp[34])[ ._\xa0]{0,200}\.(js|ps1)(PK|[\x00-\x1f\x80-\xff]|UT|ux)/s nocase
    condition:
        filesize < 256MB and uint16be(0) == 0x504B
        and uint32be(filesize - 22) == 0x504B0506 and uint16(filesize - 12) <= 3 and $zip
}

rule Archive_Encrypted_Program
{
    meta:
        severity = "suspicious"
        category = "archive-lure"
        description = "An archive that hides a program or a script behind a password"
        guidance = "archive-lure,encrypted-file"
        reference = "https://attack.mitre.org/techniques/T1027/013/"
        attack = "T1027.013"
    strings:
        $zip = /PK(\x01\x02.{4}[\x01\x03\x05\x07\x09\x0b\x0d\x0f].{37}|\x03\x04.{2}[\x01\x03\x05\x07\x09\x0b\x0d\x0f].{23})[^\x00-\x1f]{1,200}\.(exe|scr|pif|com|bat|cmd|vbs|vbe|jse?|wsf|hta|lnk|cpl|ps1|iso|img|vhdx?|one|xll|chm)(PK|UT|ux|[\x00-\x1f\x80-\xff])/s nocase
    condition:
        filesize < 256MB and uint32be(0) == 0x504B0304 and $zip
}

// Bidirectional controls (E2 80 AA-AE, E2 81 A6-A9 in UTF-8) turn "gpj.exe" into "exe.jpg".
rule Archive_Turns_Names_Round
{
    meta:
        severity = "malicious"
        category = "archive-lure"
        description = "An archive with a program whose name is shown backwards"
        guidance = "archive-lure"
        reference = "https://attack.mitre.org/techniques/T1036/002/"
        attack = "T1036.002"
    strings:
        $zip = /PK(\x03\x04.{26}|\x01\x02.{42})[^\x00-\x1f]{0,200}\xe2\x80[\xad\xae][^\x00-\x1f]{1,80}\.(exe|scr|pif|com|bat|cmd|vbs|vbe|jse?|wsf|hta|lnk|cpl|msi|ps1)/s nocase
        $rar = /Rar!\x1a\x07.{0,600}\xe2\x80[\xad\xae].{1,80}\.(exe|scr|pif|com|bat|cmd|vbs|vbe|jse?|wsf|hta|lnk|cpl|msi|ps1)/s nocase
    condition:
        filesize < 256MB and (uint16be(0) == 0x504B or uint32be(0) == 0x52617221) and any of them
}

// CVE-2023-38831: a file "a.pdf " beside a folder "a.pdf " that holds "a.pdf .cmd"; CVE-2018-20250: an ACE archive with
// a name that leads to the Startup folder.
rule Archive_Exploits_Unpacker
{
    meta:
        severity = "malicious"
        category = "archive-lure"
        description = "An archive made to break into the program that opens it"
        guidance = "archive-lure"
        reference = "https://nvd.nist.gov/vuln/detail/CVE-2023-38831"
        attack = "T1203"
    strings:
        $folder = /PK\x03\x04.{26}[^\x00-\x1f\/]{1,120}\.[A-Z0-9]{2,5} [\/\\][^\x00-\x1f\/\\]{1,120}\.[A-Z0-9]{2,5} {1,8}\.(cmd|bat|exe|vbs|js|ps1|lnk|com|scr)/s nocase
        $ace = "**ACE**"
        $ace_path = /\x00[A-Z]:\\([A-Z]:|\\|\.\.)[^\x00-\x1f]{1,200}/ nocase
    condition:
        filesize < 256MB and ((uint16be(0) == 0x504B and $folder) or ($ace at 7 and $ace_path in (0..4096)))
}
