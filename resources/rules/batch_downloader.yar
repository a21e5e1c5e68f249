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
        $certutil = /\bcertutil(\.exe)?\s[^\r\n]{0,60}[\/-]urlcache\b[^\r\n]{0,120}https?:\/\// nocase
        $bitsadmin = /\bbitsadmin(\.exe)?\s[^\r\n]{0,40}\/transfer\b[^\r\n]{0,160}https?:\/\// nocase
        $powershell = /\bpowershell(\.exe)?\s[^\r\n]{0,200}(DownloadFile\s{0,4}\(|Invoke-WebRequest\s|iwr\s)[^\r\n]{0,160}%(temp|appdata|localappdata|public|programdata)%[^\r\n]{0,80}\.(exe|dll|scr|ps1|vbs|js|bat|cmd|hta)\b/ nocase
        $curl = /\bcurl(\.exe)?\s[^\r\n]{0,160}%(temp|appdata|localappdata|public|programdata)%[^\r\n]{0,80}\.(exe|dll|scr|ps1|vbs|js|bat|cmd|hta)\b/ nocase
        $start = /(^|[\r\n&])\s{0,8}(start|call|cmd(\.exe)?\s{1,4}\/c|rundll32|regsvr32|wscript|cscript|mshta)\b[^\r\n]{0,160}\.(exe|dll|scr|ps1|vbs|js|bat|cmd|hta)\b/ nocase
        $start_direct = /(^|[\r\n&])\s{0,8}"?%(temp|appdata|localappdata|public|programdata)%[^\r\n]{0,80}\.(exe|scr|bat|cmd)\b/ nocase
    condition:
        filesize < 256KB and $batch in (0..512)
        and any of ($certutil, $bitsadmin, $powershell, $curl) and any of ($start, $start_direct)
}
