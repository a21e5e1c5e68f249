rule Linux_Program_UPX_Mark_Removed
{
    meta:
        severity = "suspicious"
        category = "packed-program"
        description = "A Linux program packed with UPX whose mark was removed so that it cannot be unpacked"
        guidance = "packed-program,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/002/"
        attack = "T1027.002"
    strings:
        $info = "$Info: This file is packed with the UPX executable packer"
        $proc = "PROT_EXEC|PROT_WRITE failed."
        $mark = "UPX!"
    condition:
        uint32be(0) == 0x7F454C46 and filesize < 64MB and any of ($info, $proc) and (not $mark or #mark < 2)
}

rule Linux_Program_Packed
{
    meta:
        severity = "info"
        category = "packed-program"
        description = "A Linux program packed with UPX"
        guidance = "packed-program"
        reference = "https://attack.mitre.org/techniques/T1027/002/"
        attack = "T1027.002"
    strings:
        $info = "$Info: This file is packed with the UPX executable packer"
        $mark = "UPX!"
    condition:
        uint32be(0) == 0x7F454C46 and filesize < 64MB and all of them
}

// One segment that may be read, written and run, and no sections: a header put before machine code by hand.
rule Linux_Program_Tiny_Loader
{
    meta:
        severity = "suspicious"
        category = "program"
        description = "A tiny Linux program made by hand around machine code"
        guidance = "suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1620/"
        attack = "T1620"
    condition:
        uint32be(0) == 0x7F454C46 and filesize < 64KB and (
            (uint8(4) == 2 and uint16(56) == 1 and uint16(60) == 0 and uint32(uint32(32)) == 1 and uint32(uint32(32) + 4) == 7)
            or (uint8(4) == 1 and uint16(44) == 1 and uint16(48) == 0 and uint32(uint32(28)) == 1 and uint32(uint32(28) + 24) == 7)
        )
}

// socket, connect or bind, dup2 in a loop, execve "/bin/sh", as code generators for Linux write them.
rule Machine_Code_For_Linux
{
    meta:
        severity = "malicious"
        category = "exploit"
        description = "Machine code that attack tools make to open a shell on Linux"
        guidance = "reverse-shell"
        reference = "https://attack.mitre.org/techniques/T1059/004/"
        attack = "T1059.004"
    strings:
        $connect64 = { 6A 29 58 (99 6A 02 5F 6A 01 5E | 6A 02 5F 6A 01 5E 99) 0F 05 }
        $connect32 = { 31 DB F7 E3 53 43 53 6A 02 (89 E1 B0 66 | B0 66 89 E1) CD 80 }
        $dup64 = { 6A 03 5E 48 FF CE 6A 21 58 0F 05 75 F6 }
        $dup32 = { 59 B0 3F CD 80 49 79 F9 }
        $shell64 = { 48 (BB | B8) 2F 62 69 6E 2F (73 68 00 | 2F 73 68) [0-3] 53 48 89 E7 }
        $shell32 = { 68 (2F 2F 73 68 68 2F 62 69 6E | 6E 2F 73 68 68 2F 2F 62 69) 89 E3 }
    condition:
        filesize < 32MB and (
            any of ($connect64, $connect32) and any of ($dup64, $dup32, $shell64, $shell32)
            or ($dup64 and $shell64) or ($dup32 and $shell32)
        )
}

rule Linux_Program_Of_Device_Worm
{
    meta:
        severity = "malicious"
        category = "botnet"
        description = "A program of the worms that take over routers and cameras"
        guidance = "botnet"
        reference = "https://attack.mitre.org/techniques/T1498/"
        attack = "T1498"
    strings:
        $watchdog = "/dev/misc/watchdog"
        $busybox = /\/bin\/busybox [A-Z]{4,12}\b/
        $telnet = /(enable\x00|system\x00|shell\x00|linuxshell\x00|ncorrect\x00|assword\x00|ogin:\x00){2}/
        $flood = /(TSource Engine Query|\bUDPRAW\b|\bHTTPFLOOD\b|\bSTDHEX\b|\bGETLOCALIP\b|\bSYNFLOOD\b|\bKILLATTK\b|\bLOLNOGTFO\b)/
        $exploit = /(\/GponForm\/diag_Form|\/picsdesc\.xml|\/HNAP1\/|\/setup\.cgi\?next_file=netgear\.cfg|\/shell\?cd\+\/tmp|\/ctrlt\/DeviceUpgrade|XWebPageName=diag)/
        $fetch = /(wget|tftp|busybox)[^\x00\r\n]{0,40}(http:\/\/|-g\s)[^\x00\r\n]{0,80}/
    condition:
        uint32be(0) == 0x7F454C46 and filesize < 4MB and 3 of them
}

// A library that the loader puts before all others, to hide files, processes and connections.
rule Linux_Library_Hides_Things
{
    meta:
        severity = "malicious"
        category = "program"
        description = "A library that hides files and connections of an intruder on Linux"
        guidance = "malware-found"
        reference = "https://attack.mitre.org/techniques/T1574/006/"
        attack = "T1574.006"
    strings:
        $preload = "/etc/ld.so.preload"
        $read = /\x00readdir(64)?\x00/
        $next = "dlsym"
        $network = "/proc/net/tcp"
        $fd = /\/proc\/(self\/fd\/)?%[a-z]/
        $hook = /\x00(fopen(64)?|open(64)?|lstat(64)?|__lxstat(64)?|unlink(at)?|accept|pam_authenticate)\x00/
    condition:
        uint32be(0) == 0x7F454C46 and uint16(16) == 3 and filesize < 4MB and all of them
}

// mach-o/loader.h: LC_SEGMENT_64 "__TEXT", four numbers of 8 bytes, then maxprot and initprot (7 = may do everything).
rule Mac_Program_Changes_Its_Code
{
    meta:
        severity = "suspicious"
        category = "packed-program"
        description = "A Mac program whose code may be changed while it runs, as packed programs are"
        guidance = "packed-program,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/002/"
        attack = "T1027.002"
    strings:
        $text = { 5F 5F 54 45 58 54 00 00 00 00 00 00 00 00 00 00 [32] 07 00 00 00 07 00 00 00 }
        $text32 = { 5F 5F 54 45 58 54 00 00 00 00 00 00 00 00 00 00 [16] 07 00 00 00 07 00 00 00 }
    condition:
        filesize < 64MB and (uint32(0) == 0xFEEDFACF or uint32(0) == 0xFEEDFACE or uint32be(0) == 0xCAFEBABE) and any of ($text, $text32)
}

rule Mac_Steals_Passwords
{
    meta:
        severity = "malicious"
        category = "credential-theft"
        description = "A Mac program or script that asks for your password in a false window and sends it away"
        guidance = "credential-theft"
        reference = "https://attack.mitre.org/techniques/T1056/002/"
        attack = "T1056.002"
    strings:
        $dialog = /display dialog\b[^\x00]{0,600}(with )?hidden[ ]answer/
        $check = /\bdscl\b[^\r\n\x00]{0,40}-?authonly\b/
        $keychain = /(login\.keychain-db|find-generic-password|Library\/Keychains|Login Data|Cookies\.binarycookies)/
        $send = /(\bcurl\b[^\r\n\x00]{0,80}(-X\s{0,2}POST|-F\s|--data|-d\s|-T\s)|do shell script "curl|multipart\/form-data)/
    condition:
        filesize < 32MB and $dialog and $send and any of ($check, $keychain)
}
