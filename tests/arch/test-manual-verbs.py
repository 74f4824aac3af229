#!/usr/bin/env python3
"""Checks that the manual page has every verb and option of the terminal.

Usage: test-manual-verbs.py PROGRAM PAGE
"""

import re
import subprocess
import sys

program, page = sys.argv[1:]
with open(page, encoding='utf-8') as file:
    manual = re.sub(r'\\f.', '', file.read()).replace('\\-', '-').replace('"', ' ')


def helped(*words):
    answer = subprocess.run([program, *words, '--help'], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, f'fika {" ".join(words)} --help: {answer.stderr}'
    return answer.stdout


verbs = re.findall(r'^  ([a-z]+)((?: [a-z]+\b)?)', helped(), re.MULTILINE)
problems = [] if len(verbs) > 10 else ['fika --help lists no verbs']
for verb, subverb in verbs:
    if not re.search(rf'(?<![-\w]){verb}{subverb}(?![-\w])', manual):
        problems.append(f'{verb}{subverb} is not in the manual')
    for option in sorted(set(re.findall(r'(?<![-\w])--[a-z][-a-z]*', helped(verb, *subverb.split())))):
        if not re.search(rf'{option}(?![-\w])', manual):
            problems.append(f'{verb}{subverb} {option} is not in the manual')

if problems:
    sys.exit('\n'.join(problems))
