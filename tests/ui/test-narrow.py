#!/usr/bin/python3
"""A window of 360 pixels, as on a telephone: every place and sheet is reached, fits, and lets go again.
A widget that does not fit is a warning of GTK, and those are fatal here."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402

WIDTH = 360
SHADOW = 12  # what GTK draws around a window without a window manager


def fits(fika):
    width = fika.top.box[2]
    assert width <= WIDTH + SHADOW, f'{fika.top} is {width} pixels wide'


def back(fika, place):
    fika.press('Back', 'button', place)


def test_places(fika):
    fika.start()
    fits(fika)
    fika.press('Look Around With Sample Data')
    fika.toast('This is sample data')
    fits(fika)
    for key in ('ctrl+2', 'ctrl+3', 'ctrl+r', 'ctrl+1'):
        fika.key(key)
        fika.app.refresh()
        fits(fika)
    fika.press('Next Week', 'button', fika.place('Week'))
    fits(fika)


def test_person_and_back(fika):
    fika.key('ctrl+2')
    place = fika.place('People')
    fika.press('Maya Chen', 'list item', place)
    fika.find('Edit Person', 'button', place)
    fits(fika)
    back(fika, place)
    fika.press('Noor Haddad', 'list item', place)
    fika.find('Noor Haddad', 'label', place)


def test_group_and_back(fika):
    fika.key('ctrl+3')
    place = fika.place('Groups')
    fika.press('Harbour Choir', 'list item', place)
    fika.find('Edit Group', 'button', place)
    fits(fika)
    back(fika, place)
    fika.press('Tuesday Book Club', 'list item', place)


def test_sheets(fika):
    for key in ('ctrl+n', 'ctrl+l', 'ctrl+comma'):
        fika.key(key)
        wait_for('a sheet', lambda: fika.top != fika.main)
        fits(fika)
        fika.key('Escape')
        wait_for('the sheet to go', lambda: fika.top == fika.main)
    fika.key('ctrl+e')
    fika.sheet('Edit Group')
    fits(fika)
    fika.key('Escape')
    fika.sheet_gone('Edit Group')


def test_all_calm(fika):
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({'size': '360x640', 'window': '360x640'}, [
        test_places,
        test_person_and_back,
        test_group_and_back,
        test_sheets,
        test_all_calm,
    ]))
