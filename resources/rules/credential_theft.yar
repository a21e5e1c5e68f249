rule Program_Dumps_Passwords
{
    meta:
        severity = "malicious"
        category = "credential-theft"
        description = "A program that takes passwords out of the memory of Windows"
        guidance = "credential-theft"
        reference = "https://attack.mitre.org/techniques/T1003/001/"
        attack = "T1003.001"
    strings:
        $logon = "sekurlsa" ascii wide
        $dump = "lsadump" ascii wide
        $golden = /kerberos::(golden|ptt|list)|\bgolden\b.{0,40}krbtgt/ ascii wide
        $author = "gentilkiwi" ascii wide
        $privilege = "privilege::debug" ascii wide
        $passwords = "logonpasswords" ascii wide nocase
        $rubeus = /(asktgt|asreproast|kerberoast)[^a-z]/ ascii wide
        $ticket = "/ticket:" ascii wide
    condition:
        uint16be(0) == 0x4D5A and filesize < 32MB and (3 of ($logon, $dump, $golden, $author, $privilege, $passwords) or ($rubeus and $ticket and #rubeus > 2))
}

rule Script_Dumps_Passwords
{
    meta:
        severity = "suspicious"
        category = "credential-theft"
        description = "A script that copies the memory or the registry in which Windows keeps passwords"
        guidance = "credential-theft,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1003/"
        attack = "T1003"
    strings:
        $minidump = /(^|[\r\n&|("'])\s{0,8}([a-z:\\%]{0,40}\\)?rundll32(\.exe)?["']?\s[^\r\n]{0,80}comsvcs(\.dll)?["']?\s{0,4},?\s{0,4}(MiniDump|#\+?0{0,3}24)\b[^\r\n]{0,120}\bfull\b/ nocase
        $procdump = /(^|[\r\n&|("'])\s{0,8}([a-z:\\%.]{0,40}\\)?procdump(64)?(\.exe)?\s[^\r\n]{0,60}-ma\s[^\r\n]{0,60}\blsass\b/ nocase
        $sam = /(^|[\r\n&|("'])\s{0,8}reg(\.exe)?\s{1,4}save\s{1,4}"?hk(lm|ey_local_machine)\\sam\b/ nocase
        $system = /(^|[\r\n&|("'])\s{0,8}reg(\.exe)?\s{1,4}save\s{1,4}"?hk(lm|ey_local_machine)\\(system|security)\b/ nocase
        $ntds = /(^|[\r\n&|("'])\s{0,8}ntdsutil(\.exe)?\s[^\r\n]{0,80}\bifm\b/ nocase
    condition:
        filesize < 256KB and uint16be(0) != 0x4D5A and ($minidump or $procdump or $ntds or ($sam and $system))
}

rule Stealer_Of_Browser_Passwords
{
    meta:
        severity = "malicious"
        category = "credential-theft"
        description = "A program or script that takes the passwords out of your browsers and sends them away"
        guidance = "credential-theft"
        reference = "https://attack.mitre.org/techniques/T1555/003/"
        attack = "T1555.003"
    strings:
        $data = /Login[ ]Data/ ascii wide
        $key = /(encrypted_key|os_crypt|CryptUnprotectData|ProtectedData\]?(\.|::)Unprotect|password_value)/ ascii wide
        $send = /(discord(app)?\.com\/api\/webhooks\/|api\.telegram\.org\/bot|smtplib|SmtpClient|gofile\.io|anonfiles|transfer\.sh|file\.io\/|ftplib|requests\.post\s{0,4}\(|urllib\.request\.(urlopen|Request)|http\.client|httpx\.post|\.Upload(Data|File|String)\b|\.PostAsync\b)/ ascii wide
        $loot = /(CurrentVersion|zipfile|shutil\.copy|sqlite3\.connect|Compress-Archive|SELECT\s{1,4}origin_url|logins\b)/ ascii wide
    condition:
        filesize < 32MB and all of them
}

rule Stealer_Of_Wallets
{
    meta:
        severity = "suspicious"
        category = "credential-theft"
        description = "A program or script that looks for the wallets of many digital currencies"
        guidance = "credential-theft,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1005/"
        attack = "T1005"
    strings:
        $exodus = /exodus[.]wallet/ ascii wide nocase
        $electrum = /Electrum(-LTC)?[\\\/]{1,2}wallets/ ascii wide nocase
        $ethereum = /Ethereum[\\\/]{1,2}keystore/ ascii wide nocase
        $atomic = /atomic[\\\/]{1,2}Local Storage/ ascii wide nocase
        $coinomi = /Coinomi[\\\/]{1,2}(Coinomi[\\\/]{1,2})?wallets/ ascii wide nocase
        $jaxx = /com[.]liberty[.]jaxx/ ascii wide nocase
        $metamask = /nkbihfbeogaeaoehlefnkodbefgpgk[n]n/ ascii wide
        $phantom = /bfnaelmomeimhlpmgjnjophhpkkoljp[a]/ ascii wide
        $binance = "fhbohimaelbohpjbbldcngcnapndodjp" ascii wide
        $tron = "ibnejdfjmmkpcnlpebklmnkoeoihofec" ascii wide
        $bitcoin = /(Bitcoin|Dash|Litecoin|Zcash|Armory|bytecoin)[\\\/]{1,2}[^\x00\r\n]{0,20}wallet/ ascii wide nocase
    condition:
        filesize < 32MB and 4 of them
}

rule Keylogger_Script
{
    meta:
        severity = "suspicious"
        category = "credential-theft"
        description = "A script that records what is typed and sends or keeps it"
        guidance = "credential-theft,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1056/001/"
        attack = "T1056.001"
    strings:
        $python = /(from\s{1,4}pynput(\.keyboard)?\s{1,4}import|import\s{1,4}(pynput|pyHook|keyboard)\b)/
        $python_hook = /(Listener\s{0,4}\(\s{0,4}on_(press|release)|keyboard\.(on_release|on_press|hook)\s{0,4}\(|HookKeyboard\s{0,4}\()/
        $windows = /GetAsync[K]eyState/
        $windows_loop = /(for\s{0,4}\(\s{0,4}\$[a-z_]{1,20}\s{0,4}=\s{0,4}[0-9]{1,2}\s{0,4};[^\r\n]{0,40}25[0-9]|8\.\.25[0-9]|GetKeyboardState|MapVirtualKey)/ nocase
        $keep = /(smtplib|requests\.post|Send-MailMessage|SmtpClient|webhooks\/|api\.telegram\.org|AppendAllText|ftplib|Out-File\s[^\r\n]{0,60}-Append|Add-Content|UploadString)/ nocase
    condition:
        filesize < 1MB and uint16be(0) != 0x4D5A and $keep and (($python and $python_hook) or ($windows and $windows_loop))
}
