"""How long the service's main loop takes to answer, asked without a pause by a process of its own.

    with Pulse(desk) as pulse: …

What is asked is a property that the loop answers between two of its other duties, so that an answer takes
as long as the longest of them. On a machine with other things to do some of that is the wait for a
processor: of the service, of the bus and of whoever asks. The kernel counts these waits for each thread,
and what a virtual machine's host took away; what is left without them is the service's own. A question to the bus itself, put just before and
counted in the same way, shows what the machine adds all the same. Nothing is asked while the test itself
has the database locked (Desk.sql).
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time

from gi.repository import Gio, GLib

LIMIT = 0.050  # seconds that nothing may hold the loop up
BUS = ('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus')
SERVICE = 'org.fikaplanner.Fika.Service'
SERVICE_PATH = '/org/fikaplanner/Fika/Service'


class Pulse:
    """After its end: longest, own (without the waits for a processor), bus and bus_own in seconds, and
    the count."""

    def __init__(self, desk):
        self.desk = desk

    def __enter__(self):
        self.child = self.desk.spawn([sys.executable, __file__, str(self.desk.session_bus.pid),
                                      self.desk.path('holding')], stdout=subprocess.PIPE, text=True)
        assert self.child.stdout.readline()
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGTERM)
        last = self.child.communicate(timeout=130)[0].splitlines()[-1]
        self.longest, self.own, self.bus, self.bus_own, self.count = json.loads(last)

    def tell(self):
        return (f'longest answer {self.longest * 1000:.1f} ms, {self.own * 1000:.1f} ms of it without'
                f' waiting for a processor (the bus itself {self.bus * 1000:.1f} ms, '
                f'{self.bus_own * 1000:.1f} ms); asked {self.count} times')

    def within(self, limit=LIMIT):
        return self.own - self.bus_own <= limit


def wait_of(thread):
    """Seconds that a thread was ready to run and did not, so far; thread is its folder in /proc."""
    try:
        with open(os.path.join(thread, 'schedstat'), encoding='ascii') as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0  # it ended meanwhile, or the kernel does not count


def stolen():
    """Seconds that the host of a virtual machine took from all processors so far."""
    with open('/proc/stat', encoding='ascii') as file:
        return int(file.readline().split()[8]) / os.sysconf('SC_CLK_TCK')


def on_the_way(pid):
    """The threads of a process that a question passes: the main loop's and the bus connection's."""
    threads = [f'/proc/{pid}/task/{pid}']
    for name in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{name}/comm', encoding='ascii') as file:
            if file.read().strip() == 'gdbus':
                threads.append(f'/proc/{pid}/task/{name}')
    return threads


def main():
    bus_process, holding = sys.argv[1:]
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    connection.set_exit_on_close(False)
    longest = own = bus = bus_own = count = 0
    ended = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))

    def ask(name, path, interface, method, parameters, threads):
        waits = sum(map(wait_of, threads)) + stolen()
        begun = time.monotonic()
        reply = connection.call_sync(name, path, interface, method, parameters, None,
                                     Gio.DBusCallFlags.NO_AUTO_START, 120000, None)
        seconds = time.monotonic() - begun
        waits = sum(map(wait_of, threads)) + stolen() - waits
        return seconds, max(seconds - waits, 0), reply.unpack()

    near = on_the_way(os.getpid()) + on_the_way(bus_process)
    name = GLib.Variant('(s)', (SERVICE,))
    what = GLib.Variant('(ss)', (SERVICE, 'Version'))
    service = None
    print('asking', flush=True)
    with open(holding, 'a', encoding='ascii') as lock:
        while not ended:
            try:
                seconds, rest, _ = ask(*BUS, 'GetId', None, near)
                bus, bus_own = max(bus, seconds), max(bus_own, rest)
                if service is None:
                    _, _, (pid,) = ask(*BUS, 'GetConnectionUnixProcessID', name, near)
                    service = on_the_way(pid)
                fcntl.flock(lock, fcntl.LOCK_EX)
                try:
                    seconds, rest, _ = ask(SERVICE, SERVICE_PATH, 'org.freedesktop.DBus.Properties',
                                           'Get', what, near + service)
                finally:
                    fcntl.flock(lock, fcntl.LOCK_UN)
            except (GLib.Error, OSError):
                service = None  # there is none at present
                time.sleep(0.01)
                continue
            longest, own, count = max(longest, seconds), max(own, rest), count + 1
            time.sleep(0.001)  # leaves the processor to those who are watched
    print(json.dumps([longest, own, bus, bus_own, count]))


if __name__ == '__main__':
    main()
