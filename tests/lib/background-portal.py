#!/usr/bin/python3
"""A desktop's portal for background programs, on the session bus that DBUS_SESSION_BUS_ADDRESS names.

    background-portal.py allow|deny
"""

import sys

from gi.repository import Gio, GLib

NAME = 'org.freedesktop.portal.Desktop'
PATH = '/org/freedesktop/portal/desktop'
INTERFACE = '''
<node><interface name="org.freedesktop.portal.Background">
  <method name="RequestBackground">
    <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
  </method>
</interface></node>'''


def main():
    allow = {'allow': True, 'deny': False}[sys.argv[1]]
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    loop = GLib.MainLoop()

    def call(_connection, sender, _path, _interface, _method, parameters, invocation):
        _parent, options = parameters.unpack()
        folder = sender[1:].replace('.', '_')
        handle = f'{PATH}/request/{folder}/{options["handle_token"]}'
        invocation.return_value(GLib.Variant('(o)', (handle,)))
        connection.emit_signal(
            sender, handle, 'org.freedesktop.portal.Request', 'Response',
            GLib.Variant('(ua{sv})', (0, {
                'background': GLib.Variant('b', allow),
                'autostart': GLib.Variant('b', allow and options['autostart']),
            })))

    connection.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], call, None,
                               None)
    Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
    connection.set_exit_on_close(False)
    connection.connect('closed', lambda *_: loop.quit())
    loop.run()


if __name__ == '__main__':
    main()
