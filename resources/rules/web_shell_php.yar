rule PHP_WebShell_Runs_Request
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "PHP that runs as code or command what a web request sends"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $php = /<\?(php|=)/ nocase
        $call = /\b(eval|assert|system|shell_exec|exec|passthru|popen|proc_open|pcntl_exec)\s{0,8}\(\s{0,8}@?((base64_decode|stripslashes|gzinflate|str_rot13|urldecode|trim)\s{0,4}\(\s{0,4}){0,3}@?\$_(GET|POST|REQUEST|COOKIE)\s{0,4}[\[{]/ nocase
        $header = /\b(eval|assert|system|shell_exec|exec|passthru)\s{0,8}\(\s{0,8}@?\$_SERVER\s{0,4}\[\s{0,4}["']HTTP_/ nocase
        $ticks = /`\s{0,4}\{?\$_(GET|POST|REQUEST|COOKIE)\s{0,4}\[[^`\n]{0,60}`/
        $by_name = /\$_(GET|POST|REQUEST|COOKIE)\s{0,4}\[[^\]\n]{1,40}\]\s{0,4}\(\s{0,4}@?\$_(GET|POST|REQUEST|COOKIE)\s{0,4}\[/
        $lambda = /create_function\s{0,4}\([^,\n]{0,40},\s{0,4}@?\$_(GET|POST|REQUEST|COOKIE)/ nocase
        $replace = /preg_replace\s{0,4}\(\s{0,4}["']([\/#~]).{0,60}[\/#~][a-z]{0,4}e[a-z]{0,4}["']\s{0,4},\s{0,4}@?\$_(GET|POST|REQUEST|COOKIE)/ nocase
    condition:
        filesize < 1MB and $php and any of ($call, $header, $ticks, $by_name, $lambda, $replace)
}

// Only suspicious: a development server of a cloud vendor evaluates its input, too.
rule PHP_WebShell_Runs_Body
{
    meta:
        severity = "suspicious"
        category = "web-shell"
        description = "PHP that runs as code or command the body of a web request"
        guidance = "web-shell,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $php = /<\?(php|=)/ nocase
        $input = /\b(eval|assert|system|shell_exec|exec|passthru)\s{0,8}\(\s{0,8}@?file_get_contents\s{0,4}\(\s{0,4}["']php:\/\/input/ nocase
    condition:
        filesize < 1MB and $php and $input
}

rule PHP_WebShell_Packed
{
    meta:
        severity = "suspicious"
        category = "web-shell"
        description = "PHP that unpacks hidden code and runs it"
        guidance = "web-shell,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/"
        attack = "T1027"
    strings:
        $php = /<\?(php|=)/ nocase
        $unpack = /\b(eval|assert)\s{0,8}\(\s{0,8}["']?\s{0,4}(\?>["']\s{0,4}\.\s{0,4})?(gzinflate|gzuncompress|gzdecode|str_rot13|strrev|base64_decode)\s{0,4}\(\s{0,4}(gzinflate|gzuncompress|gzdecode|str_rot13|strrev|base64_decode)\s{0,4}\(/ nocase
        $long = /\beval\s{0,8}\(\s{0,8}base64_decode\s{0,4}\(\s{0,4}["'][A-Za-z0-9+\/=]{120}/ nocase
    condition:
        filesize < 4MB and $php and any of ($unpack, $long)
}
