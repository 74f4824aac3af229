"""What a window says of itself over the accessibility bus, asked as a screen reader asks it.

A look at a window is many small questions. They are sent a whole level of the tree at a time, which
is several times faster than one after the other, and nothing is remembered between two looks, so
nothing is ever out of date.
"""

import re

from gi.repository import Gio, GLib

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ROOT = '/org/a11y/atspi/accessible/root'
TIMEOUT = 10000  # milliseconds

LABELLED_BY = 2  # of AtspiRelationType

# AtspiRole, as far as Fika has use for them.
ROLES = {
    2: 'alert', 7: 'check box', 8: 'check menu item', 11: 'combo box', 16: 'dialog', 20: 'filler',
    23: 'window', 27: 'image', 29: 'label', 31: 'list', 32: 'list item', 33: 'menu', 35: 'menu item',
    39: 'panel', 40: 'entry', 43: 'button', 44: 'radio button', 45: 'radio menu item',
    48: 'scroll bar', 49: 'scroll pane', 50: 'separator', 52: 'spin button', 55: 'table',
    56: 'table cell', 61: 'entry', 62: 'toggle button', 63: 'tool bar', 69: 'window',
    75: 'application', 79: 'entry', 83: 'heading', 129: 'switch',
}

# What can be asked for under one word, whatever the versions of GTK call it.
KINDS = {
    'button': {'button', 'toggle button'},
    'check': {'check box', 'toggle button', 'switch'},
    'item': {'menu item', 'check menu item', 'radio menu item'},
}

STATES = {
    'active': 1, 'checked': 4, 'editable': 7, 'expanded': 10, 'focusable': 11, 'focused': 12,
    'modal': 16, 'pressed': 20, 'selected': 23, 'sensitive': 24, 'showing': 25, 'visible': 30,
}


class Lost(Exception):
    """What is asked has gone away, or its program has."""


class Bus:
    """A connection to the accessibility bus."""

    def __init__(self, address):
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.connection.set_exit_on_close(False)
        self.connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                  'org.freedesktop.DBus', 'StartServiceByName',
                                  GLib.Variant('(su)', ('org.a11y.atspi.Registry', 0)), None,
                                  Gio.DBusCallFlags.NONE, TIMEOUT, None)

    def ask(self, node, interface, method, parameters=None):
        """The answer to one question, unpacked."""
        try:
            return self.connection.call_sync(node.name_on_bus, node.path, interface, method, parameters,
                                             None, Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT,
                                             None).unpack()
        except GLib.Error as error:
            raise Lost(error.message) from error

    def ask_all(self, questions):
        """The answers to many questions (node, interface, method, parameters), all sent before the
        first answer is awaited; None where there was none."""
        answers = [None] * len(questions)
        waiting = len(questions)

        def answered(connection, result, index):
            nonlocal waiting
            waiting -= 1
            try:
                answers[index] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass

        for index, (node, interface, method, parameters) in enumerate(questions):
            self.connection.call(node.name_on_bus, node.path, interface, method, parameters, None,
                                 Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT, None, answered, index)
        context = GLib.MainContext.default()
        while waiting > 0:
            context.iteration(True)
        return answers

    def applications(self):
        """The programs that are on the bus."""
        root = Node(self, 'org.a11y.atspi.Registry', ROOT)
        found = []
        for name_on_bus, path in self.ask(root, ACCESSIBLE, 'GetChildren')[0]:
            application = Node(self, name_on_bus, path)
            try:
                application.refresh()
            except Lost:  # it is just going away
                continue
            found.append(application)
        return found


