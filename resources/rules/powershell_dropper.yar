// The Base64 beginnings are UTF-16LE: "$", "IEX", "iex", "Invoke-", "invoke", "Set-", "powershell", "[", "New-Object".
rule PowerShell_Encoded_Command
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "Starts PowerShell with a long hidden (Base64) command"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1059/001/"
        attack = "T1059.001"
    strings:
        $encoded = /\b(powershell|pwsh)(\.exe)?["']?(\s{1,4}[\/-][a-z]{1,20}(\s{1,4}[a-z0-9]{1,14})?){0,6}\s{1,4}[\/-]e(nc?|nco|ncod|ncode|ncoded|ncodedc|ncodedcommand)?\s{1,4}["']?(JAB|SQBFAFgA|aQBlAHgA|SQBuAHYAbwBrAGUALQ|aQBuAHYAbwBrAGUALQ|UwBlAHQALQ|cABvAHcAZQByAHMAaABlAGwAbA|WwBTAHkAcwB0AGUAbQ|TgBlAHcALQBPAGIAagBlAGMAdA)[A-Za-z0-9+\/]{60}/ ascii wide nocase
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
        $fetch_cmdlet = /\b(iwr|irm|invoke-webrequest|invoke-restmethod|curl)\s[^\r\n|]{0,80}https?:\/\// ascii wide nocase
        $run = /(\biex\b|\binvoke-expression\b|\bstart-process\b|\binvoke-item\b)/ ascii wide nocase
    condition:
        filesize < 1MB and $hidden and any of ($fetch_web, $fetch_cmdlet) and $run
}
