rule JSP_WebShell_Runs_Request
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "A Java server page that starts programs which a web request names"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $page = "<%"
        $direct = /getRuntime\s{0,4}\(\s{0,4}\)\s{0,4}\.\s{0,4}exec\s{0,4}\([^;\n]{0,80}\brequest\s{0,4}\.\s{0,4}getParameter/
        $builder = /new\s{1,4}ProcessBuilder\s{0,4}\([^;\n]{0,80}\brequest\s{0,4}\.\s{0,4}getParameter/
        $exec = /getRuntime\s{0,4}\(\s{0,4}\)\s{0,4}\.\s{0,4}exec\s{0,4}\(/
        $parameter = /\brequest\s{0,4}\.\s{0,4}getParameter\s{0,4}\(\s{0,4}"(cmd|command|c|exec|shell|pass|pwd)"\s{0,4}\)/
    condition:
        filesize < 512KB and $page in (0..4096) and ($direct or $builder or ($exec and $parameter))
}

rule JSP_WebShell_Loads_Class
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "A Java server page that decrypts a class from a web request and runs it"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $page = "<%"
        $loader = "extends ClassLoader"
        $define = "defineClass("
        $cipher = /Cipher\s{0,4}\.\s{0,4}getInstance\s{0,4}\(\s{0,4}"AES/
        $request = /\brequest\s{0,4}\.\s{0,4}(getReader|getParameter|getInputStream)\s{0,4}\(/
        $create = ".newInstance("
    condition:
        filesize < 256KB and $page in (0..4096) and all of ($loader, $define, $cipher, $request, $create)
}

rule ASP_WebShell_Runs_Request
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "An ASP page that runs as code or command what a web request sends"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $page = "<%"
        $classic = /\b(eval|execute|executeglobal)\s{0,4}\(?\s{0,4}request\s{0,4}(\.\s{0,4}(form|querystring|item))?\s{0,4}[(\[]\s{0,4}["']/ nocase
        $unsafe = /\beval\s{0,4}\(\s{0,4}request\b[^;\n]{0,60}["']unsafe["']/ nocase
        $start = /(ProcessStartInfo|Process\s{0,4}\.\s{0,4}Start)\s{0,4}\([^;\n]{0,60}\bRequest\s{0,4}[.\[]/
    condition:
        filesize < 512KB and $page in (0..4096) and any of ($classic, $unsafe, $start)
}
