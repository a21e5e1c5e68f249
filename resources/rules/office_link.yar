// ECMA-376 part 2: relationships of an Office file; a TargetMode of External leads out of it.
rule Office_Template_From_Network
{
    meta:
        severity = "suspicious"
        category = "office-link"
        description = "A document that loads its template from the network when it is opened"
        guidance = "remote-template,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1221/"
        attack = "T1221"
    strings:
        $parts = "http://schemas.openxmlformats.org/package/2006/relationships"
        $target_last = /<Relationship\s[^<>]{0,400}\/attachedTemplate["'][^<>]{0,400}\bTarget\s{0,4}=\s{0,4}["']\s{0,8}(https?:|ftp:|\\\\[^\\"']{1,80}@|file:\/{2,5}[0-9]{1,3}\.)/ nocase
        $target_first = /<Relationship\s[^<>]{0,400}\bTarget\s{0,4}=\s{0,4}["']\s{0,8}(https?:|ftp:|\\\\[^\\"']{1,80}@|file:\/{2,5}[0-9]{1,3}\.)[^<>]{0,1000}\/attachedTemplate["']/ nocase
    condition:
        filesize < 1MB and $parts and any of ($target_last, $target_first)
}

// How CVE-2021-40444 and CVE-2022-30190 are brought in: the object's address names a moniker or ends in "!".
rule Office_Object_Exploit_Address
{
    meta:
        severity = "malicious"
        category = "office-link"
        description = "A document that loads an object from the network in the way of known attacks"
        guidance = "office-exploit"
        reference = "https://nvd.nist.gov/vuln/detail/CVE-2021-40444"
        attack = "T1203"
    strings:
        $parts = "http://schemas.openxmlformats.org/package/2006/relationships"
        $moniker = /\bTarget\s{0,4}=\s{0,4}["']\s{0,8}(mhtml|mk:@MSITStore|its|ms-its|ms-msdt|search-ms|script|scriptlet|htmlfile):/ nocase
        $bang = /\bTarget\s{0,4}=\s{0,4}["']\s{0,8}[hf]t{1,2}ps?:[^"'<>]{1,300}!["']/ nocase
        $object = "/oleObject" nocase
    condition:
        filesize < 1MB and $parts and $object and any of ($moniker, $bang)
}

rule Office_Object_From_Network
{
    meta:
        severity = "suspicious"
        category = "office-link"
        description = "A document that loads an embedded object or a part of itself from the network"
        guidance = "remote-template,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1221/"
        attack = "T1221"
    strings:
        $parts = "http://schemas.openxmlformats.org/package/2006/relationships"
        $target_last = /<Relationship\s[^<>]{0,400}\/(oleObject|frame|subDocument|aFChunk)["'][^<>]{0,400}\bTarget\s{0,4}=\s{0,4}["']\s{0,8}(https?:|ftp:)/ nocase
        $target_first = /<Relationship\s[^<>]{0,400}\bTarget\s{0,4}=\s{0,4}["']\s{0,8}(https?:|ftp:)[^<>]{0,1000}\/(oleObject|frame|subDocument|aFChunk)["']/ nocase
    condition:
        filesize < 1MB and $parts and any of ($target_last, $target_first)
}

// ECMA-376 17.16.5: a DDE or DDEAUTO field names the program that answers. Word joins the texts of a field's runs.
rule Office_DDE_Starts_Program
{
    meta:
        severity = "malicious"
        category = "office-link"
        description = "A document with a field that starts a system program"
        guidance = "office-exploit"
        reference = "https://attack.mitre.org/techniques/T1559/002/"
        attack = "T1559.002"
    strings:
        $document = /<([a-z0-9]{1,8}:)?(document|hdr|ftr|footnotes|worksheet|externalLink)\b/
        $field = /(instrText[^<>]{0,60}>|w:instr\s{0,4}=\s{0,4}["'])\s{0,8}DDE(AUTO)?\b[^\r\n]{0,300}(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|msexcel)(\.exe)?\b/ nocase
        $pieces = /instrText[^<>]{0,60}>\s{0,8}D(<[^<>]{1,200}>\s{0,8}){2,16}DE?(<[^<>]{1,200}>\s{0,8}){0,16}E?(<[^<>]{1,200}>\s{0,8}){0,16}(AUTO|A(<[^<>]{1,200}>\s{0,8}){2,16}U)/ nocase
        $quote = /instrText[^<>]{0,60}>\s{0,8}\\?\s{0,8}QUOTE\s{1,8}([0-9]{2,3}\s{1,8}){8}/ nocase
        $field_dde = /instrText[^<>]{0,60}>\s{0,8}DDE(AUTO)?\b/ nocase
        $link = /<ddeLink\b[^<>]{0,200}\bddeService\s{0,4}=\s{0,4}["'][^"'<>]{0,100}(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|msexcel)/ nocase
    condition:
        filesize < 16MB and $document in (0..4096) and ($field or $pieces or $link or ($quote and $field_dde))
}

// A cell that begins with =, +, - or @ and names a program, a bar and a topic starts that program.
rule Spreadsheet_Formula_Starts_Program
{
    meta:
        severity = "malicious"
        category = "office-link"
        description = "A table with a cell that starts a system program"
        guidance = "office-exploit"
        reference = "https://owasp.org/www-community/attacks/CSV_Injection"
        attack = "T1559.002"
    strings:
        $cell = /(^|[\r\n,;\t"'>])\s{0,4}[=+@-][^\r\n,;|]{0,40}\b(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|certutil|msexcel)(\.exe)?\s{0,4}\|\s{0,4}["']{1,3}[^\r\n]{1,400}["']\s{0,4}![A-Z$'"_]/ nocase
    condition:
        filesize < 16MB and $cell
}

// SYLK ("ID;P" first): E is a formula; and web query files, which Excel carries out when they are opened.
rule Spreadsheet_Text_File_Starts_Program
{
    meta:
        severity = "malicious"
        category = "office-link"
        description = "A spreadsheet in text form with a formula that starts a program"
        guidance = "office-exploit"
        reference = "https://attack.mitre.org/techniques/T1559/"
        attack = "T1559"
    strings:
        $formula = /[\r\n]C;[^\r\n]{0,80}\bE(EXEC|CALL|REGISTER)\s{0,4}\(/ nocase
        $name = /[\r\n]NN;NAuto_(open|close)/ nocase
    condition:
        filesize < 1MB and uint32be(0) == 0x49443B50 and ($formula or ($name and filesize < 4KB))
}

rule Web_Query_File
{
    meta:
        severity = "suspicious"
        category = "office-link"
        description = "A query file that has Excel fetch formulas from the network"
        guidance = "remote-template,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1221/"
        attack = "T1221"
    strings:
        $query = /^WEB\r?\n[0-9]\r?\nhttps?:\/\//
    condition:
        filesize < 8KB and $query at 0
}

// "{\*\template": Word loads what stands there when the text is opened.
rule RTF_Template_From_Network
{
    meta:
        severity = "suspicious"
        category = "office-link"
        description = "A text document that loads its template from the network when it is opened"
        guidance = "remote-template,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1221/"
        attack = "T1221"
    strings:
        $template = /\{\s{0,8}\\\*\s{0,8}\\template\s{1,8}(https?:|ftp:|\\\\\\\\[^\\{}]{1,80}(@|\.)|\\'[0-9a-f])/ nocase
        $template_unicode = /\\template\s{1,8}(\\u-?[0-9]{1,5}\??\s?){6}/ nocase
    condition:
        filesize < 32MB and uint32be(0) == 0x7B5C7274 and any of them
}
