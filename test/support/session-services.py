"""A desktop's services on two private buses: a tray, a notification server and the task bar's signals on the session bus,
logind's news of sleep on the "system" bus. Says what happens, and takes commands, as lines of JSON."""

import json
import os
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

WATCHER = """<node><interface name="org.kde.StatusNotifierWatcher">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
</interface></node>"""
NOTIFICATIONS = """<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
</interface></node>"""
LOGIND = """<node><interface name="org.freedesktop.login1.Manager">
  <method name="Inhibit">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="h" direction="out"/></method>
</interface></node>"""

ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


def say(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def bus(variable):
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(os.environ[variable], flags, None, None)


def ask_bus(connection, method, arguments):
    bus_itself = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
    return connection.call_sync(*bus_itself, method, arguments, None, 0, 5000, None).unpack()[0]


def own(connection, name):
    ask_bus(connection, "RequestName", GLib.Variant("(su)", (name, 0)))


def serve(connection, name, path, xml, answer, properties=None):
    """Offers one object. `answer` gets the method, a function for the value of its nth argument (unpacking them all would
    take a quarter of a minute for a notice's picture), and the invocation to answer."""

    def called(_connection, _sender, _path, _interface, method, arguments, invocation):
        answer(method, lambda at: arguments.get_child_value(at).unpack(), invocation)

    def read(_connection, _sender, _path, _interface, wanted):
        return (properties or {})[wanted]

    interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
    connection.register_object(path, interface, called, read, None)
    own(connection, name)


class Tray:
    """Knows the last item that registered itself, and presses what its menu offers."""

    def __init__(self, session):
        self.session = session
        self.owner = self.path = None
        known = {
            "RegisteredStatusNotifierItems": GLib.Variant("as", []),
            "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
            "ProtocolVersion": GLib.Variant("i", 0),
        }
        serve(session, "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", WATCHER, self.register, known)

    def register(self, _method, argument, invocation):
        named = argument(0)
        self.owner = invocation.get_sender() if named.startswith("/") else named
        self.path = named if named.startswith("/") else "/StatusNotifierItem"
        invocation.return_value(None)
        say("tray", item=named)

    def property(self, name):
        if self.owner is None:
            raise GLib.Error("nothing is in the tray")
        asked = GLib.Variant("(ss)", (ITEM, name))
        return self.call(self.path, "org.freedesktop.DBus.Properties", "Get", asked)[0]

    def call(self, path, interface, method, arguments):
        reply = self.session.call_sync(self.owner, path, interface, method, arguments, None, 0, 5000, None)
        return reply.unpack()

    def menu(self):
        asked = GLib.Variant("(iias)", (0, -1, []))
        _revision, (_root, _of_root, entries) = self.call(self.property("Menu"), MENU, "GetLayout", asked)
        shown = [(number, facts) for number, facts, _below in entries if facts.get("type") != "separator"]
        return [
            {"id": number, "label": facts.get("label", "").replace("_", ""), "enabled": facts.get("enabled", True)}
            for number, facts in shown
        ]

    def press(self, number):
        pressed = GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("i", 0), 0))
        self.call(self.property("Menu"), MENU, "Event", pressed)

    def activate(self):
        self.call(self.path, ITEM, "Activate", GLib.Variant("(ii)", (0, 0)))


class Notifications:
    NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"

    def __init__(self, session):
        self.session = session
        self.given = 0
        serve(session, self.NAME, self.PATH, NOTIFICATIONS, self.answer)

    def answer(self, method, argument, invocation):
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
        elif method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", ("desktop of the tests", "tests", "1", "1.2")))
        elif method == "CloseNotification":
            invocation.return_value(None)
        else:
            self.given += 1
            invocation.return_value(GLib.Variant("(u)", (self.given,)))
            say("notification", id=self.given, title=argument(3), body=argument(4))

    def click(self, number):
        clicked = GLib.Variant("(us)", (number, "default"))
        self.session.emit_signal(None, self.PATH, self.NAME, "ActionInvoked", clicked)


class Logind:
    NAME, PATH, INTERFACE = "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"

    def __init__(self, system):
        self.system = system
        serve(system, self.NAME, self.PATH, LOGIND, self.inhibit)

    def inhibit(self, _method, argument, invocation):
        reading, writing = os.pipe()
        os.close(reading)
        handles = Gio.UnixFDList.new_from_array([writing])
        invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), handles)
        say("inhibit", what=argument(0))

    def prepare(self, sleeps):
        news = GLib.Variant("(b)", (sleeps,))
        self.system.emit_signal(None, self.PATH, self.INTERFACE, "PrepareForSleep", news)


def told_of_progress(_connection, _sender, _path, _interface, _signal, arguments):
    application, facts = arguments.unpack()
    say("progress", application=application, value=facts.get("progress"), shown=facts.get("progress-visible"))


def main():
    session, system = bus("DBUS_SESSION_BUS_ADDRESS"), bus("DBUS_SYSTEM_BUS_ADDRESS")
    tray, notifications, logind = Tray(session), Notifications(session), Logind(system)
    own(session, "com.canonical.Unity")  # a desktop that shows progress on its task bar says so by this name
    session.signal_subscribe(
        None, "com.canonical.Unity.LauncherEntry", "Update", None, None, Gio.DBusSignalFlags.NONE, told_of_progress
    )
    commands = {
        "has-service": lambda name: ask_bus(session, "NameHasOwner", GLib.Variant("(s)", (name,))),
        "menu": tray.menu,
        "press": tray.press,
        "activate": tray.activate,
        "click": notifications.click,
        "prepare-for-sleep": logind.prepare,
    }
    loop = GLib.MainLoop()

    def read(source, _condition):
        line = source.readline()
        if line == "":
            loop.quit()
            return False
        command, *arguments = json.loads(line)
        try:
            say("answer", result=commands[command](*arguments))
        except GLib.Error as error:
            say("answer", problem=error.message)
        return True

    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, read)
    GLib.idle_add(lambda: say("ready"))
    loop.run()


main()
