#!/bin/sh
# Makes .venv and installs the locked requirements into it (with "dev": also those of tests and checks).
# Does nothing, quickly and without network, while the lock files are those it installed last.
set -eu
cd "$(dirname "$0")/.."
umask 022
UV_VERSION=0.13.9

say() { printf '%s\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

clock=""
stop_clock() {
    [ -n "$clock" ] || return 0
    kill "$clock" 2>/dev/null || true
    wait "$clock" 2>/dev/null || true
    clock=""
    printf '\r\033[K'
}
trap stop_clock EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Runs a command, and says meanwhile what it is and for how long already. The clock never outlives this script.
step() {
    what="$1"; shift
    began="$(date +%s)"
    if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
        while kill -0 $$ 2>/dev/null; do printf '\r  %s … %s s' "$what" "$(($(date +%s) - began))"; sleep 1; done &
        clock=$!
    else
        say "$what …"
    fi
    "$@"
    stop_clock
    say "✓ $what  $(($(date +%s) - began)) s"
}

# Prints why an interpreter will not do; nothing when it will.
objection() {
    "$1" - <<'PYTHON' 2>/dev/null || echo "it does not start"
import os, pathlib, sys

if sys.version_info < (3, 11):
    print(f"it is {sys.version.split()[0]}, older than 3.11")
elif os.geteuid() == 0:
    # PostgreSQL and the replicas of jobs run as other system users, which must be able to start this interpreter.
    base = pathlib.Path(sys.base_prefix).resolve()
    for folder in [base, *base.parents]:
        if not folder.stat().st_mode & 0o001:
            print(f"other system users cannot reach it through {folder}")
            break
PYTHON
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        candidates="$PYTHON"
    elif [ "$(id -u)" = 0 ]; then
        candidates="/usr/bin/python3 /usr/local/bin/python3 python3 python3.13 python3.12 python3.11 python3.14"
    else
        candidates="python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3"
    fi
    objections=""
    for candidate in $candidates; do
        path="$(command -v "$candidate" 2>/dev/null)" || continue
        reason="$(objection "$path")"
        if [ -z "$reason" ]; then python="$path"; return 0; fi
        objections="$objections
  $path: $reason"
    done
    fail "Hanse needs a Python of version 3.11 or newer.${objections:-
  There is no python3 on this machine.}
On Debian or Ubuntu: apt-get install python3 python3-venv. Or name one: PYTHON=/path/to/python3 make run"
}

wanted="$(cat requirements.txt sdk/pyproject.toml "$0" | sha256sum | cut -c1-16)"
wanted_dev="$(cat requirements.txt requirements-dev.txt sdk/pyproject.toml "$0" | sha256sum | cut -c1-16)"
stamp=.venv/.hanse-installed
# There while something is being installed. Packages that were written in part look whole to pip and uv ever after.
unfinished=.venv/.hanse-unfinished
if [ -e "$unfinished" ]; then
    say "An earlier installation was interrupted; beginning anew."
    rm -rf .venv
fi
installed="$(cat "$stamp" 2>/dev/null || true)"
case "${1:-}:$installed" in
    dev:"dev $wanted_dev" | :"run $wanted" | :"dev $wanted_dev") [ -x .venv/bin/python ] && exit 0 ;;
esac

if ! .venv/bin/python -c '' 2>/dev/null; then
    find_python
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        fail "$python cannot make virtual environments: its package python3-venv is missing.
On Debian or Ubuntu: apt-get install python3-venv"
    fi
    rm -rf .venv
    mkdir .venv
    touch "$unfinished"
    step "Making .venv with $python" "$python" -m venv .venv
fi
touch "$unfinished"
if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
    install_uv() {
        .venv/bin/python -m pip install -q --disable-pip-version-check "uv==$UV_VERSION" ||
            fail "uv could not be installed: is there a network? (After the first time none is needed.)"
    }
    step "Fetching uv" install_uv
fi
# Copies, not links into a private cache: other system users start some of these programs.
export UV_LINK_MODE="${UV_LINK_MODE:-copy}" UV_PYTHON=.venv/bin/python
install() {
    .venv/bin/uv pip install -q --require-hashes "$@" ||
        fail "The requirements could not be installed: is there a network? (After the first time none is needed.)"
}
# The command `hanse`, from this checkout. What it needs is locked with the rest; nothing is fetched to build it.
install_command() {
    .venv/bin/uv pip install -q --no-deps --no-build-isolation --offline -e ./sdk || fail "The command hanse could not be installed."
}
if [ "${1:-}" = dev ]; then
    step "Installing what is pinned in requirements.txt and requirements-dev.txt" \
        install -r requirements.txt -r requirements-dev.txt
    install_command
    echo "dev $wanted_dev" > "$stamp"
else
    step "Installing what is pinned in requirements.txt" install -r requirements.txt
    install_command
    echo "run $wanted" > "$stamp"
fi
rm "$unfinished"
