// ISO 32000-1. The header may stand anywhere in the first 1024 bytes (Annex H, note 13).
private rule PDF_File
{
    strings:
        $header = "%PDF-"
    condition:
        filesize < 256MB and $header in (0..1024)
}

// 12.6.4.5: a launch action starts a program; /P are its parameters.
rule PDF_Launches_Program
{
    meta:
        severity = "malicious"
        category = "pdf"
        description = "A PDF that starts a system program or a script"
        guidance = "pdf-active-content"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    strings:
        $launch = /\/S\s{0,8}\/Launch\b/
        $program = /\/(F|P|UF)\s{0,8}\([^()\r\n]{0,200}\b(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin|sh|bash)(\.exe)?\b/ nocase
        $program_hex = /\/(F|P|UF)\s{0,8}<\s{0,8}([0-9a-f]{2}\s{0,2}){0,120}(63\s{0,2}6d\s{0,2}64|70\s{0,2}6f\s{0,2}77\s{0,2}65\s{0,2}72\s{0,2}73\s{0,2}68|6d\s{0,2}73\s{0,2}68\s{0,2}74\s{0,2}61)/ nocase
        $file = /\/(F|UF)\s{0,8}\([^()\r\n]{1,200}\.(exe|scr|com|pif|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|msi|jar)\s{0,4}\)/ nocase
    condition:
        PDF_File and $launch and any of ($program, $program_hex, $file)
}

// Only info: forms check and format what is typed with JavaScript.
rule PDF_JavaScript
{
    meta:
        severity = "info"
        category = "pdf"
        description = "A PDF with JavaScript"
        guidance = "pdf-active-content"
        reference = "https://attack.mitre.org/techniques/T1059/007/"
        attack = "T1059.007"
    strings:
        $script = /\/S\s{0,8}\/JavaScript\b/
        $code = /\/JS\s{0,8}[(<0-9]/
    condition:
        PDF_File and all of them
}

rule PDF_JavaScript_Hides_Code
{
    meta:
        severity = "suspicious"
        category = "pdf"
        description = "A PDF that runs JavaScript by itself which unpacks hidden code"
        guidance = "pdf-active-content,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/010/"
        attack = "T1027.010"
    strings:
        $script = /\/JS\s{0,8}[(<0-9]/
        $auto = /\/(OpenAction|AA)\b/
        $machine = /\bunescape\s{0,8}\\?\(\s{0,8}\\?["']%u[0-9a-f]{4}/ nocase
        $eval = /\beval\s{0,8}\\?\([^)\r\n]{0,120}(unescape|fromCharCode|\.replace|\.split|\.substr|info\.|getAnnot|byteToChar)/
        $eval_plain = /\beval\s{0,8}\\?\(/
        $numbers = /\b(String\.fromCharCode|util\.byteToChar|charCodeAt)\b/
        $weak = /\b(Collab\.(collectEmailInfo|getIcon)|media\.newPlayer|spell\.customDictionaryOpen|getAnnots?)\s{0,8}\\?\(/
        $unpack = /\b(unescape|eval)\s{0,8}\\?\(/
    condition:
        PDF_File and $script and $auto and ($machine or $eval or ($eval_plain and $numbers) or ($weak and $unpack))
}

// exportDataObject with nLaunch 2 saves an attachment and opens it.
rule PDF_Opens_Attachment
{
    meta:
        severity = "malicious"
        category = "pdf"
        description = "A PDF that saves a file it carries and opens it by itself"
        guidance = "pdf-active-content"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    strings:
        $export = /exportDataObject\s{0,8}\\?\(\s{0,8}\{[^}]{0,200}nLaunch\s{0,8}["']?\s{0,4}:\s{0,8}[12]/
        $auto = /\/(OpenAction|AA)\b/
        $attached = "/EmbeddedFile"
    condition:
        PDF_File and $export and any of ($auto, $attached)
}

rule PDF_Carries_Program
{
    meta:
        severity = "suspicious"
        category = "pdf"
        description = "A PDF with an attached program, script or disk image"
        guidance = "embedded-program,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/009/"
        attack = "T1027.009"
    strings:
        $attached = "/EmbeddedFile"
        $name = /\/U?F\s{0,8}\([^()\r\n]{1,400}\.(exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar|iso|img)\)/ nocase
        $name_wide = /\/U?F\s{0,8}\(\xfe\xff[^()\r\n]{1,400}\x00\.(\x00e\x00x\x00e|\x00s\x00c\x00r|\x00c\x00o\x00m|\x00p\x00i\x00f|\x00b\x00a\x00t|\x00c\x00m\x00d|\x00p\x00s\x001|\x00v\x00b\x00s|\x00v\x00b\x00e|\x00j\x00s|\x00j\x00s\x00e|\x00w\x00s\x00f|\x00h\x00t\x00a|\x00l\x00n\x00k|\x00m\x00s\x00i|\x00j\x00a\x00r|\x00i\x00s\x00o|\x00i\x00m\x00g)\)/ nocase
    condition:
        PDF_File and $attached and any of ($name, $name_wide)
}

// 7.3.5 lets a name's characters be written as #xx. No honest program writes these names so.
rule PDF_Hides_Names
{
    meta:
        severity = "suspicious"
        category = "pdf"
        description = "A PDF that writes the names of active content so that scanners do not see them"
        guidance = "pdf-active-content,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/"
        attack = "T1027"
    strings:
        $script = /\/(S|#53)\s{0,8}\/J?a?v?a?S?c?r?i?p?(#4[aA]|#61|#76|#53|#63|#72|#69|#70|#74)[JavScript#0-9a-fA-F]{0,30}[\s\/<>]/
        $code = /\/(J#53|#4[aA]S|#4[aA]#53)\s{0,8}(\(|<|[0-9]{1,10}\s{1,8}[0-9]{1,5}\s{1,8}R)/
        $launch = /\/(S|#53)\s{0,8}\/L?a?u?n?c?(#4[cC]|#61|#75|#6[eE]|#63|#68)[Launch#0-9a-fA-F]{0,18}[\s\/<>]/
        $open = /\/O?p?e?n?A?c?t?i?o?(#4[fF]|#70|#65|#6[eE]|#41|#63|#74|#69|#6[fF])[OpenActio#0-9a-fA-F]{0,30}\s{0,8}(<<|\[|[0-9]{1,10}\s{1,8}[0-9]{1,5}\s{1,8}R)/
        $embedded = /\/Type\s{0,8}\/E?m?b?e?d?d?e?d?F?i?l?(#45|#6[dD]|#62|#65|#64|#46|#69|#6[cC])[EmbedFil#0-9a-fA-F]{0,36}[\s\/<>]/
        $attached = /\/E?m?b?e?d?d?e?d?F?i?l?e?(#45|#6[dD]|#62|#65|#64|#46|#69|#6[cC]|#73)[EmbedFils#0-9a-fA-F]{0,39}\s{0,8}(<<|\[|[0-9]{1,10}\s{1,8}[0-9]{1,5}\s{1,8}R)/
    condition:
        PDF_File and any of them
}

// A remote address in Windows notation: the reader logs on there and shows the hash of the password.
rule PDF_Leaks_Login
{
    meta:
        severity = "suspicious"
        category = "pdf"
        description = "A PDF that connects to a foreign file server by itself and tells it how you log on"
        guidance = "login-leak"
        reference = "https://attack.mitre.org/techniques/T1187/"
        attack = "T1187"
    strings:
        $action = /\/S\s{0,8}\/(GoToE|GoToR|Launch|ImportData|SubmitForm)\b/
        $auto = /\/(OpenAction|AA)\b/
        $share = /\/(F|UF)\s{0,8}(<<[^<>]{0,60})?\(\\{2,4}([0-9]{1,3}(\.[0-9]{1,3}){3}|[^\\()\r\n]{1,80}(@|\.[a-z]{2,12}))[^\\()\r\n]{0,12}\\/
    condition:
        PDF_File and all of them
}
