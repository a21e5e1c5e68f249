// Only suspicious: a text about such notes may quote one.
rule Ransom_Note
{
    meta:
        severity = "suspicious"
        category = "ransomware"
        description = "A note of blackmailers who encrypted files and want money"
        guidance = "ransomware"
        reference = "https://attack.mitre.org/techniques/T1486/"
        attack = "T1486"
    strings:
        $encrypted = /\b(files?|data|documents|network|servers?|databases?|photos|computers?)\b[^.!?<]{0,120}\b(have been|has been|are|is|were|was|been|got)\s{1,4}(now\s{1,4}|also\s{1,4}|safely\s{1,4})?(encrypted|locked|stolen and encrypted|downloaded and encrypted)\b/ nocase
        $encrypted_fr = /\b(fichiers|donn\xc3\xa9es|documents|serveurs|r\xc3\xa9seau)\b[^.!?<]{0,120}\b(ont \xc3\xa9t\xc3\xa9|sont|a \xc3\xa9t\xc3\xa9|est)\s{1,4}(chiffr|crypt|verrouill)/ nocase
        $encrypted_de = /\b(Dateien|Daten|Dokumente|Server|Netzwerk)\b[^.!?<]{0,120}\bverschl\xc3\xbcsselt\b/ nocase
        $money = /(\bbitcoins?\b|\bBTC\b|\bmonero\b|\bXMR\b|\bransom\b|\bran\xc3\xa7on\b|\bL\xc3\xb6segeld\b|\bwallet\b)/ nocase
        $contact = /(\.onion\b|\btor ?browser\b|torproject\.org|@(proton(mail)?\.(com|me)|tutanota\.com|tuta\.io|onionmail\.org|cock\.li|aol\.com|mailfence\.com)|\bqTox\b|\bTox ID\b|\bTelegram\b|\bJabber\b)/ nocase
        $threat = /(do not (try|rename|attempt|modify|turn off|shut ?down|use third)|don'?t (try|rename|modify)|private key|decryption (key|tool|software)|decryptor|will be (published|leaked|sold|lost|deleted|doubled)|ne (renommez|modifiez|tentez)|cl\xc3\xa9 (priv\xc3\xa9e|de d\xc3\xa9chiffrement)|nicht um(zu)?benennen|unique (id|key)|personal id|entschl\xc3\xbcssel)/ nocase
    condition:
        filesize < 32KB and any of ($encrypted, $encrypted_fr, $encrypted_de) and $money and $contact and $threat
}

private rule Destroys_Backups
{
    strings:
        $shadows = /vssadmin(\.exe)?"?\s{1,4}delete\s{1,4}shadows\s{1,4}\/(all|for|quiet)/ nocase ascii wide
        $resize = /vssadmin(\.exe)?"?\s{1,4}resize\s{1,4}shadowstorage\s[^\r\n\x00]{0,80}maxsize=401MB/ nocase ascii wide
        $wmic = /wmic(\.exe)?"?\s{1,4}(shadowcopy|SHADOWCOPY)\s{1,4}(delete|where\s[^\r\n\x00]{0,60}delete)/ nocase ascii wide
        $boot = /bcdedit(\.exe)?"?\s{1,4}\/set\s{1,4}\{?[a-z]{1,12}\}?\s{1,4}(recoveryenabled\s{1,4}no|bootstatuspolicy\s{1,4}ignoreallfailures)/ nocase ascii wide
        $catalog = /wbadmin(\.exe)?"?\s{1,4}delete\s{1,4}(catalog|systemstatebackup|backup)\b/ nocase ascii wide
        $objects = /Win32_Shadowcopy[^\r\n]{0,80}(Delete\s{0,4}\(|Remove-WmiObject|Remove-CimInstance)/ nocase ascii wide
        $journal = /fsutil(\.exe)?"?\s{1,4}usn\s{1,4}deletejournal\s{1,4}\/d/ nocase ascii wide
        $logs = /wevtutil(\.exe)?"?\s{1,4}(cl|clear-log)\s{1,4}(system|security|application)/ nocase ascii wide
    condition:
        2 of them and any of ($shadows, $resize, $wmic, $catalog, $objects, $boot)
}

rule Backups_Destroyed_By_Program
{
    meta:
        severity = "malicious"
        category = "ransomware"
        description = "A program that destroys the backups of Windows, as blackmailers do"
        guidance = "ransomware"
        reference = "https://attack.mitre.org/techniques/T1490/"
        attack = "T1490"
    condition:
        uint16be(0) == 0x4D5A and filesize < 32MB and Destroys_Backups
}

// Only suspicious: texts about such attacks name these commands, too.
rule Backups_Destroyed_By_Script
{
    meta:
        severity = "suspicious"
        category = "ransomware"
        description = "A script that destroys the backups of Windows, as blackmailers do"
        guidance = "ransomware,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1490/"
        attack = "T1490"
    condition:
        uint16be(0) != 0x4D5A and filesize < 128KB and Destroys_Backups
}

// Only suspicious: administrators switch single parts off, too.
rule Protection_Switched_Off
{
    meta:
        severity = "suspicious"
        category = "defence-evasion"
        description = "A script that switches off the protection of Windows in several places"
        guidance = "security-disabled,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1562/001/"
        attack = "T1562.001"
    strings:
        $preference = /(Set|Add)-MpPreference\s[^\r\n]{0,80}-(DisableRealtimeMonitoring|DisableBehaviorMonitoring|DisableIOAVProtection|DisableScriptScanning|DisableBlockAtFirstSeen)\s{1,4}(\$true|1)\b/ nocase ascii wide
        $exclusion = /Add-MpPreference\s[^\r\n]{0,40}-Exclusion(Path|Extension|Process)\s{1,4}["']?(C:\\?["'\s;]|\$env:|%|\.?exe\b|[A-Z]:\\Users\\Public|[A-Z]:\\ProgramData)/ nocase ascii wide
        $policy = /(DisableAntiSpyware|DisableRealtimeMonitoring|DisableAntiVirus|TamperProtection)["']?\s[^\r\n]{0,60}(\/d\s{1,4}"?(1|0x1|0)|-Value\s{1,4}(1|0)|dword:0{7}1)/ nocase ascii wide
        $firewall = /netsh(\.exe)?\s{1,4}(advfirewall\s{1,4}set\s{1,4}(all|current|public|private|domain)profiles?\s{1,4}state\s{1,4}off|firewall\s{1,4}set\s{1,4}opmode\s{1,4}(mode=)?disable)/ nocase ascii wide
        $service = /(\bsc(\.exe)?\s{1,4}(stop|delete|config)\s{1,4}"?(WinDefend|SecurityHealthService|Sense|wscsvc|mpssvc)\b|net1?(\.exe)?\s{1,4}stop\s{1,4}"?(WinDefend|Sophos|McAfee|wscsvc|mpssvc|Symantec)|taskkill\s[^\r\n]{0,60}(MsMpEng|SecurityHealth|avp|bdagent|mbam|ekrn)[^\r\n]{0,20}\.exe)/ nocase ascii wide
        $uac = /EnableLUA["']?\s[^\r\n]{0,60}(\/d\s{1,4}"?(0|0x0)\b|-Value\s{1,4}0|dword:0{8})/ nocase ascii wide
    condition:
        filesize < 256KB and 2 of them
}

rule Script_Destroys_Data
{
    meta:
        severity = "suspicious"
        category = "destructive"
        description = "A script that destroys all data of a computer or makes it unusable"
        guidance = "destructive-script"
        reference = "https://attack.mitre.org/techniques/T1485/"
        attack = "T1485"
    strings:
        $remove = /(^|[\n;&|])\s{0,8}(sudo\s{1,4})?rm\s{1,4}(-[rRf]{1,3}\s{1,4}){1,2}(--no-preserve-root\s{1,4}(\/|\/\*)(\s|;|$)|\/\*\s{0,4}(;|\r|\n|&|>|$))/
        $overwrite = /(^|[\n;&|])\s{0,8}(sudo\s{1,4})?dd\s{1,4}[^\n]{0,40}if=\/dev\/(zero|u?random)\s[^\n]{0,40}of=\/dev\/(sd[a-z]|nvme[0-9]n[0-9]|hda|vda|mmcblk[0-9])\b/
        $bomb = /:\(\)\s?\{\s?:\s?\|\s?:\s?&\s?\}\s?;\s?:/
        $format = /(^|[\r\n&])\s{0,8}(format\s{1,4}[c-z]:\s[^\r\n]{0,40}\/y|(del|erase)\s{1,4}(\/[fsq]\s{0,4}){2,4}"?([c-z]:|%systemdrive%|%systemroot%)\\(\*|windows|system32)|rd\s{1,4}(\/[sq]\s{0,4}){2}"?([c-z]:|%systemdrive%|%systemroot%)\\?["\s]|(echo\s{1,4}y\s{0,4}\|\s{0,4})?cipher\s{1,4}\/w:c)/ nocase
        $batch = "@echo off" nocase
    condition:
        filesize < 64KB and ((uint16be(0) == 0x2321 and any of ($remove, $overwrite, $bomb)) or ($batch in (0..512) and $format))
}
