#!/usr/bin/python3
"""Owns the window's name on the session bus and writes what it is asked for, a line of JSON each, into
the file of its first argument."""

import json
import sys

from gi.repository import Gio, GLib

INTERFACE = '''<node><interface name="org.freedesktop.Application">
  <method name="Activate"><arg type="a{sv}" direction="in"/></method>
  <method name="Open"><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/></method>
  <method name="ActivateAction"><arg type="s" direction="in"/><arg type="av" direction="in"/>
    <arg type="a{sv}" direction="in"/></method>
</interface></node>'''


def called(_connection, _sender, _path, _interface, method, parameters, invocation):
    with open(sys.argv[1], 'a', encoding='utf-8') as file:
        file.write(json.dumps([method, *parameters.unpack()]) + '\n')
    invocation.return_value(None)


def main():
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    connection.register_object('/org/fikaplanner/Fika',
                               Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], called, None,
                               None)
    Gio.bus_own_name_on_connection(connection, 'org.fikaplanner.Fika', Gio.BusNameOwnerFlags.NONE,
                                   None, None)
    loop.run()


main()
