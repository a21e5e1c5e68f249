"""A window one can drag files out of: python3 drag-source.py PATH... prints READY when it is there, ACCEPTED when
what lies under the pointer said that it takes the files, REFUSED when a drop was not taken, END when a drag ended.

It lies at the screen's upper left corner, above everything, 120 pixels wide and high. GTK does the rest, as it does
for the file managers that use it.
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

SIZE = 120


def main(paths):
    addresses = [Path(path).absolute().as_uri() for path in paths]
    window = Gtk.Window(type=Gtk.WindowType.POPUP)
    window.set_default_size(SIZE, SIZE)
    window.move(0, 0)
    area = Gtk.EventBox()
    area.set_size_request(SIZE, SIZE)
    window.add(area)
    area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    area.drag_source_add_uri_targets()
    area.connect("drag-data-get", lambda _area, _context, data, _info, _time: data.set_uris(addresses))
    area.connect("drag-begin", lambda _area, context: GLib.timeout_add(20, wait_for_acceptance, context))
    area.connect("drag-failed", lambda _area, _context, _result: say("REFUSED"))
    area.connect("drag-end", lambda _area, _context: say("END"))
    window.connect("map-event", lambda _window, _event: say("READY"))
    window.show_all()
    GLib.timeout_add_seconds(120, Gtk.main_quit)
    Gtk.main()


def wait_for_acceptance(context):
    """Called again and again until it returns False."""
    if context.get_selected_action() == 0:
        return True
    say("ACCEPTED")
    return False


def say(word):
    print(word, flush=True)


main(sys.argv[1:])
