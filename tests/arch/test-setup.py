#!/usr/bin/env python3
"""Checks data/setup.sh: its syntax, its usage, and how it counts. Usage: test-setup.py SCRIPT"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SCRIPT = sys.argv[1]


def run(*command):
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.returncode, answer.stdout, answer.stderr


def counted(*builds):
    """What setup.sh counts, for builds of (results, suites) as meson writes them."""
    with tempfile.TemporaryDirectory() as folder:
        logs = []
        for number, (results, suites) in enumerate(builds):
            log = Path(folder) / str(number)
            log.mkdir()
            logs.append(str(log))
            (log / 'testlog.json').write_text(
                ''.join(json.dumps({'name': name, 'result': result}) + '\n'
                        for name, result in results.items()), encoding='utf-8')
            (log / 'testlog.junit.xml').write_text(
                '<testsuites>' + ''.join(
                    f'<testsuite name="fika.{name}">' +
                    ''.join(f'<testcase name="{case}">{inner}</testcase>' for case, inner in cases) +
                    '</testsuite>' for name, cases in suites.items()) + '</testsuites>',
                encoding='utf-8')
        status, output, _ = run('sh', SCRIPT, 'count', *logs)
        return status, output.strip()


def syntax_is_right():
    assert run('sh', '-n', SCRIPT) == (0, '', '')
    if shutil.which('shellcheck'):
        status, output, _ = run('shellcheck', SCRIPT)
        assert status == 0, output


def wrong_usage_is_explained():
    status, output, errors = run('sh', SCRIPT, 'fly')
    assert (status, output) == (2, '') and 'sh data/setup.sh COMMAND' in errors
    status, output, errors = run('sh', SCRIPT, '--help')
    assert (status, errors) == (0, '') and 'sh data/setup.sh COMMAND' in output


def cases_are_counted_over_both_builds():
    build = ({'fika:a / one': 'OK', 'fika:a / two': 'OK'},
             {'fika:a / one': [('x', ''), ('y', '')]})
    assert counted(build, build) == (0, '6 passed, 0 failed')


def what_was_skipped_did_not_pass():
    build = ({'fika:a / one': 'OK', 'fika:a / two': 'SKIP', 'fika:a / three': 'SKIP'},
             {'fika:a / one': [('x', ''), ('y', '<skipped/>')],
              'fika:a / three': [('x', '<skipped/>'), ('y', '<skipped/>')]})
    assert counted(build) == (0, '1 passed, 0 failed, 4 skipped')


def failures_are_counted_and_told():
    build = ({'fika:a / one': 'FAIL', 'fika:a / two': 'TIMEOUT'},
             {'fika:a / one': [('x', '<failure/>'), ('y', '<error/>'), ('z', '')]})
    assert counted(build) == (1, '1 passed, 3 failed')


def a_crash_between_good_cases_is_a_failure():
    build = ({'fika:a / one': 'ERROR'}, {'fika:a / one': [('x', ''), ('y', '')]})
    assert counted(build) == (1, '2 passed, 1 failed')


def nothing_run_is_no_success():
    assert counted(({}, {})) == (1, '0 passed, 0 failed')
    assert counted(({'fika:a / one': 'SKIP'}, {})) == (1, '0 passed, 0 failed, 1 skipped')
    status, output, errors = run('sh', SCRIPT, 'count', '/nowhere')
    assert (status, output) == (1, '0 passed, 1 failed\n') and 'cannot be read' in errors


def what_tests_print_does_not_matter():
    build = ({'fika:a / one': 'OK'}, {'fika:a / one': [('x', '<system-out>\x07\x00é</system-out>')]})
    assert counted(build) == (0, '1 passed, 0 failed')


CASES = [
    syntax_is_right,
    wrong_usage_is_explained,
    cases_are_counted_over_both_builds,
    what_was_skipped_did_not_pass,
    failures_are_counted_and_told,
    a_crash_between_good_cases_is_a_failure,
    nothing_run_is_no_success,
    what_tests_print_does_not_matter,
]

failed = False
print(f'1..{len(CASES)}')
for number, case in enumerate(CASES, 1):
    try:
        case()
        print(f'ok {number} {case.__name__.replace("_", " ")}')
    except AssertionError as error:
        failed = True
        print(f'not ok {number} {case.__name__.replace("_", " ")}')
        print(f'# {error}', file=sys.stderr)
sys.exit(failed)
