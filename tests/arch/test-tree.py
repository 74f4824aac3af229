#!/usr/bin/env python3
"""Applies every rule of tree_rules.py to the sources. Usage: test-tree.py SOURCE-ROOT"""

import sys

sys.dont_write_bytecode = True
import tree_rules  # noqa: E402  (after the line that keeps the tree clean)

root = sys.argv[1]
failed = False
print(f'1..{len(tree_rules.RULES)}')
for number, rule in enumerate(tree_rules.RULES, 1):
    violations = tree_rules.check(rule, root)
    print(f'{"not ok" if violations else "ok"} {number} {tree_rules.title(rule)}')
    for violation in violations:
        print(f'# {violation}', file=sys.stderr)
    failed = failed or bool(violations)
sys.exit(failed)
