rule Batch_Downloader
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A batch file that fetches a program from the network and starts it"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1105/"
        attack = "T1105"
    strings:
        $batch = "@echo off" nocase
        $certutil = /\bcertutil(\.exe)?\s[^\r\n]{0,60}[\/-]urlcache\b[^\r\n]{0,120}[hf]t{1,2}ps?:[\/\\]{2}/ nocase
        $bitsadmin = /\bbitsadmin(\.exe)?\s[^\r\n]{0,40}\/transfer\b[^\r\n]{0,160}[hf]t{1,2}ps?:[\/\\]{2}/ nocase
        $powershell = /\bpowershell(\.exe)?\s[^\r\n]{0,200}(DownloadFile\s{0,4}\(|Invoke-WebRequest\s|iwr\s)[^\r\n]{0,160}%(temp|appdata|localappdata|public|programdata)%[^\r\n]{0,80}\.(exe|dll|scr|ps1|vbs|js|bat|cmd|hta)\b/ nocase
        $curl = /\bcurl(\.exe)?\s[^\r\n]{0,160}%(temp|appdata|localappdata|public|programdata)%[^\r\n]{0,80}\.(exe|dll|scr|ps1|vbs|js|bat|cmd|hta)\b/ nocase
        $start = /(^|[\r\n&])\s{0,8}(start|call|cmd(\.exe)?\s{1,4}\/c|rundll32|regsvr32|wscript|cscript|mshta)\b[^\r\n]{0,160}\.(exe|dll|scr|ps1|vbs|js|bat|cmd|hta)\b/ nocase
        $start_direct = /(^|[\r\n&])\s{0,8}"?%(temp|appdata|localappdata|public|programdata)%[^\r\n]{0,80}\.(exe|scr|bat|cmd)\b/ nocase
        $curl_any = /\bcurl(\.exe)?\s[^\r\n]{0,160}%(temp|tmp|appdata|localappdata|public|programdata)%/ nocase
        $start_hidden = /(^|[\r\n&])\s{0,8}(start|call)\b[^\r\n]{0,40}%(temp|tmp|appdata|localappdata|public|programdata)%[^\r\n]{0,80}\.(exe|dll|scr|ps1|vbs|js|bat|cmd|hta)\b/ nocase
    condition:
        filesize < 256KB and (filesize < 4KB or $batch in (0..512))
        and (
            (any of ($certutil, $bitsadmin, $powershell, $curl) and any of ($start, $start_direct))
            or ($curl_any and $start_hidden)
        )
}

// Only suspicious: so small a file may also install an honest program.
rule Batch_Runs_Fetched_Program
{
    meta:
        severity = "suspicious"
        category = "dropper"
        description = "A small batch file that has PowerShell fetch a program and starts it"
        guidance = "script-dropper,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1105/"
        attack = "T1105"
    strings:
        $fetch = /(^|[\r\n&])\s{0,8}@?(powershell|pwsh)(\.exe)?\s[^\r\n]{0,200}(DownloadFile\s{0,4}\(|\s-OutFile\s|\s-o\s)[^\r\n]{0,160}\.(exe|scr|bat|cmd|dll)\b/ nocase
        $run = /[\r\n&]\s{0,8}(start\s{1,4}("[^"\r\n]{0,20}"\s{1,4})?(\/[a-z]{1,6}\s{1,4}){0,2}|call\s{1,4})?["]?[^\s"&|<>]{0,80}\.(exe|scr|bat|cmd)\b/ nocase
    condition:
        filesize < 4KB and uint16be(0) != 0x4D5A and $fetch and $run
}
