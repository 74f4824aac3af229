#!/bin/sh
# Sets Fika up on this computer; see usage below.
set -eu

usage () {
  cat <<'END'
Usage: sh data/setup.sh COMMAND

  run     installs what Fika needs, builds it, installs it into ~/.local and opens it;
          without a display, opens it on a virtual one with sample data and leaves a picture
  test    installs what the tests need, and runs every test in two builds
  remove  takes Fika out of ~/.local again; what you told it stays
END
}

tree=$(cd "$(dirname "$0")/.." && pwd -P)
HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
export HOME
prefix=$HOME/.local

# The system's own Python comes first: its modules belong to it.
export PATH="/usr/bin:$PATH"

say () {
  printf '%s\n' "$*"
}

fail () {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

# Packages --------------------------------------------------------------------------------------

# packages MANAGER GROUP: what building and running takes, a display of our own, and the tests.
packages () {
  case $1-$2 in
    apt-build)
      say gcc libc6-dev meson ninja-build pkg-config gettext libgtk-4-dev libadwaita-1-dev \
        libnotify-dev libsqlite3-dev libical-dev libjson-glib-dev libebook1.2-dev libglib2.0-bin \
        libgdk-pixbuf-2.0-dev libxml2-utils desktop-file-utils dbus adwaita-icon-theme librsvg2-common tzdata python3
      ;;
    apt-display)
      say xvfb xauth dbus-daemon fonts-cantarell imagemagick xdotool procps
      ;;
    apt-test)
      say appstream at-spi2-core gir1.2-atspi-2.0 python3-gi python3-dbusmock python3-dateutil sqlite3
      ;;

    dnf-build)
      say gcc meson ninja-build pkgconf-pkg-config gettext gtk4-devel libadwaita-devel \
        libnotify-devel sqlite-devel libical-devel json-glib-devel evolution-data-server-devel \
        gdk-pixbuf2-devel glib2-devel libxml2 desktop-file-utils dbus-daemon adwaita-icon-theme \
        librsvg2 tzdata python3
      ;;
    dnf-display)
      say xorg-x11-server-Xvfb xorg-x11-xauth abattis-cantarell-fonts ImageMagick xdotool procps-ng
      ;;
    dnf-test)
      say appstream at-spi2-core python3-gobject python3-dbusmock python3-dateutil sqlite libasan \
        libubsan
      ;;

    pacman-build)
      say gcc meson ninja pkgconf gettext gtk4 libadwaita libnotify sqlite libical json-glib \
        evolution-data-server gdk-pixbuf2 glib2-devel libxml2 desktop-file-utils dbus adwaita-icon-theme \
        librsvg tzdata python
      ;;
    pacman-display)
      say xorg-server-xvfb xorg-xauth cantarell-fonts imagemagick xdotool procps-ng
      ;;
    pacman-test)
      say appstream at-spi2-core python-gobject python-dbusmock python-dateutil
      ;;
  esac
}

package_manager () {
  for manager in apt-get dnf pacman; do
    if command -v "$manager" >/dev/null; then
      say "${manager%-get}"
      return
    fi
  done
}

# Of the packages named, those that are not installed. Asks the computer alone, no network.
missing_packages () {
  case $manager in
    apt)
      for package; do
        status=$(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null) || status=
        case $status in
          *installed*) case $status in *not-installed*) say "$package" ;; esac ;;
          *) say "$package" ;;
        esac
      done
      ;;
    dnf)
      for package; do
        rpm -q --quiet --whatprovides "$package" || say "$package"
      done
      ;;
    pacman)
      pacman -T "$@" || true
      ;;
  esac
}

install_command () {
  case $manager in
    apt) say "apt-get install -y --no-install-recommends" ;;
    dnf) say "dnf install -y --setopt=install_weak_deps=False" ;;
    pacman) say "pacman -S --needed --noconfirm" ;;
  esac
}

