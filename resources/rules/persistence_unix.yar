rule Cron_Runs_Code_From_Network
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A timetable entry that fetches code from the network again and again and runs it"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1053/003/"
        attack = "T1053.003"
    strings:
        $line = /(@(reboot|hourly|daily|weekly)|([0-9*][0-9*\/,-]{0,20}[ \t]{1,4}){5})(root[ \t]{1,4})?[^\r\n#]{0,80}\b(curl|wget|lynx|fetch)\b[^\r\n|]{0,160}(\|\s{0,4}(sudo\s{1,4})?(ba|z|da)?sh\b|\|\s{0,4}(python|perl)[0-9.]{0,4}\b|-O\s{0,2}-?\s?\/?(tmp|dev\/shm|var\/tmp)\/[^\r\n]{1,60}(;|&&)[^\r\n]{0,60}(sh|chmod|\.\/))/
        $line_socket = /(@(reboot|hourly|daily)|([0-9*][0-9*\/,-]{0,20}[ \t]{1,4}){5})(root[ \t]{1,4})?[^\r\n#]{0,120}(\/dev\/tcp\/|base64\s{1,4}(-d|--decode)[^\r\n]{0,40}\|\s{0,4}(ba)?sh\b|\b(nc|ncat)\s[^\r\n]{0,60}-[ec]\s{0,2}\/bin\/)/
    condition:
        filesize < 256KB and any of them
}

rule Service_Runs_Code_From_Network
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A Linux service that fetches code from the network or starts it from a hidden place"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1543/002/"
        attack = "T1543.002"
    strings:
        $service = "[Service]"
        $fetch = /\nExecStart(Pre|Post)?\s{0,4}=[^\r\n]{0,120}\b(curl|wget)\b[^\r\n]{0,200}(\|\s{0,4}(ba|z|da)?sh\b|&&[^\r\n]{0,80}(chmod|\bsh\b|\.\/))/
        $hidden = /\nExecStart(Pre|Post)?\s{0,4}=\s{0,4}["']?[-@!+:]{0,3}(\/bin\/(ba)?sh\s{1,4}(-c\s{1,4})?["']?)?(\/tmp\/|\/var\/tmp\/|\/dev\/shm\/|\/[^\s]{1,60}\/\.[A-Za-z0-9])/
        $socket = /\nExecStart(Pre|Post)?\s{0,4}=[^\r\n]{0,200}(\/dev\/tcp\/|base64\s{1,4}(-d|--decode)|\b(nc|ncat)\s[^\r\n]{0,60}-[ec]\s{0,2}\/bin\/)/
    condition:
        filesize < 64KB and $service and any of ($fetch, $hidden, $socket)
}

rule Launch_Agent_Runs_Hidden_Code
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A start entry for Macs that runs hidden or fetched code at every logon"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1543/001/"
        attack = "T1543.001"
    strings:
        $list = "<plist" nocase
        $arguments = "<key>ProgramArguments</key>"
        $start = /<key>(RunAtLoad|KeepAlive|StartInterval|StartCalendarInterval|WatchPaths)<\/key>/
        $fetch = /<string>[^<]{0,200}\b(curl|wget|nscurl)\b[^<]{0,300}(\||&amp;&amp;|;)[^<]{0,80}\b(ba|z)?sh\b/
        $decode = /<string>[^<]{0,200}(base64\s{1,4}(-d|-D|--decode)|b64decode|\/dev\/tcp\/|openssl\s{1,4}enc[^<]{0,60}-d)/
        $script = /<string>(\/usr\/bin\/)?(osascript|python[0-9.]{0,4}|perl|ruby|php)<\/string>\s{0,40}<string>-(e|c|r|l)<\/string>\s{0,40}<string>[^<]{0,2000}(do shell script|exec|system|urlopen|curl)/
        $hidden = /<string>\/(Users\/Shared|tmp|private\/tmp|var\/tmp|Library\/Caches)\/\.[A-Za-z0-9][^<]{0,80}<\/string>/
    condition:
        filesize < 128KB and $list in (0..512) and $arguments and $start and any of ($fetch, $decode, $script, $hidden)
}

// ld.so.preload, the shell's start files and root's keys, written by a script together with what comes from the network.
rule Shell_Script_Opens_Way_Back
{
    meta:
        severity = "suspicious"
        category = "persistence"
        description = "A shell script that leaves a way back into the computer"
        guidance = "persistence,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1098/004/"
        attack = "T1098.004"
    strings:
        $key = /\b(echo|printf)\s[^\r\n]{0,20}["']?(ssh-(rsa|ed25519|dss)|ecdsa-sha2)[^\r\n]{20,1200}>>?\s{0,4}["']?(\/root|~|\$HOME|\/home\/[^\s\/]{1,40})\/\.ssh\/authorized_keys/
        $lock = /\bchattr\s{1,4}\+[ai]{1,2}\s[^\r\n]{0,80}(authorized_keys|cron|ld\.so\.preload|\/usr\/bin|\/etc)/
        $preload = /\b(echo|printf)\s[^\r\n]{1,120}>>?\s{0,4}["']?\/etc\/ld\.so\.preload/
        $profile = /\b(echo|printf)\s[^\r\n]{0,200}(\/dev\/tcp\/|curl[^\r\n]{0,80}\|\s{0,4}(ba)?sh|base64\s{1,4}-d|nohup)[^\r\n]{0,200}>>\s{0,4}["']?(~|\$HOME|\/root|\/etc)\/\.?(bashrc|bash_profile|profile|zshrc|rc\.local)/
        $setuid = /\b(cp|install)\s[^\r\n]{0,40}\/bin\/(ba|da)?sh\s[^\r\n]{1,80}(;|&&|\n)\s{0,8}chmod\s{1,4}(u\+s|\+s|[46]7[0-9]{2})\s/
        $fetch = /\b(curl|wget)\b/
    condition:
        filesize < 128KB and ($preload or $profile or $setuid or ($key and any of ($lock, $fetch)))
}
