#!/usr/bin/python3
"""The background service of an older Fika, as a newer one meets it after an upgrade: it owns its name,
says its version, and ends when it is told to.

    older-service.py VERSION [stubborn]
"""

import sys

from gi.repository import Gio, GLib

NAME = 'org.fikaplanner.Fika.Service'
PATH = '/org/fikaplanner/Fika/Service'
INTERFACE = f'''
<node><interface name="{NAME}">
  <method name="Poke"/>
  <method name="Status"><arg type="a{{sv}}" direction="out"/></method>
  <method name="TestReminder"/>
  <method name="Quit"/>
</interface></node>'''


def main():
    version = sys.argv[1]
    stubborn = sys.argv[2:] == ['stubborn']
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    loop = GLib.MainLoop()

    def call(_connection, _sender, _path, _interface, method, _parameters, invocation):
        if method == 'Status':
            invocation.return_value(GLib.Variant('(a{sv})', ({
                'running': GLib.Variant('b', True),
                'version': GLib.Variant('s', version),
                'notifications': GLib.Variant('b', True),
            },)))
            return
        invocation.return_value(None)
        if method == 'Quit' and not stubborn:
            connection.flush_sync(None)
            loop.quit()

    connection.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], call, None,
                               None)
    Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
    connection.set_exit_on_close(False)
    connection.connect('closed', lambda *_: loop.quit())
    loop.run()


if __name__ == '__main__':
    main()