as_root () {
  if [ "$(id -u)" -eq 0 ]; then
    "$@" </dev/null
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

need_packages () {
  manager=$(package_manager)
  if [ -z "$manager" ]; then
    need_without_manager
    return
  fi

  wanted=
  for group; do
    wanted="$wanted $(packages "$manager" "$group")"
  done
  # shellcheck disable=SC2086 # one word a package
  missing=$(missing_packages $wanted | tr '\n' ' ')
  missing=${missing% }
  [ -n "$missing" ] || return 0

  say "Not installed yet: $missing"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "there is no sudo here. As root, run: $(install_command) $missing
Then run this again."
    say "sudo may ask for your password to install them."
    as_root true ||
      fail "sudo did not let us. As root, run: $(install_command) $missing
Then run this again."
  fi

  if [ "$manager" = apt ]; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q ||
      say "The lists of packages could not all be brought up to date; trying with those there are."
  fi
  # shellcheck disable=SC2046,SC2086 # words of a command, one word a package
  as_root env DEBIAN_FRONTEND=noninteractive $(install_command) $missing ||
    fail "these packages could not be installed: $missing
Install them as root, with: $(install_command) $missing
Then run this again."
}

# On a system with another package manager, the build itself says which library it misses.
need_without_manager () {
  for program in gcc meson ninja pkg-config msgfmt glib-compile-resources; do
    command -v "$program" >/dev/null ||
      fail "$program is not installed, and there is no apt, dnf or pacman here to do it with.
The README has the table of everything Fika needs."
  done
}

# Builds ----------------------------------------------------------------------------------------

# build FOLDER OPTION...
build () {
  folder=$1
  shift
  if [ -e "$folder/build.ninja" ]; then
    # An older tree or system may have left what no longer configures: then from the start.
    meson setup --reconfigure "$folder" "$tree" "$@" >"$folder/setup.log" 2>&1 ||
      meson setup --wipe "$folder" "$tree" "$@"
  else
    meson setup "$folder" "$tree" "$@"
  fi
  meson compile -C "$folder"
}

# Sets $home: folders for programs that must not see the person's own, gone when this script ends.
private_home () {
  if [ -z "${homes:-}" ]; then
    homes=$(mktemp -d)
    trap 'rm -rf "$homes"' EXIT
  fi
  home=$(mktemp -d "$homes/XXXXXX")
  mkdir -m 0700 "$home/run" "$home/data" "$home/config" "$home/cache"
}

# run -------------------------------------------------------------------------------------------

have_display () {
  [ -n "${WAYLAND_DISPLAY:-}" ] || [ -n "${DISPLAY:-}" ]
}

have_bus () {
  [ -n "${DBUS_SESSION_BUS_ADDRESS:-}" ] || [ -S "${XDG_RUNTIME_DIR:-/nowhere}/bus" ]
}

bus_call () {
  gdbus call --session --timeout 5 "$@" >/dev/null 2>&1 || true
}

# A running service is an older Fika's; the new one starts when it is next needed.
renew_bus () {
  have_bus || return 0
  bus_call --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
    --method org.freedesktop.DBus.ReloadConfig
  # Where no systemd runs for the person, nothing is told.
  bus_call --dest org.freedesktop.systemd1 --object-path /org/freedesktop/systemd1 \
    --method org.freedesktop.systemd1.Manager.Reload
  if gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
    --method org.freedesktop.DBus.NameHasOwner org.fikaplanner.Fika.Service 2>/dev/null |
    grep -q true; then
    bus_call --dest org.fikaplanner.Fika.Service --object-path /org/fikaplanner/Fika/Service \
      --method org.fikaplanner.Fika.Service.Quit
  fi
}

install_fika () {
  build "$tree/_build" --prefix "$prefix" --libdir lib -Dwerror=false
  meson install -C "$tree/_build" --no-rebuild --quiet
  renew_bus

  say "Fika is installed in $prefix."
  case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) say "$prefix/bin is not on your PATH: start it from the desktop's programs, as
$prefix/bin/fika, or add the folder to PATH to use the fika command." ;;
  esac
}

open_here () {
  log=$tree/_build/fika.log
  nohup "$prefix/bin/fika" >"$log" 2>&1 </dev/null &
  started=$!
  for _ in 1 2 3; do
    sleep 1
    if ! kill -0 "$started" 2>/dev/null; then
      # At an end so soon: it handed over to a Fika that is open already, or it could not start.
      wait "$started" || {
        cat "$log" >&2
        fail "Fika did not start; what it said is above, and in $log."
      }
      break
    fi
  done
  say "Fika is open."
}

# Runs within the private display and bus, with its own folders. The picture is taken when the
# sample data is in and the window has been the same for a second.
picture () {
  file=$1
  log=$XDG_RUNTIME_DIR/fika.log
  "$prefix/bin/fika" >"$log" 2>&1 &
  started=$!
  sampled=
  before=
  same=0
  for _ in $(seq 1 120); do
    sleep 0.25
    if ! kill -0 "$started" 2>/dev/null; then
      cat "$log" >&2
      fail "Fika did not start; what it said is above."
    fi
    if [ -z "$sampled" ]; then
      xdotool search --onlyvisible --name . >/dev/null 2>&1 || continue
      gapplication action org.fikaplanner.Fika load-sample
      sampled=yes
    fi
    import -window root "$file"
    now=$(cksum <"$file")
    if [ "$now" = "$before" ]; then
      same=$((same + 1))
      [ "$same" -lt 4 ] || break
    else
      same=0
    fi
    before=$now
  done
  kill "$started"
  wait "$started" 2>/dev/null || true
  [ "$same" -ge 4 ] || fail "Fika's window did not come to rest within half a minute."
}

