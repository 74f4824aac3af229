#!/usr/bin/env python3
"""Checks what translators get. Usage: test-po.py SOURCE-ROOT

xgettext must have nothing to say about the template, and every translation must pass msgfmt.
"""

import subprocess
import sys
from pathlib import Path

root = Path(sys.argv[1])

KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']


def said(*command):
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    return answer.stderr.splitlines() or ([f'status {answer.returncode}'] if answer.returncode else [])


checks = [('the template', ['xgettext', '--files-from=po/POTFILES.in', '--from-code=UTF-8',
                            '--output=/dev/null', *(f'--keyword={word}' for word in KEYWORDS)])]
for name in (root / 'po' / 'LINGUAS').read_text(encoding='utf-8').split():
    checks.append((name, ['msgfmt', '--check', '--output-file=/dev/null', f'po/{name}.po']))

failed = False
print(f'1..{len(checks)}')
for number, (what, command) in enumerate(checks, 1):
    problems = said(*command)
    print(f'{"not ok" if problems else "ok"} {number} {what}')
    for problem in problems:
        print(f'# {problem}', file=sys.stderr)
    failed = failed or bool(problems)
sys.exit(failed)
