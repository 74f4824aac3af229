#!/usr/bin/env python3
"""Installs a build into an empty folder and checks that what it names is there.

Usage: test-install.py BUILD-FOLDER PREFIX
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

build, prefix = sys.argv[1:]

# Started by the bus, by the login, by hand.
PROGRAMS = ['bin/fika', 'bin/fika-service', 'libexec/fika/fika-parse']
DATA = [
    'share/applications/org.fikaplanner.Fika.desktop',
    'share/dbus-1/services/org.fikaplanner.Fika.service',
    'share/dbus-1/services/org.fikaplanner.Fika.Service.service',
    'share/fika/autostart/org.fikaplanner.Fika.Service.desktop',
    'share/glib-2.0/schemas/org.fikaplanner.Fika.gschema.xml',
    'share/icons/hicolor/scalable/apps/org.fikaplanner.Fika.svg',
    'share/icons/hicolor/symbolic/apps/org.fikaplanner.Fika-symbolic.svg',
    'share/man/man1/fika.1',
    'share/man/man1/fika-service.1',
    'share/metainfo/org.fikaplanner.Fika.metainfo.xml',
    # Distributions keep the units of packages elsewhere.
    'lib/systemd/user/fika-service.service' if prefix == '/usr' else
    'share/systemd/user/fika-service.service',
]


def keys(path):
    """The lines KEY=VALUE of a desktop entry or a bus service, in every group."""
    for line in path.read_text(encoding='utf-8').splitlines():
        key, separator, value = line.partition('=')
        if separator:
            yield key, value


with tempfile.TemporaryDirectory() as folder:
    answer = subprocess.run(['meson', 'install', '-C', build, '--no-rebuild', '--destdir', folder],
                            capture_output=True, text=True, check=False)
    if answer.returncode:
        sys.exit(answer.stdout + answer.stderr)
    root = Path(folder + prefix)

    problems = [f'{name} is not installed' for name in PROGRAMS + DATA if not (root / name).is_file()]
    problems += [f'{name} cannot be run' for name in PROGRAMS
                 if (root / name).is_file() and not os.access(root / name, os.X_OK)]
    for name in DATA:
        if not name.endswith(('.desktop', '.service')) or not (root / name).is_file():
            continue
        for key, value in keys(root / name):
            command = value.split()[0]
            if key in ('Exec', 'ExecStart') and command != 'gapplication' and not Path(folder + command).is_file():
                problems.append(f'{name}: {command} is not installed')
            if key == 'SystemdService' and not DATA[-1].endswith(f'/{value}'):
                problems.append(f'{name}: there is no unit {value}')
            if key == 'Name' and name.endswith('.service') and not name.endswith(f'/{value}.service'):
                problems.append(f'{name}: names {value}')

    if problems:
        sys.exit('\n'.join(problems))
