// VBA source as it stands in a module ([MS-OVBA] 2.3.4.3); attributes may be missing where no editor wrote it.
private rule VBA_Source
{
    strings:
        $attribute = "Attribute VB_" nocase
        $code = /^\s{0,8}((Private |Public )?(Sub|Function|Declare|Const)|Option (Explicit|Base|Compare|Private)|Dim|Rem|#If)\s/ nocase
        $end = /\bEnd (Sub|Function)\b/ nocase
    condition:
        filesize < 2MB and ($attribute or ($code at 0 and $end))
}

// A procedure that Office calls without being asked.
private rule VBA_Runs_By_Itself
{
    strings:
        $auto = /\bSub\s{1,4}(Auto_?(Open|Exec|Close|Exit|New)|(Document|Workbook|Presentation)_(Open|Close|BeforeClose|New|Activate|Deactivate|BeforeSave)|[A-Z][A-Z0-9_]{0,40}_(Painted|Layout|GotFocus))\s{0,4}\(/ nocase
    condition:
        VBA_Source and $auto
}

private rule VBA_Starts_Programs
{
    strings:
        $shell = /\bShell!?\s{0,4}(\(|"|[A-Z][A-Z0-9_$.]{0,40}\s{0,2}[(,&+\r\n])/ nocase
        $object = /(CreateObject|GetObject)\s{0,4}\(\s{0,4}"(WScript\.Shell|Shell\.Application|winmgmts:|new:\{?(72C24DD5|F935DC22|13709620|9BA05972|C08AFD90))/ nocase
        $call = /\b(ShellExecute(Ex)?A?|WinExec|CreateProcess[AW]?|Win32_Process)\b/ nocase
    condition:
        VBA_Source and any of them
}

rule Macro_Fetches_Program
{
    meta:
        severity = "malicious"
        category = "office-macro"
        description = "A macro that runs by itself, fetches a file from the network and starts it"
        guidance = "office-macro"
        reference = "https://attack.mitre.org/techniques/T1105/"
        attack = "T1105"
    strings:
        $download = /\bURLDownloadToFile[AW]?\b/ nocase
        $http = /["'](MSXML2\.(Server)?XMLHTTP|Microsoft\.XMLHTTP|WinHttp\.WinHttpRequest)/ nocase
        $save = /(\bADODB\.Stream\b|\.SaveToFile\b|\bPut\s{1,4}#|\bFor\s{1,4}Binary\b)/ nocase
    condition:
        VBA_Runs_By_Itself and VBA_Starts_Programs and ($download or ($http and $save))
}

rule Macro_Starts_Interpreter
{
    meta:
        severity = "malicious"
        category = "office-macro"
        description = "A macro that runs by itself and has a system program run hidden or remote code"
        guidance = "office-macro"
        reference = "https://attack.mitre.org/techniques/T1059/005/"
        attack = "T1059.005"
    strings:
        $powershell = /\b(powershell|pwsh)(\.exe)?\b[^\r\n]{0,160}([\s"][-\/]e(nc?|ncodedcommand)?\s|[\s"][-\/]w(in|indowstyle)?\s{1,4}(hidden|1)|Download(String|File|Data)|FromBase64String|\biex\b|\bInvoke-(Expression|WebRequest|RestMethod)\b)/ nocase
        $tool = /\b(mshta|regsvr32|rundll32|certutil|bitsadmin|curl|msiexec|wmic)(\.exe)?\b[^\r\n]{0,160}\b(https?|hxxp|javascript|vbscript):/ nocase
    condition:
        VBA_Runs_By_Itself and VBA_Starts_Programs and any of them
}

// Only suspicious: a company's own template may start a program of the company.
rule Macro_Starts_Program
{
    meta:
        severity = "suspicious"
        category = "office-macro"
        description = "A macro that runs by itself and starts another program"
        guidance = "office-macro,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    condition:
        VBA_Runs_By_Itself and VBA_Starts_Programs
}

rule Macro_Hides_Text
{
    meta:
        severity = "suspicious"
        category = "office-macro"
        description = "A macro that builds words from numbers or pieces, so that nobody can read them, and calls what they name"
        guidance = "office-macro,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/010/"
        attack = "T1027.010"
    strings:
        $source = "Attribute VB_" nocase
        $numbers = /(Chr[BW]?\$?\s{0,2}\(\s{0,2}[0-9A-F&H+*\/^ ()-]{1,24}\)\s{0,4}(_\s{1,12})?[&+]\s{0,4}(_\s{1,12})?){8}/ nocase
        $pieces = /" [&+] "[^"\r\n]{1,4}" [&+] "[^"\r\n]{1,4}" [&+] "[^"\r\n]{1,4}" [&+] "[^"\r\n]{1,4}" [&+] "/
        $backwards = /StrReverse\s{0,4}\(\s{0,4}"[^"\r\n]{0,200}(llehs|ptth|tpircsw|llehsrewop|exe\.)/ nocase
        $call = /\b(CreateObject|GetObject|CallByName|Application\.Run|ExecuteExcel4Macro|Shell)\b/ nocase
    condition:
        filesize < 2MB and $source and $call and any of ($numbers, $pieces, $backwards)
}

rule Macro_Runs_Machine_Code
{
    meta:
        severity = "malicious"
        category = "office-macro"
        description = "A macro that copies machine code into memory and starts it"
        guidance = "office-macro"
        reference = "https://attack.mitre.org/techniques/T1055/"
        attack = "T1055"
    strings:
        $source = "Attribute VB_" nocase
        $memory = /\b(Virtual[A]lloc(Ex)?|Virtual[P]rotect|HeapCreate|NtAllocate[V]irtualMemory|ZwAllocate[V]irtualMemory)\b/ nocase
        $copy = /\b(RtlMoveMemory|RtlCopyMemory|WriteProcessMemory|NtWriteVirtualMemory)\b/ nocase
        $start = /\b(CreateThread|CreateRemoteThread|QueueUserAPC|EnumSystemLocales[AW]?|EnumTimeFormats[AW]?|EnumDateFormats[AW]?|EnumChildWindows|GrayString[AW]?)\b/ nocase
        $declare = /\bDeclare\s{1,4}(PtrSafe\s{1,4})?(Function|Sub)\b/ nocase
    condition:
        filesize < 2MB and all of them
}

rule Macro_Copies_Itself
{
    meta:
        severity = "malicious"
        category = "office-macro"
        description = "A macro that switches protection off and copies itself into other documents"
        guidance = "office-macro"
        reference = "https://attack.mitre.org/techniques/T1137/001/"
        attack = "T1137.001"
    strings:
        $protection = /(\bVirusProtection\s{0,4}=\s{0,4}(False|0)\b|AccessVBOM|VBAWarnings)/ nocase
        $project = /\.VBProject\b/ nocase
        $copy = /(\.CodeModule\b|\.AddFromString\b|\.AddFromFile\b|\.InsertLines\b|\.OrganizerCopy\b|\.Import\s)/ nocase
    condition:
        VBA_Runs_By_Itself and all of them
}

// The project as it lies in an OLE file: the source is compressed ([MS-OVBA] 2.4.1: a flag byte before every eight
// characters), but names and texts stand readable beside it.
rule Macro_In_Raw_Project
{
    meta:
        severity = "suspicious"
        category = "office-macro"
        description = "An Office file with a macro that runs by itself and names what attackers use"
        guidance = "office-macro,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    strings:
        $source = { 00 41 74 74 72 69 62 75 74 00 65 20 56 42 5F }
        $auto = /\b(Auto_?Open|AutoExec|AutoClose|Document_?Open|Document_Close|Workbook_?Open)\b/ nocase ascii wide
        $use = /\b(URLDownloadToFile[AW]?|WScript\.Shell|powershell|MSXML2\.XMLHTTP|ADODB\.Stream|Virtual[A]lloc|CreateThread|winmgmts:)/ nocase ascii wide
    condition:
        uint32be(0) == 0xD0CF11E0 and filesize < 64MB and all of them
}

// [MS-XLS] 2.4.28: a BoundSheet8 record (0085) of type 1 is a macro sheet, 1 or 2 before it says hidden;
// 2.4.150: a Lbl record (0018) with fBuiltin and the one-character name 01 is Auto_Open, 02 Auto_Close.
rule Excel4_Macro_Runs_By_Itself
{
    meta:
        severity = "suspicious"
        category = "office-macro"
        description = "A workbook with a hidden sheet of old macros that run by themselves"
        guidance = "office-macro,suspicious-content"
        reference = "https://learn.microsoft.com/openspecs/office_file_formats/ms-xls/cd03cb5f-ca02-4934-a391-bb674cb8aa06"
        attack = "T1137"
    strings:
        $workbook = { 09 08 10 00 00 06 05 00 }
        $sheet = { 85 00 ?? 00 ?? ?? ?? ?? (01 | 02) 01 }
        $auto = { 18 00 ?? 00 2? 0? ?? 01 ?? ?? 00 00 ?? ?? 00 00 00 00 00 (01 | 02) }
    condition:
        filesize < 64MB and (uint32be(0) == 0xD0CF11E0 or $workbook at 0) and all of them
}

rule Excel4_Macro_Starts_Program
{
    meta:
        severity = "malicious"
        category = "office-macro"
        description = "A sheet of old Excel macros that fetches or starts programs"
        guidance = "office-macro"
        reference = "https://attack.mitre.org/techniques/T1059/"
        attack = "T1059"
    strings:
        $sheet = /<([a-z0-9]{1,8}:)?macrosheet\b/
        $exec = /<f[^<>]{0,40}>[^<]{0,200}\bEXEC\s{0,4}\([^<]{0,200}(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|\.exe|\.dll)/ nocase
        $call = /<f[^<>]{0,40}>[^<]{0,200}\b(CALL|REGISTER)\s{0,4}\([^<]{0,200}(urlmon|shell32|kernel32|URLDownloadToFile|ShellExecute|Virtual[A]lloc|WinExec)/ nocase
    condition:
        filesize < 16MB and $sheet in (0..4096) and any of ($exec, $call)
}

rule Macro_In_Web_Archive
{
    meta:
        severity = "suspicious"
        category = "office-macro"
        description = "A web page archive that hides an Office macro project"
        guidance = "office-macro,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/"
        attack = "T1027"
    strings:
        $mime = "MIME-Version:" nocase
        $office = /(schemas-microsoft-com:office|application\/x-mso|editdata\.mso)/ nocase
        // Base64 of "ActiveMime", the name at the start of such a project
        $project = /\n\s{0,8}QWN0aXZlTWlt/
    condition:
        filesize < 16MB and $mime in (0..4096) and $office and $project
}