open_on_virtual_display () {
  say "There is no display here: opening Fika on a virtual one, with sample data in a folder of its own."
  file=$tree/_build/fika.png
  private_home
  env -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS \
    XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
    XDG_CACHE_HOME="$home/cache" \
    XDG_DATA_DIRS="$prefix/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}" \
    LC_ALL=C.UTF-8 GSK_RENDERER=cairo NO_AT_BRIDGE=1 GTK_A11Y=none \
    xvfb-run -a -s '-screen 0 1180x760x24' dbus-run-session -- sh "$tree/data/setup.sh" picture "$file"
  say "A picture of its window is in $file."
}

command_run () {
  if have_display; then
    need_packages build
    install_fika
    open_here
  else
    need_packages build display
    install_fika
    open_on_virtual_display
  fi
}

command_remove () {
  [ -e "$tree/_build/build.ninja" ] || fail "this copy of the sources installed nothing."
  if have_bus && command -v systemctl >/dev/null; then
    systemctl --user disable --quiet fika-service.service 2>/dev/null || true
  fi
  ninja -C "$tree/_build" uninstall >/dev/null
  renew_bus
  glib-compile-schemas "$prefix/share/glib-2.0/schemas" 2>/dev/null || true
  rm -f "${XDG_CONFIG_HOME:-$HOME/.config}/autostart/org.fikaplanner.Fika.Service.desktop"
  say "Fika is removed. What you told it stays in ${XDG_DATA_HOME:-$HOME/.local/share}/fika."
}

# test ------------------------------------------------------------------------------------------

# run_tests FOLDER PATIENCE: every test of a build, on a display, a bus and folders of its own; a
# test hangs when it takes PATIENCE times what it may take.
run_tests () {
  private_home
  rm -f "$1/meson-logs/testlog.junit.xml" "$1/meson-logs/testlog.json"
  result=0
  env -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS -u DISPLAY \
    HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" \
    XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" LC_ALL=C.UTF-8 \
    xvfb-run -a -s '-screen 0 1280x1024x24' dbus-run-session -- \
    meson test -C "$1" --no-rebuild --print-errorlogs --timeout-multiplier "$2" </dev/null || result=$?
  return "$result"
}

# Counts the cases of every test; a test that ended badly with no failing case counts as one.
count_tests () {
  python3 - "$@" <<'END'
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

BAD = {'failure', 'error'}
NO_XML = re.compile(r'[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
passed = failed = skipped = 0
for logs in sys.argv[1:]:
    try:
        cases = {}
        with open(f'{logs}/testlog.junit.xml', encoding='utf-8', errors='replace') as file:
            # What tests print is copied into it, with characters that no XML may have.
            document = NO_XML.sub('?', file.read())
        for suite in ElementTree.fromstring(document).iter('testsuite'):
            cases[suite.get('name')] = [{child.tag for child in case} for case in suite.iter('testcase')]
        with open(f'{logs}/testlog.json', encoding='utf-8') as file:
            tests = [json.loads(line) for line in file]
    except (OSError, ElementTree.ParseError) as error:
        print(f'setup: the results in {logs} cannot be read: {error}', file=sys.stderr)
        failed += 1
        continue
    for test in tests:
        # A test of several cases is a suite "project.test"; what is no suite is one case.
        outcomes = cases.get(f'fika.{test["name"]}', [])
        if test['result'] == 'SKIP':
            skipped += max(1, len(outcomes))
        elif test['result'] in ('OK', 'EXPECTEDFAIL'):
            skipped += sum('skipped' in outcome for outcome in outcomes)
            passed += sum('skipped' not in outcome for outcome in outcomes) or not outcomes
        else:
            bad = sum(bool(outcome & BAD) for outcome in outcomes)
            skipped += sum('skipped' in outcome for outcome in outcomes)
            passed += sum(not outcome & (BAD | {'skipped'}) for outcome in outcomes)
            failed += max(1, bad)
print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
sys.exit(failed > 0 or passed == 0)
END
}

command_test () {
  need_packages build display test

  plain=$tree/_build-test
  sanitized=$tree/_build-sanitized
  status=0

  say "Building, with every warning an error."
  build "$plain" -Dwerror=true
  say "Building once more, with the address and undefined behaviour sanitizers."
  build "$sanitized" -Dwerror=true -Db_sanitize=address,undefined -Db_lundef=false
  run_tests "$plain" 2 || status=1
  run_tests "$sanitized" 5 || status=1

  count_tests "$plain/meson-logs" "$sanitized/meson-logs" || status=1
  exit "$status"
}

case ${1:-} in
  run) command_run ;;
  test) command_test ;;
  remove) command_remove ;;
  # What this script asks of itself, and its test of it.
  picture) picture "$2" ;;
  count)
    shift
    count_tests "$@"
    ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
