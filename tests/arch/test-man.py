#!/usr/bin/env python3
"""Checks manual pages. Usage: test-man.py PAGE...

Only macros of man(7) that are used in pairs or alone are known; an unknown one prints nothing where
text should be. Where groff is installed, it must have nothing to say.
"""

import re
import shutil
import subprocess
import sys

ALONE = {'TH', 'SH', 'SS', 'TP', 'PP', 'br', 'B', 'I', 'BR', 'BI', 'RB', 'RI', 'IR', 'IB'}
PAIRS = {'RS': 'RE', 'nf': 'fi'}
SECTIONS = ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'EXIT STATUS', 'SEE ALSO']


def problems(page):
    with open(page, encoding='utf-8') as file:
        lines = file.read().splitlines()
    opened = []
    verbatim = False
    for number, line in enumerate(lines, 1):
        match = re.match(r"[.'](\w+)", line)
        macro = match.group(1) if match else None
        if macro in PAIRS:
            opened.append(macro)
            verbatim = macro == 'nf' or verbatim
        elif macro in PAIRS.values():
            if not opened or PAIRS[opened.pop()] != macro:
                yield f'{number}: .{macro} closes nothing'
            verbatim = False if macro == 'fi' else verbatim
        elif macro and macro not in ALONE:
            yield f'{number}: .{macro} is not known'
        if not verbatim and re.search(r'(?<![\\\w-])--?[a-z]', line):
            yield f'{number}: a hyphen of an option is not written \\-'
        if line != line.rstrip():
            yield f'{number}: ends in blanks'
    for macro in opened:
        yield f'.{macro} is not closed'
    headings = [line[4:].strip('"') for line in lines if line.startswith('.SH ')]
    if not lines[0].startswith('.TH '):
        yield '1: does not begin with .TH'
    if [heading for heading in headings if heading in SECTIONS] != SECTIONS:
        yield f'sections are missing or out of order: {headings}'
    if shutil.which('groff'):
        answer = subprocess.run(['groff', '-man', '-ww', '-z', '-Tutf8', page],
                                capture_output=True, text=True, check=False)
        yield from answer.stderr.splitlines()


failed = False
print(f'1..{len(sys.argv) - 1}')
for index, name in enumerate(sys.argv[1:], 1):
    found = list(problems(name))
    print(f'{"not ok" if found else "ok"} {index} {name.rsplit("/", 1)[-1]}')
    for problem in found:
        print(f'# {problem}', file=sys.stderr)
    failed = failed or bool(found)
sys.exit(failed)
