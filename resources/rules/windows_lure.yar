rule Settings_Link_Starts_Program
{
    meta:
        severity = "malicious"
        category = "windows-lure"
        description = "A settings shortcut that starts a script interpreter"
        guidance = "shortcut-lure"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    strings:
        $settings = /<SearchableContent[\s>]|<PCSettings>/ nocase
        $link = /<DeepLink>[^<]{0,300}\b(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin)(\.exe)?\b/ nocase
    condition:
        filesize < 64KB and all of them
}

// A saved console that redirects into apds.dll runs JavaScript inside the management console.
rule Management_Console_Runs_Script
{
    meta:
        severity = "malicious"
        category = "windows-lure"
        description = "A management console file that runs a script or a hidden command"
        guidance = "shortcut-lure"
        reference = "https://attack.mitre.org/techniques/T1218/014/"
        attack = "T1218.014"
    strings:
        $console = "<MMC_ConsoleFile" nocase
        $redirect = /apds\.dll\/redirect/ nocase
        $task = /<CommandLine\b[^<>]{0,200}\b(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32)(\.exe)?\b[^<>]{0,400}Params\s{0,4}=\s{0,4}["'][^"'<>]{0,400}(https?:|-e[nc]{0,2}\s|hidden|\biex\b)/ nocase
        $script = /(transformNode|loadXML|eval\s{0,4}\(|unescape\s{0,4}\(|ActiveXObject)/ nocase
    condition:
        filesize < 16MB and $console in (0..2048) and ($task or ($redirect and $script) or (#redirect > 0 and filesize < 1MB))
}

// A shortcut object (ADB880A6-D8FF-11CF-9377-00AA003B7A11) on a help page starts what its Item1 says.
rule Help_Page_Starts_Program
{
    meta:
        severity = "malicious"
        category = "windows-lure"
        description = "A help page that starts a program"
        guidance = "shortcut-lure"
        reference = "https://attack.mitre.org/techniques/T1218/001/"
        attack = "T1218.001"
    strings:
        $class = "adb880a6-d8ff-11cf-9377-00aa003b7a11" nocase
        $item = /value\s{0,4}=\s{0,4}["']\s{0,8},?\s{0,4}[^"'\r\n]{0,80}\b(cmd|powershell|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin|schtasks)(\.exe)?\b/ nocase
    condition:
        filesize < 4MB and all of them
}

rule Scriptlet_Starts_Program
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A scriptlet or style sheet with a script that starts a program"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1218/010/"
        attack = "T1218.010"
    strings:
        $scriptlet = /<(scriptlet|component)[\s>]/ nocase
        $registration = /<registration[\s>]/ nocase
        $stylesheet = "<ms:script" nocase
        $shell = /\b(CreateObject|ActiveXObject|GetObject)\s{0,4}\(\s{0,4}["'](WScript\.Shell|Shell\.Application|winmgmts:|new:)/ nocase
        $start = /\.\s{0,2}(Run|ShellExecute|Exec|Create)\b/ nocase
    condition:
        filesize < 1MB and (($scriptlet and $registration) or $stylesheet) and $shell and $start
}

// CMSTP and setup files: the section registers a scriptlet from an address or starts commands.
rule Setup_File_Runs_Script
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A setup information file that loads a script from the network or starts hidden commands"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1218/003/"
        attack = "T1218.003"
    strings:
        $version = /\[\s{0,4}version\s{0,4}\]/ nocase
        $scrobj = /scrobj\.dll\s{0,4},\s{0,4}NI\s{0,4},\s{0,4}(https?:|[A-Z]:\\|%)/ nocase
        $commands = /\[\s{0,4}(RunPreSetupCommands|RunPostSetupCommands)[^\]\r\n]{0,40}\]/ nocase
        $program = /\n[^;\r\n]{0,80}\b(powershell|mshta|certutil|bitsadmin)(\.exe)?\b/ nocase
    condition:
        filesize < 256KB and $version and ($scrobj or ($commands and $program))
}

// Inline tasks of MSBuild are compiled and run when a project is opened or built.
rule Build_File_Runs_Machine_Code
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A build project that copies machine code into memory and starts it"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1127/001/"
        attack = "T1127.001"
    strings:
        $task = /<UsingTask\b/ nocase
        $factory = /(Code|RoslynCode)TaskFactory/ nocase
        $memory = /\b(Virtual[A]lloc(Ex)?|Virtual[P]rotect|NtAllocate[V]irtualMemory)\b/
        $start = /\b(CreateThread|CreateRemoteThread|QueueUserAPC|GetDelegateForFunctionPointer|EnumSystemLocales[AW]?)\b/
    condition:
        filesize < 8MB and all of them
}

// Windows fetches the picture of such a file as soon as its folder is shown, and logs on to the server for it. A server of
// one's own has a short or local name; a command file of the shell (.scf) with a picture from anywhere is never honest.
rule Folder_Picture_Leaks_Login
{
    meta:
        severity = "suspicious"
        category = "windows-lure"
        description = "A small system file that connects to a foreign file server as soon as its folder is shown"
        guidance = "login-leak"
        reference = "https://attack.mitre.org/techniques/T1187/"
        attack = "T1187"
    strings:
        $kind = /^(\xef\xbb\xbf)?\s{0,8}\[(Shell|\.ShellClassInfo|InternetShortcut)\]/ nocase
        $shell = /^(\xef\xbb\xbf)?\s{0,8}\[Shell\]/ nocase
        $icon = /\b(IconFile|IconResource|IconLocation|WorkingDirectory)\s{0,4}=\s{0,4}(file:\/\/)?[\\\/]{2}[^\\\/\r\n]{1,100}[\\\/]/ nocase
        $foreign = /\b(IconFile|IconResource|IconLocation|WorkingDirectory)\s{0,4}=\s{0,4}(file:\/\/)?[\\\/]{2}([0-9]{1,3}(\.[0-9]{1,3}){3}|[^\\\/\r\n]{1,80}(@|\.[A-Z]{2,12}))[^\\\/\r\n]{0,12}[\\\/]/ nocase
        $local = /\b(IconFile|IconResource|IconLocation|WorkingDirectory)\s{0,4}=\s{0,4}(file:\/\/)?[\\\/]{2}[^\\\/\r\n@]{1,80}\.(local|lan|corp|internal|intern|home|ad)[\\\/]/ nocase
    condition:
        filesize < 8KB and $kind at 0 and (($shell at 0 and $icon) or #foreign > #local)
}

rule Library_Opens_Foreign_Folder
{
    meta:
        severity = "suspicious"
        category = "windows-lure"
        description = "A library or search file that shows a foreign server as if it were a folder of yours"
        guidance = "shortcut-lure,login-leak"
        reference = "https://attack.mitre.org/techniques/T1187/"
        attack = "T1187"
    strings:
        $library = /<(libraryDescription|searchConnectorDescription)\b/
        $address = /<url>\s{0,8}(https?:\/\/[^<]{1,200}|\\\\[^<\\]{1,100}\\[^<]{0,200}|file:\/\/[^<\/]{1,100}[^<]{0,200})<\/url>/ nocase
    condition:
        filesize < 64KB and all of them
}

rule Autorun_Starts_Hidden_Program
{
    meta:
        severity = "malicious"
        category = "windows-lure"
        description = "An autorun file that starts a program from a hidden place or a script"
        guidance = "disk-image-lure"
        reference = "https://attack.mitre.org/techniques/T1091/"
        attack = "T1091"
    strings:
        $autorun = /\[autorun\]/ nocase
        $open = /\b(open|shellexecute|shell\\[a-z0-9]{1,20}\\command)\s{0,4}=[^\r\n]{0,120}(RECYCLE[RD]|\$RECYCLE\.BIN|System Volume Information|\.(vbs|vbe|js|jse|wsf|scr|pif)\b|\b(wscript|cscript|powershell|mshta|rundll32)(\.exe)?\s)/ nocase
    condition:
        filesize < 1MB and $autorun and $open
}
