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

// Only suspicious: a development server may evaluate its input, too. One that does so for one kind of request, and else
// starts the page that was asked for, is a server and no shell.
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
        $store = /file_put_contents\s{0,4}\([^;\n]{1,60}file_get_contents\s{0,4}\(\s{0,4}["']php:\/\/input/ nocase
        $include = /\b(include|require)(_once)?\s{0,4}\(?\s{0,4}\$/
        $kind = /\$_ENV\s{0,4}\[\s{0,4}["']HTTP_[A-Z_]{4,60}["']\s{0,4}\]\s{0,4}={2,3}\s{0,4}["'][a-z]{4,20}["']/
        $server = /\belse\s{0,4}\{[^{}]{0,200}\brequire\s{0,4}\(?\s{0,4}\$_ENV\s{0,4}\[\s{0,4}["']SCRIPT_FILENAME["']/
    condition:
        filesize < 1MB and $php and (
            (#input > 0 and not (#input == 1 and $kind and $server)) or ($store and $include and filesize < 64KB)
        )
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
        $long = /\beval\s{0,8}\(\s{0,8}base64_decode\s{0,4}\(\s{0,4}["']([A-Za-z0-9+\/=]{1,2}){120}/ nocase
    condition:
        filesize < 4MB and $php and any of ($unpack, $long)
}

rule PHP_WebShell_Hides_Names
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "PHP that puts the name of a function together and has it run what a web request sends"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1027/010/"
        attack = "T1027.010"
    strings:
        $php = /<\?(php|=)/ nocase
        $call = /(\$\{?[a-z_]\w{0,30}\}?|\)|\])\s{0,4}\(\s{0,4}@?((base64_decode|stripslashes|gzinflate|str_rot13)\s{0,4}\(\s{0,4})?@?\$_((GET|POST|REQUEST|COOKIE)\s{0,4}[\[{]|SERVER\s{0,4}\[\s{0,4}["']HTTP_)/ nocase
        $pieces = /["'](as|ass|asse|asser|sy|sys|syst|syste|sh|she|shel|shell|shell_|ex|exe|ev|eva|pa|pas|pass|passt|passth|passthr|base|base64|base64_)["'] ?\. ?["'][a-z_]{1,8}["']/ nocase
        $named = /=\s{0,4}["'](assert|system|shell_exec|exec|passthru|popen|proc_open|create_function)["']/ nocase
        $escapes = /["'](\\x[67][0-9a-f]|\\1[4-6][0-7])(\\x[0-9a-f]{2}|\\[0-7]{2,3}){3,15}["']/ nocase
        $numbers = /((chr\s{0,4}\(\s{0,4}[0-9]{2,3}\s{0,4}\)\s{0,4}\.\s{0,4}){3}|\barray_map\s{0,4}\(\s{0,4}["']chr["'])/ nocase
        $xor = /(["'] ?\^ ?["'][^"'\r\n]{1,12}["']|\$_\[\] ?=|[(=]~["'][\x80-\xff]{2})/
        $reverse = /(strrev|str_rot13|base64_decode)\s{0,4}\(\s{0,4}["'][a-z0-9+\/=]{4,24}["']\s{0,4}\)\s{0,4}[;)(.]/ nocase
        $replace = /str_replace\s{0,4}\(\s{0,4}["'][^"'\r\n]{1,8}["']\s{0,4},\s{0,4}["']{2}\s{0,4},\s{0,4}["'][a-z_]{6,40}["']\s{0,4}\)/ nocase
        $index = /([\]}]\.\$|[\]}] \. \$)\w{1,30}[\[{][0-9]{1,2}[\]}] ?\. ?\$/
    condition:
        filesize < 256KB and $php and $call and any of ($pieces, $named, $escapes, $numbers, $xor, $reverse, $replace, $index)
}

rule PHP_WebShell_Through_Variable
{
    meta:
        severity = "suspicious"
        category = "web-shell"
        description = "PHP that takes a command from a web request and runs it"
        guidance = "web-shell,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $php = /<\?(php|=)/ nocase
        $take = /\$(cmd|command|c|exec|x|k|code|shell|run)\s{0,4}=\s{0,4}(\(\s{0,4}string\s{0,4}\)\s{0,4})?@?((trim|base64_decode|stripslashes|urldecode)\s{0,4}\(\s{0,4}){0,2}@?\$_(GET|POST|REQUEST|COOKIE)\s{0,4}[\[{]/ nocase
        $run = /\b(eval|assert|system|shell_exec|exec|passthru|popen|proc_open)\s{0,4}\(\s{0,4}@?["']?\$\{?(cmd|command|c|exec|x|k|code|shell|run)\b/ nocase
        $request = /\$_(GET|POST|REQUEST|COOKIE)\s{0,4}\[/
        $decoded = /\b(eval|assert|system|shell_exec|exec|passthru|popen|proc_open)\s{0,4}\(\s{0,4}@?(base64_decode|hex2bin|gzinflate|gzuncompress|str_rot13|openssl_decrypt)\s{0,4}\(\s{0,4}@?\$/ nocase
    condition:
        filesize < 512KB and $php and (($take and $run) or ($request and $decoded and filesize < 32KB))
}

// Functions that call others by their name, with a name that runs code, or with both from the request.
rule PHP_WebShell_Calls_By_Name
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "PHP that has another function run as code or command what a web request sends"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $php = /<\?(php|=)/ nocase
        $named_first = /\b(array_(map|filter|walk|reduce)|u[ak]?sort|call_user_func(_array)?|forward_static_call|register_shutdown_function|iterator_apply)\s{0,4}\([^;\n]{0,40}["'](assert|system|shell_exec|exec|passthru|popen|eval)["'][^;\n]{0,60}\$_(GET|POST|REQUEST|COOKIE|SERVER)/ nocase
        $named_last = /\b(array_(filter|walk|reduce)|u[ak]?sort)\s{0,4}\([^;\n]{0,40}\$_(GET|POST|REQUEST|COOKIE)[^;\n]{0,60}["'](assert|system|shell_exec|exec|passthru|popen)["']/ nocase
        $both = /\b(array_(map|filter|walk)|u[ak]?sort|call_user_func(_array)?|forward_static_call|register_shutdown_function)\s{0,4}\([^;\n]{0,20}\$_(GET|POST|REQUEST|COOKIE)\s{0,4}\[[^;\n]{1,60}\$_(GET|POST|REQUEST|COOKIE)\s{0,4}\[/ nocase
    condition:
        filesize < 512KB and $php and any of ($named_first, $named_last, $both)
}

rule PHP_WebShell_Runs_Objects
{
    meta:
        severity = "suspicious"
        category = "web-shell"
        description = "PHP that takes an object from a web request and runs what it names"
        guidance = "web-shell,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $php = /<\?(php|=)/ nocase
        $take = /\bunserialize\s{0,4}\(\s{0,4}@?((base64_decode|gzinflate|gzuncompress|urldecode|stripslashes)\s{0,4}\(\s{0,4}){0,2}@?\$_(GET|POST|REQUEST|COOKIE)/ nocase
        $run = /\b(call_user_func(_array)?|eval|assert|system|passthru|shell_exec|exec|popen)\s{0,4}\(\s{0,4}["']?\$this\s{0,2}->/ nocase
    condition:
        filesize < 64KB and all of them
}

rule PHP_WebShell_Writes_Request
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "PHP that writes what a web request sends to a file that the request names"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $php = /<\?(php|=)/ nocase
        $put = /\b(file_put_contents|fputs|fwrite)\s{0,4}\(\s{0,4}(fopen\s{0,4}\(\s{0,4})?@?\$_(GET|POST|REQUEST|COOKIE)\s{0,4}[\[{][^\r\n]{1,80},[^\r\n]{0,40}@?\$_(GET|POST|REQUEST|COOKIE)/ nocase
    condition:
        filesize < 512KB and $php and $put
}

rule PHP_WebShell_Console
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "A console in PHP with which a stranger controls a web server"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $php = /<\?(php|=)/ nocase
        $machine = /\b(php_uname|posix_getpwuid|posix_geteuid|disable_functions|safe_mode|getmyuid)\b/
        $files = /\b(fileperms|opendir|scandir|move_uploaded_file)\s{0,4}\(/
        $commands = /\b(shell_exec|passthru|proc_open|popen|system)\s{0,4}\(/
        $name = /\b(web\s?shell|b374k|c99(sh|shell)|r57shell|WSO\s[0-9]|FilesMan|p0wny|Alfa(Team|Shell)|IndoXploit|back\s?connect|bind\s?port|mini\s?shell|bypass(er)?\s?shell|cgi\s?telnet)\b/ nocase
        $limits = /(set_time_limit\s{0,4}\(\s{0,4}0\s{0,4}\)|error_reporting\s{0,4}\(\s{0,4}0\s{0,4}\)|ini_set\s{0,4}\(\s{0,4}["'](display_errors|error_log)["'])/
    condition:
        filesize < 1MB and all of them
}

// A server that takes pictures for PHP, or puts a file before every page.
rule Web_Server_Runs_Pictures
{
    meta:
        severity = "suspicious"
        category = "web-shell"
        description = "Settings that have a web server run pictures or hidden files as programs"
        guidance = "web-shell,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $type = /(^|\n)\s{0,8}(AddType|AddHandler|SetHandler)\s{1,8}["']?(application\/x-httpd-(php|cgi)[0-9]{0,2}|php[0-9]?-script|cgi-script)["']?\s{1,8}[^\r\n]{0,40}\.(jpe?g|png|gif|ico|txt|css|js|pdf)\b/ nocase
        $prepend = /(^|\n)\s{0,8}(php_value\s{1,8})?auto_(prepend|append)_file\s{0,4}=?\s{0,4}["']?(php:\/\/input|data:|https?:|[^\r\n]{0,80}\.(jpe?g|png|gif|ico|txt)\b)/ nocase
    condition:
        filesize < 64KB and any of them
}
