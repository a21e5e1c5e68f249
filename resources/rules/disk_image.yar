// ECMA-119 8.1: the volume descriptors begin at sector 16; a directory record ends in its name and ";1". Joliet (in
// UTF-16, big-endian) and UDF write names of their own.
private rule Small_Disk_Image
{
    strings:
        $volume = "CD001"
        $udf = "NSR0"
    condition:
        filesize > 34KB and filesize < 256MB and ($volume at 0x8001 or $udf in (0x8000..0x20000))
}

rule Disk_Image_With_Shortcut
{
    meta:
        severity = "suspicious"
        category = "disk-image"
        description = "A disk image with a Windows shortcut, a way around the mark of files from the internet"
        guidance = "disk-image-lure"
        reference = "https://attack.mitre.org/techniques/T1553/005/"
        attack = "T1553.005"
    strings:
        $plain = /[\x05-\x40][A-Z0-9_]{1,40}\.LNK;1/
        $joliet = /\.\x00[lL]\x00[nN]\x00[kK](\x00;\x001)?/
        $link = { 4C 00 00 00 01 14 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
    condition:
        Small_Disk_Image and ($link or any of ($plain, $joliet) in (0x8800..0x80000))
}

rule Disk_Image_With_Script
{
    meta:
        severity = "suspicious"
        category = "disk-image"
        description = "A small disk image with a script that a double click starts"
        guidance = "disk-image-lure"
        reference = "https://attack.mitre.org/techniques/T1553/005/"
        attack = "T1553.005"
    strings:
        $plain = /[\x05-\x40][A-Z0-9_]{1,40}\.(JS|JSE|VBS|VBE|WSF|HTA|SCR|PIF|CHM);1/
        $joliet = /\.\x00([jJ]\x00[sS]|[jJ]\x00[sS]\x00[eE]|[vV]\x00[bB]\x00[sSeE]|[wW]\x00[sS]\x00[fF]|[hH]\x00[tT]\x00[aA]|[sS]\x00[cC]\x00[rR]|[pP]\x00[iI]\x00[fF]|[cC]\x00[hH]\x00[mM])\x00;\x001/
    condition:
        Small_Disk_Image and filesize < 16MB and any of ($plain, $joliet) in (0x8800..0x80000)
}

rule Disk_Image_With_Program_In_Disguise
{
    meta:
        severity = "malicious"
        category = "disk-image"
        description = "A disk image with a program that is named like a document"
        guidance = "disk-image-lure"
        reference = "https://attack.mitre.org/techniques/T1036/007/"
        attack = "T1036.007"
    strings:
        $joliet = /\.\x00([pP]\x00[dD]\x00[fF]|[dD]\x00[oO]\x00[cC]|[dD]\x00[oO]\x00[cC]\x00[xX]|[xX]\x00[lL]\x00[sS]|[xX]\x00[lL]\x00[sS]\x00[xX]|[jJ]\x00[pP]\x00[gG]|[tT]\x00[xX]\x00[tT])\x00[ ._]?(\x00[ ._]){0,80}\x00?\.?\x00([eE]\x00[xX]\x00[eE]|[sS]\x00[cC]\x00[rR]|[pP]\x00[iI]\x00[fF]|[cC]\x00[oO]\x00[mM]|[lL]\x00[nN]\x00[kK]|[jJ]\x00[sS]|[vV]\x00[bB]\x00[sS])/
        $rock = /NM[\x05-\xff]\x01.{1,60}\.(pdf|docx?|xlsx?|jpe?g|txt)[ ._]{0,80}\.?(exe|scr|pif|com|lnk|js|vbs|hta)[^A-Za-z0-9]/s nocase
        $plain = /[\x08-\xff][A-Z0-9_ .-]{1,100}\.(PDF|DOCX?|XLSX?|JPE?G|TXT)[ ._]{0,80}\.(EXE|SCR|PIF|COM|LNK|JS|VBS|HTA)(;1)?/ nocase
    condition:
        Small_Disk_Image and any of them in (0x8800..0x80000)
}
