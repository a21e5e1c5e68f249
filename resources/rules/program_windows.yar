// PE/COFF specification: "MZ", and at 0x3C the offset of "PE". The section names stand at most 0x200 bytes behind it.
private rule Windows_Program
{
    condition:
        filesize < 256MB and uint16be(0) == 0x4D5A and uint32(0x3C) < 0x1000 and uint32be(uint32(0x3C)) == 0x50450000
}

// Only info: many honest programs are packed so, and the packer's mark lets everybody unpack them.
rule Windows_Program_Packed
{
    meta:
        severity = "info"
        category = "packed-program"
        description = "A Windows program packed with UPX"
        guidance = "packed-program"
        reference = "https://attack.mitre.org/techniques/T1027/002/"
        attack = "T1027.002"
    strings:
        $section = { 55 50 58 30 00 00 00 00 }
        $mark = "UPX!"
    condition:
        Windows_Program and $section in (0..0x1200) and $mark in (0..0x2000)
}

rule Windows_Program_Packed_Against_Analysis
{
    meta:
        severity = "suspicious"
        category = "packed-program"
        description = "A Windows program packed in a way that hides what it does"
        guidance = "packed-program,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/002/"
        attack = "T1027.002"
    strings:
        $section = /(\.aspack\x00|\.adata\x00\x00|\.MPRESS1|\.MPRESS2|\.petite\x00|pec[12]\x00{4}|PEC2TO\x00|\.nsp[01]\x00{3}|\.themida|\.winlice|\.vmp[0-2]\x00{3}|\.enigma1|\.yP\x00{5}|\.Upack\x00|\.RLPack|\.shrink1|\.perplex|FSG!\x00{4}|MEW\x00F)/
    condition:
        Windows_Program and $section in (0..0x1200)
}

// The packer's sections without the packer's mark: nobody shall unpack it.
rule Windows_Program_UPX_Mark_Removed
{
    meta:
        severity = "suspicious"
        category = "packed-program"
        description = "A Windows program packed with UPX whose mark was removed so that it cannot be unpacked"
        guidance = "packed-program,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/002/"
        attack = "T1027.002"
    strings:
        $section0 = { 55 50 58 30 00 00 00 00 }
        $section1 = { 55 50 58 31 00 00 00 00 }
        $mark = "UPX!"
    condition:
        Windows_Program and $section0 in (0..0x1200) and $section1 in (0..0x1200) and not $mark
}

// Functions that start code in another program; a debugger needs some of them, not all of these together.
rule Windows_Program_Enters_Others
{
    meta:
        severity = "suspicious"
        category = "program"
        description = "A Windows program that can put its code into other running programs"
        guidance = "suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1055/"
        attack = "T1055"
    strings:
        $memory = /\x00(Virtual[A]llocEx|NtMapViewOfSection|ZwMapViewOfSection|NtAllocate[V]irtualMemory)\x00/
        $write = /\x00(WriteProcessMemory|NtWriteVirtualMemory|ZwWriteVirtualMemory|NtMapViewOfSection)\x00/
        $start = /\x00(CreateRemoteThread(Ex)?|QueueUserAPC|NtCreateThreadEx|RtlCreateUserThread|NtQueueApcThread)\x00/
        $hollow = /\x00(NtUnmapViewOfSection|ZwUnmapViewOfSection)\x00/
        $context = /\x00(SetThreadContext|Wow64SetThreadContext|NtSetContextThread)\x00/
        $resume = /\x00(ResumeThread|NtResumeThread)\x00/
    condition:
        Windows_Program and filesize < 8MB and $memory and $write and ($start or ($hollow and $context and $resume))
}

rule Windows_Program_Sends_To_Chat
{
    meta:
        severity = "suspicious"
        category = "credential-theft"
        description = "A Windows program that reports to a chat account"
        guidance = "credential-theft,suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1567/004/"
        attack = "T1567.004"
    strings:
        $webhook = /discord(app)?\.com\/api\/webhooks\/[0-9]+\/[A-Za-z0-9_-]+/ ascii wide
        $bot = /api\.telegram\.org\/bot[0-9]+:[A-Za-z0-9_-]+/ ascii wide
    condition:
        Windows_Program and any of them
}

// What the common generators of such code put first: find kernel32 through the thread block, look up functions by hash.
rule Machine_Code_For_Windows
{
    meta:
        severity = "malicious"
        category = "exploit"
        description = "Machine code that attack tools make to take over Windows programs"
        guidance = "malware-found"
        reference = "https://attack.mitre.org/techniques/T1055/"
        attack = "T1055"
    strings:
        $x86 = { FC E8 (82 | 89 | 8F) 00 00 00 60 (89 E5 31 D2 | 31 D2 89 E5 | 89 E5 31 C0) 64 8B (52 | 50) 30 8B (52 | 50) 0C 8B (52 | 50) 14 }
        $x64 = { FC 48 83 E4 F0 E8 (C0 | C8 | CC) 00 00 00 41 51 41 50 52 }
        $peb64 = { 65 48 8B 52 60 48 8B 52 18 48 8B 52 20 48 8B 72 50 48 0F B7 4A 4A 4D 31 C9 48 31 C0 AC }
        $hash = { AC 3C 61 7C 02 2C 20 (C1 CF 0D 01 C7 | 41 C1 C9 0D 41 01 C1) }
    condition:
        filesize < 64MB and any of them
}

// Reads Data Directory sizes no further: the entry point in a section that may be written and run, in a program so small
// that no compiler made it.
rule Windows_Program_Tiny_Loader
{
    meta:
        severity = "suspicious"
        category = "program"
        description = "A tiny Windows program whose code may be changed while it runs, as loaders of machine code are"
        guidance = "suspicious-content"
        reference = "https://attack.mitre.org/techniques/T1027/002/"
        attack = "T1027.002"
    condition:
        Windows_Program and filesize < 96KB
        and uint16(uint32(0x3C) + 6) <= 3
        and uint32(uint32(0x3C) + 24 + uint16(uint32(0x3C) + 20) + 36) & 0xE0000020 == 0xE0000020
}
