// The Base64 beginnings are UTF-16LE: "$", "IEX", "iex", "Invoke-", "invoke", "Set-", "powershell", "[", "New-Object".
rule PowerShell_Encoded_Command
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "Starts PowerShell with a long hidden command in Base64"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1059/001/"
        attack = "T1059.001"
    strings:
        $encoded = /\b(powershell|pwsh)(\.exe)?["']?(\s{1,4}[\/-][a-z]{1,20}(\s{1,4}[a-z0-9]{1,14})?){0,6}\s{1,4}[\/-]e(nc?|nco|ncod|ncode|ncoded|ncodedc|ncodedcommand)?\s{1,4}["']?(JAB|SQBFAFgA|aQBlAHgA|SQBuAHYAbwBrAGUALQ|aQBuAHYAbwBrAGUALQ|UwBlAHQALQ|cABvAHcAZQByAHMAaABlAGwAbA|WwBTAHkAcwB0AGUAbQ|TgBlAHcALQBPAGIAagBlAGMAdA)([A-Za-z0-9+\/]{1,2}){60}/ ascii wide nocase
    condition:
        filesize < 16MB and $encoded
}

rule PowerShell_Hidden_Download
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "Starts PowerShell without a window to fetch code from the network and run it"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1105/"
        attack = "T1105"
    strings:
        $hidden = /\b(powershell|pwsh)(\.exe)?\b[^\r\n]{0,80}[\/-]w(in|indow|indowstyle)?\s{1,4}(hidden|1)\b/ ascii wide nocase
        $fetch_web = /\.\s{0,2}Download(String|Data|File)\s{0,4}\(\s{0,4}['"]+https?:\/\// ascii wide nocase
        $fetch_cmdlet = /\b(iwr|irm|invoke-webrequest|invoke-restmethod|curl)\s[^\r\n|]{0,80}[hf]t{1,2}ps?:[\/\\]{2}/ ascii wide nocase
        $run = /(\biex\b|\binvoke-expression\b|\bstart-process\b|\binvoke-item\b|[;&]\s{0,4}["']?(\$env:|%)(temp|tmp|appdata|localappdata|public|programdata)\b)/ ascii wide nocase
    condition:
        filesize < 1MB and $hidden and any of ($fetch_web, $fetch_cmdlet) and $run
}

// Installers of honest programs come over TLS; nobody vouches for what comes from a plain address. Only suspicious: a
// company's own server may lack a certificate.
rule PowerShell_Runs_Code_From_Plain_Address
{
    meta:
        severity = "suspicious"
        category = "dropper"
        description = "PowerShell that fetches a program from an address without protection and starts it"
        guidance = "script-dropper,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1105/"
        attack = "T1105"
    strings:
        $fetch_web = /\.\s{0,2}Download(String|Data|File)(Async)?\s{0,4}\(\s{0,4}['"]{1,3}http:[\/]{2}/ nocase ascii wide
        $fetch_cmdlet = /\b(iwr|irm|invoke-webrequest|invoke-restmethod|Start-BitsTransfer)\s[^\r\n|]{0,80}\bhttp:[\/]{2}/ nocase ascii wide
        $run = /(\biex\b|\bInvoke-Expression\b|\bStart-Process\b|\bInvoke-Item\b|\bAssembly\]?::Load\b|\[scriptblock\]::create)/ nocase ascii wide
    condition:
        filesize < 64KB and uint16be(0) != 0x4D5A and any of ($fetch_web, $fetch_cmdlet) and $run
}

rule PowerShell_Loads_Fetched_Program
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "PowerShell that fetches a program from the network and starts it in its own memory"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1620/"
        attack = "T1620"
    strings:
        $fetch = /(\.\s{0,2}Download(Data|String)|WebRequest\]?::Create|\.GetResponseStream|\bInvoke-(WebRequest|RestMethod)|\.Get(ByteArray|String)Async)\s{0,4}[( ]/ nocase ascii wide
        $load = /\bAssembly\]?::Load\s{0,4}\(/ nocase ascii wide
        $start = /(\.EntryPoint|\.GetMethod\s{0,4}\(|\.GetType\s{0,4}\(|\.CreateInstance\s{0,4}\()/ nocase ascii wide
        $invoke = /(\.Invoke\s{0,4}\(|\.InvokeMember\s{0,4}\(|\.CreateInstance\s{0,4}\()/ nocase ascii wide
    condition:
        filesize < 1MB and uint16be(0) != 0x4D5A and all of them
}

rule PowerShell_Installs_Fetched_Program
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "PowerShell that fetches a program, starts it and has Windows start it at every logon"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1547/001/"
        attack = "T1547.001"
    strings:
        $fetch = /(\.\s{0,2}DownloadFile\s{0,4}\(|\s-OutFile\s|\bStart-BitsTransfer\s)/ nocase ascii wide
        $place = /\$env:(temp|tmp|appdata|localappdata|public|programdata)\b/ nocase ascii wide
        $start = /(\bStart-Process\b|\bInvoke-Item\b|[;\n]\s{0,8}&\s{0,4}["']?\$)/ nocase ascii wide
        $again = /(\\CurrentVersion\\Run\b|\bRegister-ScheduledTask\b|\bschtasks\b[^\r\n]{1,80}\/create\b|\\Programs\\Startup\b)/ nocase ascii wide
    condition:
        filesize < 256KB and uint16be(0) != 0x4D5A and all of them
}

// Names of types and addresses in pieces that are put together before something is fetched.
rule PowerShell_Hides_What_It_Fetches
{
    meta:
        severity = "suspicious"
        category = "obfuscation"
        description = "PowerShell that writes what it fetches and how so that scanners do not see it"
        guidance = "obfuscated-script,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/010/"
        attack = "T1027.010"
    strings:
        $type = /\bNew-Object\s{1,4}\(?\s{0,4}\(?\s{0,4}["'][A-Z.]{1,24}["']\s{0,4}\+\s{0,4}["']/ nocase ascii wide
        $address = /["']h[a-z]{2}ps?:\/\/[^"'\r\n]{1,120}["']\s{0,4}(-c?replace\b|\.Replace\s{0,4}\()/ nocase ascii wide
        $fetch = /(\.\s{0,2}Download(String|Data|File)\b|\bInvoke-(WebRequest|RestMethod)\b|\b(iwr|irm)\s|WebRequest\]?::Create)/ nocase ascii wide
    condition:
        filesize < 256KB and uint16be(0) != 0x4D5A and $fetch and any of ($type, $address)
}
