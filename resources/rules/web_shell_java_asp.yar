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
        $page = /<%[@=! \r\n\ta-zA-Z]/
        $direct = /getRuntime\s{0,4}\(\s{0,4}\)\s{0,4}\.\s{0,4}exec\s{0,4}\([^;\n]{0,80}\brequest\s{0,4}\.\s{0,4}getParameter/
        $builder = /new\s{1,4}ProcessBuilder\s{0,4}\([^;\n]{0,80}\brequest\s{0,4}\.\s{0,4}getParameter/
        $exec = /getRuntime\s{0,4}\(\s{0,4}\)\s{0,4}\.\s{0,4}exec\s{0,4}\(/
        $parameter = /\brequest\s{0,4}\.\s{0,4}getParameter\s{0,4}\(\s{0,4}"(cmd|command|c|exec|shell|pass|pwd)"\s{0,4}\)/
        $start = /(new\s{1,4}ProcessBuilder\s{0,4}\(|\.\s{0,4}exec\s{0,4}\()/
        $shell = /"(\/bin\/(ba)?sh|cmd(\.exe)?|powershell(\.exe)?)"/
        $input = /\brequest\s{0,4}\.\s{0,4}get(Parameter|Header|QueryString|Cookies|Reader|InputStream)\s{0,4}\(/
        $output = /\.\s{0,4}getInputStream\s{0,4}\(/
    condition:
        filesize < 512KB and $page in (0..4096) and (
            $direct or $builder or ($exec and $parameter) or (filesize < 32KB and $start and $shell and $input and $output)
        )
}

rule JSP_WebShell_Hides_Names
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "A Java server page that looks up by hidden names how to run what a web request sends"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $page = /<%[@=! \r\n\ta-zA-Z]/
        $find = /\b(Class\s{0,4}\.\s{0,4}forName|loadClass)\s{0,4}\(/
        $method = /\.\s{0,4}get(Declared)?Method\s{0,4}\(/
        $invoke = /\.\s{0,4}invoke\s{0,4}\(/
        $name = /("exec"|"eval"|"getRuntime"|"(java\.lang\.)?Ru?n?t?i?m?"\s{0,4}\+|"(get)?Ru?n?t?i?m?"\s{0,4}\+|"exe?"\s{0,4}\+)/
        $input = /\brequest\s{0,4}\.\s{0,4}get(Parameter|Header|QueryString|Cookies|Reader|InputStream)\s{0,4}\(/
    condition:
        filesize < 256KB and $page in (0..4096) and all of them
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
        $page = /<%[@=! \r\n\ta-zA-Z]/
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
        $page = /<%[@=! \r\n\ta-zA-Z]/
        $classic = /\b(eval|execute|executeglobal)\s{0,4}\(?\s{0,4}request\s{0,4}(\.\s{0,4}(form|querystring|item))?\s{0,4}[(\[]\s{0,4}["']/ nocase
        $unsafe = /\beval\s{0,4}\(\s{0,4}request\b[^;\n]{0,60}["']unsafe["']/ nocase
        $start = /(ProcessStartInfo|Process\s{0,4}\.\s{0,4}Start)\s{0,4}\([^;\n]{0,60}\bRequest\s{0,4}[.\[]/
        $shell = "WScript.Shell" nocase
        $exec = /\.\s{0,2}(Exec|Run)\s{0,4}\(?[^\r\n]{0,80}\bRequest\s{0,4}(\.\s{0,4}[a-z]{1,16}\s{0,4})?\(/ nocase
        $split = /\bCreateObject\s{0,4}\(\s{0,4}["']W[^"'\r\n]{0,12}["']\s{0,4}[&+]\s{0,4}["'][^"'\r\n]{1,12}["']/ nocase
        $exec_any = /\.\s{0,2}(Exec|Run)\s{0,4}\(/ nocase
        $input = /\bRequest\s{0,4}(\.\s{0,4}[a-z]{1,16}\s{0,4})?\(/ nocase
        $output = /\.\s{0,2}StdOut\b/ nocase
    condition:
        filesize < 512KB and $page in (0..4096) and (
            any of ($classic, $unsafe, $start) or ($shell and $exec)
            or (filesize < 16KB and any of ($shell, $split) and $exec_any and $input and $output)
        )
}

rule ASPX_WebShell_Starts_Process
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "An ASP.NET page that starts programs which a web request names"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1505/003/"
        attack = "T1505.003"
    strings:
        $page = /<%@\s{0,4}(Page|WebHandler|WebService)\b/ nocase
        $process = /\b(ProcessStartInfo|Process\.Start|Diagnostics\.Process|WScript\.Shell|Win32_Process)\b/ nocase
        $shell = /["'](\/c\s{0,4}|cmd(\.exe)?|powershell(\.exe)?|[^"'\r\n]{0,60}\\cmd\.exe)["']/ nocase
        $input = /(\bRequest\s{0,4}(\.\s{0,4}(Form|QueryString|Params|Item|Headers|Cookies)\s{0,4})?[\[(]|\.Text\b|Request\.InputStream|Request\.BinaryRead)/ nocase
        $output = /(RedirectStandardOutput|StandardOutput\.ReadToEnd|UseShellExecute|StdOut\.ReadAll)/ nocase
    condition:
        filesize < 512KB and $page in (0..4096) and all of ($process, $shell, $input, $output)
}

rule ASPX_WebShell_Loads_Program
{
    meta:
        severity = "malicious"
        category = "web-shell"
        description = "An ASP.NET page that loads a program out of a web request and runs it"
        guidance = "web-shell"
        reference = "https://attack.mitre.org/techniques/T1620/"
        attack = "T1620"
    strings:
        $page = /<%@\s{0,4}(Page|WebHandler|WebService)\b/ nocase
        $load = /\bAssembly["']?\s{0,4}(\.\s{0,4}Load\s{0,4}\(|\)\s{0,4}\.GetMethod\s{0,4}\(\s{0,4}["']Load)/
        $input = /\bRequest\s{0,4}(\.\s{0,4}(BinaryRead|InputStream|Form|Item|Params)|\[|\()/ nocase
        $decode = /\b(CreateDecryptor|RijndaelManaged|Aes\.Create|FromBase64String|TripleDES)\b/
        $run = /(\bCreateInstance|\.\s{0,4}(Invoke|InvokeMember|EntryPoint|Equals))\s{0,4}\(/
    condition:
        filesize < 512KB and $page in (0..4096) and all of them
}