def _get(interface, name):
    return ('org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (interface, name)))


class Node:
    """One accessible, as it was when it was looked at."""

    def __init__(self, bus, name_on_bus, path, parent=None):
        self.bus = bus
        self.name_on_bus = name_on_bus
        self.path = path
        self.parent = parent
        self.name = ''
        self.role = ''
        self.states = 0
        self.children = []  # as they were looked at: only those that are there

    def __eq__(self, other):
        return isinstance(other, Node) and \
            (self.name_on_bus, self.path) == (other.name_on_bus, other.path)

    def __hash__(self):
        return hash((self.name_on_bus, self.path))

    def __repr__(self):
        return f'{self.role} “{self.name}”'

    def _questions(self):
        return ((self, ACCESSIBLE, 'GetState', None), (self, ACCESSIBLE, 'GetRole', None),
                (self, *_get(ACCESSIBLE, 'Name')), (self, ACCESSIBLE, 'GetChildren', None))

    def _take(self, state, role, name, children):
        """Takes the answers; answers where its children are."""
        if state is None or role is None or name is None:
            return None
        low, high = state[0][:2]
        self.states = low | high << 32
        self.role = ROLES.get(role[0], f'role {role[0]}')
        self.name = name[0]
        return children[0] if children is not None else []

    def refresh(self):
        """Looks again at this one alone."""
        if self._take(*self.bus.ask_all(self._questions())) is None:
            raise Lost(f'{self} is gone')
        return self

    def has(self, state):
        return bool(self.states & 1 << STATES[state])

    def has_now(self, state):
        return self.refresh().has(state)

    def is_a(self, kind):
        return kind is None or self.role in KINDS.get(kind, {kind})

    def is_called(self, name):
        """Whether a text is part of the name, or a compiled pattern is found in it. None is any."""
        if name is None:
            return True
        if isinstance(name, re.Pattern):
            return name.search(self.name) is not None
        return name.lower() in self.name.lower()

    def look(self, is_there):
        """Looks at all that is beneath and is_there(node), and answers this node."""
        self.refresh()
        level = [self]
        places = self.bus.ask_all([(self, ACCESSIBLE, 'GetChildren', None)])
        places = [places[0][0] if places[0] is not None else []]
        while level:
            children = [(parent, Node(self.bus, name_on_bus, path, parent))
                        for parent, where in zip(level, places) for name_on_bus, path in where]
            for parent in level:
                parent.children = []
            answers = self.bus.ask_all([question for _, child in children
                                        for question in child._questions()])
            level, places, nameless = [], [], []
            for index, (parent, child) in enumerate(children):
                where = child._take(*answers[4 * index:4 * index + 4])
                if where is None or not is_there(child):
                    continue
                parent.children.append(child)
                level.append(child)
                places.append(where)
                if not child.name and child.is_a('item'):
                    nameless.append(child)
            self._name_by_labels(nameless)
        return self

    def _name_by_labels(self, nodes):
        """GTK 4.18 leaves it to the screen reader to follow what a menu's item is labelled by."""
        relations = self.bus.ask_all([(node, ACCESSIBLE, 'GetRelationSet', None) for node in nodes])
        for node, answer in zip(nodes, relations):
            labels = [Node(self.bus, *target) for kind, targets in (answer[0] if answer else [])
                      if kind == LABELLED_BY for target in targets]
            node.name = ' '.join(label.text or '' for label in labels)

    def walk(self):
        """All that was beneath when it was looked at, in order."""
        for child in self.children:
            yield child
            yield from child.walk()

    def dump(self, depth=0):
        """The tree as text, for finding out why a test does not find something."""
        lines = []
        for child in self.children:
            on = [state for state in STATES if child.has(state) and state not in
                  ('sensitive', 'visible', 'showing')]
            lines.append('  ' * depth + f'{child.role}: {child.name!r} {" ".join(on)}'.rstrip())
            lines.append(child.dump(depth + 1))
        return '\n'.join(line for line in lines if line)

    # What one can do with it

    def _property(self, interface, name):
        try:
            return self.bus.ask(self, *_get(interface, name))[0]
        except Lost:
            return None

    @property
    def has_action(self):
        """Whether it can be pressed. What GTK 4.18 has as the first action of a row is to select it."""
        if not self._property('org.a11y.atspi.Action', 'NActions'):
            return False
        return not self.bus.ask(self, 'org.a11y.atspi.Action', 'GetName',
                                GLib.Variant('(i)', (0,)))[0].startswith('list')

    def act(self):
        self.bus.ask(self, 'org.a11y.atspi.Action', 'DoAction', GLib.Variant('(i)', (0,)))

    @property
    def box(self):
        """Where it is in its window: x, y, width, height; None where it is nowhere."""
        try:
            box = self.bus.ask(self, 'org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (1,)))
        except Lost:
            return None
        return box[0] if box[0][2] > 0 else None

    @property
    def interfaces(self):
        return self.bus.ask(self, ACCESSIBLE, 'GetInterfaces')[0]

    @property
    def text(self):
        length = self._property('org.a11y.atspi.Text', 'CharacterCount')
        if length is None:
            return None
        return self.bus.ask(self, 'org.a11y.atspi.Text', 'GetText',
                            GLib.Variant('(ii)', (0, length)))[0]

    def write(self, text):
        self.bus.ask(self, 'org.a11y.atspi.EditableText', 'SetTextContents',
                     GLib.Variant('(s)', (text,)))
