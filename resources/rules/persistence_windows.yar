rule Run_Key_Starts_Hidden_Script
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A script that has Windows start hidden or remote code at every logon"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1547/001/"
        attack = "T1547.001"
    strings:
        $key = /\\CurrentVersion\\(Run|RunOnce|Policies\\Explorer\\Run|Winlogon)\b/ nocase ascii wide
        $write = /(\breg(\.exe)?\s{1,4}add\b|RegWrite\b|(Set|New)-ItemProperty\b|Registry::SetValue|REGEDIT4|Registry Editor Version|SetValue\s{0,4}\(|RegSetValue)/ nocase ascii wide
        $hidden = /\b(powershell|pwsh)(\.exe)?\b[^\r\n]{0,120}([-\/]e(nc?|ncodedcommand)?\s{1,4}["']?([A-Za-z0-9+\/]{1,2}){16}|\biex\b|Download(String|File)|FromBase64String|[hf]t{1,2}ps?:[\/\\]{2})/ nocase ascii wide
        $remote = /\b(mshta|regsvr32|rundll32)(\.exe)?\b[^\r\n]{0,120}(https?:|javascript:|vbscript:)/ nocase ascii wide
        $script = /\b(wscript|cscript)(\.exe)?\b[^\r\n]{0,80}(%?(appdata|temp|public|localappdata|programdata)%?|\\Users\\Public|\\Temp\\|\\AppData\\)[^\r\n]{0,80}\.(vbs|vbe|js|jse|wsf)\b/ nocase ascii wide
    condition:
        filesize < 512KB and uint16be(0) != 0x4D5A and $key and $write and any of ($hidden, $remote, $script)
}

rule Scheduled_Task_Starts_Hidden_Script
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A script or task file that has Windows start hidden or remote code again and again"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1053/005/"
        attack = "T1053.005"
    strings:
        $command = /\bschtasks(\.exe)?["']?\s[^\r\n]{0,200}\/create\b[^\r\n]{0,400}\b((powershell|pwsh)(\.exe)?\b[^\r\n]{0,160}([-\/]e(nc?|ncodedcommand)?\s{1,4}["']?[A-Za-z0-9+\/]{16}|\biex\b|Download(String|File)|FromBase64String)|(mshta|regsvr32|rundll32)(\.exe)?\b[^\r\n]{0,120}(https?:|javascript:|vbscript:)|(wscript|cscript)(\.exe)?\b[^\r\n]{0,80}(%?(appdata|temp|public|programdata)%?|\\Users\\Public|\\AppData\\))/ nocase
        $action = /New-ScheduledTaskAction\b[^\r\n]{0,200}\b((powershell|pwsh|mshta|wscript)(\.exe)?)\b[^\r\n]{0,200}([-\/]e(nc?|ncodedcommand)?\s{1,4}["']?[A-Za-z0-9+\/]{16}|\biex\b|[hf]t{1,2}ps?:[\/\\]{2})/ nocase
        $task = /<Command>[^<]{0,120}(powershell|pwsh|mshta|wscript|cscript|cmd)(\.exe)?"?<\/Command>\s{0,40}<Arguments>[^<]{0,300}([-\/]e(nc?|ncodedcommand)?\s{1,4}["']?([A-Za-z0-9+\/]{1,2}){16}|\biex\b|https?:|javascript:)/ nocase
        $task_wide = /<Command>[^<]{0,120}(powershell|pwsh|mshta|wscript|cscript|cmd)(\.exe)?"?<\/Command>\s{0,40}<Arguments>[^<]{0,300}([-\/]e(nc?|ncodedcommand)?\s{1,4}["']?([A-Za-z0-9+\/]{1,2}){16}|\biex\b|https?:|javascript:)/ nocase wide
    condition:
        filesize < 512KB and uint16be(0) != 0x4D5A and any of them
}

rule Script_Installs_Itself
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A Windows script that copies itself to where Windows starts programs at every logon"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1547/001/"
        attack = "T1547.001"
    strings:
        $self = /(WScript\.ScriptFullName|WScript\.ScriptName|%~f0|%~dpnx0|"%0"|\$MyInvocation\.MyCommand\.(Path|Definition)|\$PSCommandPath|__file__|sys\.argv\[0\])/ nocase
        $copy = /(\.CopyFile\b|\.Copy\b|(^|[\r\n&|])\s{0,8}(x?copy|robocopy)\s|Copy-Item\b|shutil\.copy)/ nocase
        $startup = /(\\Start Menu\\Programs\\Startup\b|SpecialFolders\s{0,4}\(\s{0,4}["'](AllUsers)?Startup["']|shell[:]startup|NameSpace\s{0,4}\(\s{0,4}(&H)?7\s{0,4}\)|GetFolderPath\s{0,4}\(\s{0,4}["']?Startup)/ nocase
    condition:
        filesize < 512KB and all of them
}

rule WMI_Event_Starts_Script
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A script that has Windows run code at events of the system, where nobody looks for it"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1546/003/"
        attack = "T1546.003"
    strings:
        $filter = "__EventFilter" nocase ascii wide
        $consumer = /(CommandLineEventConsumer|ActiveScriptEventConsumer)/ nocase ascii wide
        $binding = "__FilterToConsumerBinding" nocase ascii wide
        $code = /(CommandLineTemplate|ScriptText|ExecutablePath)["']?\s{0,4}\]?\s{0,4}=[^\r\n]{0,300}(powershell|mshta|wscript|cscript|cmd|rundll32|regsvr32|\.exe|\$[a-z_]|ActiveXObject|CreateObject)/ nocase ascii wide
    condition:
        filesize < 512KB and uint16be(0) != 0x4D5A and all of them
}

// A debugger for the keys that work before anybody has logged on gives a shell to everybody.
rule Logon_Screen_Backdoor
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A script that opens a way around the logon screen of Windows"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1546/008/"
        attack = "T1546.008"
    strings:
        $debugger = /Image File Execution Options\\(sethc|utilman|osk|magnify|narrator|displayswitch|atbroker)\.exe["'\]]?[^\n]{0,40}\s{1,4}[^\n]{0,20}["']?Debugger\b/ nocase ascii wide
        $replace = /\b(copy|xcopy|move|ren|Copy-Item)\b[^\r\n]{0,120}\\(cmd|powershell)\.exe["']?\s{1,4}[^\r\n]{0,80}\\(sethc|utilman|osk|magnify|narrator|displayswitch)\.exe/ nocase ascii wide
    condition:
        filesize < 256KB and uint16be(0) != 0x4D5A and any of them
}
