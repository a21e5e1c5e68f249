private rule Web_Page
{
    strings:
        $tag = /<(!doctype\s{1,8}(html|svg)|html|head|body|script|svg|meta|title|form|div|xml|\?xml)[\s>:]/ nocase
    condition:
        filesize < 16MB and $tag in (0..4096)
}

// The page carries a file as text, puts it together in the browser and hands it out as a download. The beginnings are
// those of zip, program, RAR, 7-Zip, cabinet, OLE, shortcut and gzip in Base64.
rule HTML_Smuggles_File
{
    meta:
        severity = "malicious"
        category = "html"
        description = "A web page that carries an archive or a program and saves it by itself"
        guidance = "html-smuggling"
        reference = "https://attack.mitre.org/techniques/T1027/006/"
        attack = "T1027.006"
    strings:
        $file = /["'`](data:[a-z0-9.+\/-]{3,60};base64,)?(UEsDB|TVqQ|TVoA|TVpQ|TVpA|TVpS|UmFyIR|N3q8ry|TVNDR|0M8R4K|TAAAAAEU|H4sI)([A-Za-z0-9+\/]{1,2}){60}/
        $decode = /\b(atob|Uint8Array|TextDecoder|fromCharCode|Buffer\.from)\b/
        $blob = /\b(new\s{1,8}(Blob|File)\s{0,8}\(|createObjectURL|msSaveBlob|msSaveOrOpenBlob)/
        $anchor = /\.(setAttribute\s{0,8}\(\s{0,8}["'])?download\b/
        $click = /(\.click\s{0,8}\(\s{0,8}\)|\.dispatchEvent\s{0,8}\(|msSaveOrOpenBlob|msSaveBlob|location\.(href|replace|assign))/
    condition:
        Web_Page and $file and $decode and ($blob or $anchor) and $click
}

rule HTML_Builds_Download
{
    meta:
        severity = "suspicious"
        category = "html"
        description = "A web page that decodes a long hidden text into a file and saves it by itself"
        guidance = "html-smuggling,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/006/"
        attack = "T1027.006"
    strings:
        $long = /\b(var|let|const)\s{1,4}[\w$]{1,40}\s{0,4}=\s{0,4}(\[\s{0,4})?["'`]([A-Za-z0-9+\/=]{1,2}){400}/
        $long_codes = /\b(var|let|const)\s{1,4}[\w$]{1,40}\s{0,4}=\s{0,4}["'`\[]([0-9a-fx\\%,\s]{1,2}){400}/ nocase
        $decode = /\b(atob|charCodeAt|fromCharCode|parseInt)\s{0,8}\(/
        $blob = /\b(new\s{1,8}(Blob|File)\s{0,8}\(|msSaveBlob|msSaveOrOpenBlob)/
        $url = /\b(createObjectURL|msSaveBlob|msSaveOrOpenBlob)\b/
        $click = /(\.click\s{0,8}\(\s{0,8}\)|\.dispatchEvent\s{0,8}\(|msSaveOrOpenBlob|msSaveBlob|location\.(href|replace|assign))/
    condition:
        Web_Page and any of ($long, $long_codes) and $decode and $blob and $url and $click
}

rule HTML_Sends_Password_To_Chat
{
    meta:
        severity = "malicious"
        category = "html"
        description = "A web page that asks for a password and sends it to a chat account"
        guidance = "phishing-page"
        reference = "https://attack.mitre.org/techniques/T1056/003/"
        attack = "T1056.003"
    strings:
        $password = /\btype\s{0,4}=\s{0,4}["']?password\b/ nocase
        $chat = /\b(api\.telegram\.org\/bot|discord(app)?\.com\/api\/webhooks\/[0-9]+)/ nocase
    condition:
        Web_Page and all of them
}

rule HTML_Password_Form_In_Disguise
{
    meta:
        severity = "suspicious"
        category = "html"
        description = "A saved page that shows the mark of a well-known service and sends the password elsewhere"
        guidance = "phishing-page"
        reference = "https://attack.mitre.org/techniques/T1566/001/"
        attack = "T1566.001"
    strings:
        $password = /\btype\s{0,4}=\s{0,4}["']?password\b/ nocase
        $service = /<title>[^<]{0,60}(Outlook|Office\s?365|Microsoft|OneDrive|SharePoint|Excel|Adobe|DocuSign|PayPal|DHL|FedEx|WeTransfer|Webmail|Dropbox|Gmail|iCloud|Apple ID)[^<]{0,60}<\/title>/ nocase
        $form = /<form[^<>]{0,300}action\s{0,4}=\s{0,4}["']?[hf]t{1,2}ps?:[^<>"'\s]{8,200}(\.php\b|\/(post|next|send|submit|login|result|mail)[a-z0-9]{0,12}["'])/ nocase
        $call = /(\$\.(ajax|post)\s{0,4}\(|\bfetch\s{0,4}\(|\.open\s{0,4}\(\s{0,4}["']POST["'])[^\r\n]{0,60}["'][hf]t{1,2}ps?:[^<>"'\s]{8,200}(\.php\b|\/(post|next|send|submit|login|result|mail)[a-z0-9]{0,12}["'])/ nocase
        $filled = /\b(value|var\s{1,8}[a-z]{1,12})\s{0,4}=\s{0,4}["'][A-Z0-9._%+-]{1,64}@[A-Z0-9.-]{1,64}\.[A-Z]{2,12}["']/ nocase
    condition:
        Web_Page and filesize < 2MB and $password and $service and any of ($form, $call) and $filled
}

rule HTML_Hides_Page
{
    meta:
        severity = "suspicious"
        category = "html"
        description = "A web page that hides its whole content from scanners and writes it when it is opened"
        guidance = "phishing-page,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/"
        attack = "T1027"
    strings:
        $escaped = /(document\.write(ln)?|eval)\s{0,8}\(\s{0,8}(window\.)?(unescape|decodeURIComponent)\s{0,8}\(\s{0,8}["'](%[0-9a-f]{2}|%u[0-9a-f]{4}|[^%"']{1,3}%){150}/ nocase
        $base64 = /(document\.write(ln)?|eval|\.innerHTML\s{0,4}=|\.outerHTML\s{0,4}=)\s{0,8}\(?\s{0,8}((window\.)?(unescape|decodeURIComponent|escape)\s{0,8}\(\s{0,8}){0,3}(window\.)?atob\s{0,8}\(\s{0,8}["'`]([A-Za-z0-9+\/=]{1,2}){400}/
        $codes = /(document\.write(ln)?|eval)\s{0,8}\(\s{0,8}String\.fromCharCode\s{0,8}\(\s{0,8}([0-9]{2,3}\s{0,4},\s{0,4}){100}/
        $frame = /<(iframe|object|embed)[^<>]{0,200}\b(src|data)\s{0,4}=\s{0,4}["']data:text\/html;(charset=[a-z0-9-]{1,12};)?base64,([A-Za-z0-9+\/=]{1,2}){400}/ nocase
    condition:
        Web_Page and filesize < 4MB and any of them
}

// "Prove that you are human": the page puts a command into the clipboard and tells the person to run it.
rule HTML_Has_Person_Run_Command
{
    meta:
        severity = "suspicious"
        category = "html"
        description = "A web page that puts a command into the clipboard and has you run it"
        guidance = "phishing-page,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1204/004/"
        attack = "T1204.004"
    strings:
        $copy = /(clipboard\.write(Text)?\s{0,8}\(|execCommand\s{0,8}\(\s{0,8}["']copy)/
        $command = /\b(powershell|pwsh|mshta|cmd(\.exe)?\s{1,4}\/c|msiexec|certutil|curl|bitsadmin|rundll32|conhost|forfiles|osascript|base64\s{1,4}-[dD])\b/ nocase
        $run_key = /(\bWin(dows)?(\s{1,4}(key|logo|button|icon))?\s{0,4}(<[^<>]{1,80}>\s{0,4}){0,4}(\+|and|&amp;|plus)\s{0,4}(<[^<>]{1,80}>\s{0,4}){0,4}["']?[RX]\b|\bRun dialog\b|\bopen Terminal\b|&#8862;|fa-windows)/ nocase
        $paste_key = /\b(Ctrl|Control|Cmd|Command|\xe2\x8c\x98)\s{0,4}(<[^<>]{1,80}>\s{0,4}){0,4}(\+|and|&amp;|plus)\s{0,4}(<[^<>]{1,80}>\s{0,4}){0,4}["']?V\b/ nocase
        $human = /(not a robot|are (a )?human|human verification|verif(y|ication)|captcha|cloudflare|fix (it|this|the (error|issue|problem)))/ nocase
    condition:
        Web_Page and filesize < 4MB and all of them
}

rule SVG_With_Hidden_Script
{
    meta:
        severity = "suspicious"
        category = "html"
        description = "A picture with a script that leads away or unpacks hidden content"
        guidance = "phishing-page,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/017/"
        attack = "T1027.017"
    strings:
        $svg = /<(svg:)?svg[\s>]/ nocase
        $script = /<(svg:)?script[\s>]/ nocase
        $load = /\bon(load|begin|click|mouseover)\s{0,4}=\s{0,4}["'][^"']{0,400}(eval|atob|location|fromCharCode)/ nocase
        $lead = /\b(window|document|top|parent|self)\s{0,4}(\.|\[["'])\s{0,4}location\b[^\r\n;]{0,40}=|\blocation(\.href\s{0,4}=|\.(replace|assign)\s{0,4}\()/
        $unpack = /(\b(eval|atob|unescape|createObjectURL)\s{0,4}\(|document\.write\s{0,4}\(|fromCharCode|new\s{1,4}Function\s{0,4}\()/
    condition:
        filesize < 8MB and $svg in (0..4096) and (($script and any of ($lead, $unpack)) or $load)
}

// The Explorer's search protocol shows a foreign share as if it were a local folder.
rule Search_Window_On_Foreign_Share
{
    meta:
        severity = "malicious"
        category = "html"
        description = "A page or link that opens a foreign file server as if it were a folder of yours"
        guidance = "shortcut-lure"
        reference = "https://attack.mitre.org/techniques/T1204/002/"
        attack = "T1204.002"
    strings:
        $search = /\bsearch(-ms)?:(query|crumb|displayname)[^\r\n]{0,400}(location:|location%3A)\s{0,4}(\\\\|%5c%5c|https?)/ nocase
    condition:
        filesize < 4MB and $search
}
