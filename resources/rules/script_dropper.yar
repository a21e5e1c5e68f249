rule Script_Dropper_WScript
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A Windows script that fetches a file from the network, saves it and starts it"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1059/005/"
        attack = "T1059.005"
    strings:
        $create = /\b(CreateObject|ActiveXObject)\b/ nocase
        $shell = /["'](WScript\.Shell|Shell\.Application)["']/ nocase
        $http = /["'](MSXML2\.(Server)?XMLHTTP|Microsoft\.XMLHTTP|WinHttp\.WinHttpRequest)/ nocase
        $stream = /["']ADODB\.Stream/ nocase
        $save = /[."']\s{0,2}SaveToFile\b/ nocase
        $start = /[."']\s{0,2}(Run|ShellExecute|Exec)\b/ nocase
    condition:
        filesize < 2MB and all of them
}

rule Script_Dropper_Through_Shell
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A Windows script that has another program fetch and start a file"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1218/"
        attack = "T1218"
    strings:
        $shell = /\b(CreateObject|ActiveXObject)\s{0,4}\(\s{0,4}["']WScript\.Shell["']/ nocase
        $run = /\.\s{0,2}(Run|Exec)\s{0,4}\(?\s{0,4}["'][^\r\n]{0,80}(powershell|certutil|bitsadmin|mshta|regsvr32|curl)[^\r\n]{1,200}[hf]t{1,2}ps?:[\/\\]{2}/ nocase
    condition:
        filesize < 2MB and all of them
}

rule Script_Runs_Fetched_Text
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "A Windows script that fetches code from the network and runs it"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1059/005/"
        attack = "T1059.005"
    strings:
        $run = /\b(ExecuteGlobal|Execute)[ \t(]{1,8}[A-Z_]\w{0,30}\s{0,2}\.\s{0,2}(responseText|ReadAll|ReadText)\b/ nocase
        $create = /\bCreateObject\b/ nocase
        $fetch = /(\bXMLHTTP\b|["'][^"'\r\n]{0,12}XMLHTTP|\bWinHttpRequest\b|\.\s{0,2}Open[ \t(]{1,4}["'](GET|POST)["'])/ nocase
    condition:
        filesize < 1MB and all of them
}

rule Script_Hides_Its_Objects
{
    meta:
        severity = "suspicious"
        category = "obfuscation"
        description = "A Windows script that writes the names of powerful objects so that scanners do not see them"
        guidance = "script-dropper,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/"
        attack = "T1027"
    strings:
        $reversed_a = /llehS\.tpircSW/ nocase
        $reversed_b = /PTTHLMX\.2LMXSM/ nocase
        $reversed_c = /maertS\.BDODA/ nocase
        $split_a = /["']WScr["']\s{0,4}[+&]\s{0,4}["']ipt\.Sh/ nocase
        $split_b = /["']WSc?r?i?p?t?["']\s{0,4}[+&]\s{0,4}["']c?r?i?p?t?\.?S?h?["']\s{0,4}[+&]/ nocase
        $split_c = /["']ADOD["']\s{0,4}[+&]\s{0,4}["']B\.St/ nocase
    condition:
        filesize < 2MB and any of them
}
