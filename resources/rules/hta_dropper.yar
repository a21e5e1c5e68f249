rule HTA_Starts_Programs
{
    meta:
        severity = "malicious"
        category = "dropper"
        description = "An HTML application that starts programs which fetch others"
        guidance = "script-dropper"
        reference = "https://attack.mitre.org/techniques/T1218/005/"
        attack = "T1218.005"
    strings:
        $hta = "<hta:application" nocase
        $script = "<script" nocase
        $shell = /\b(CreateObject|ActiveXObject|GetObject)\s{0,4}\(\s{0,4}["'](WScript\.Shell|Shell\.Application|winmgmts:)/ nocase
        $tool = /\b(powershell|certutil|bitsadmin|mshta|regsvr32|rundll32|curl)(\.exe)?\s/ nocase
        $address = /https?:\/\// nocase
        $start = /\.\s{0,2}(Run|ShellExecute|Exec|Create)\b/ nocase
    condition:
        filesize < 2MB and $hta and $script and $shell and $start and $tool and $address
}
