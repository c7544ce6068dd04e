#!/usr/bin/env bash
# setup.sh PYTHON VENV PINS LINK: the venv holds exactly the pins, the link shows this tree as a collection.
set -euo pipefail
python=$1 venv=$2 pins=$3 link=$4

if [[ $venv == */none ]]; then
    [[ $python == none ]] || echo "$python does not run." >&2
    echo "No Python >= 3.11 found (tried PYTHON, python3.13, python3.12, python3.11, python3)." >&2
    echo "Name one: make setup PYTHON=/path/to/python3.13" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$python is older than Python 3.11, which ansible-core 2.19 needs." >&2
    exit 1
fi

mkdir -p "$(dirname "$link")"
if [[ $(readlink "$link" || true) != ../../.. ]]; then
    rm -rf "$link"
    ln -sfn ../../.. "$link"
fi

# The stamp is a copy of the pins that were installed last: nothing is done while they are the same.
stamp=$venv/pins.installed
cmp -s "$pins" "$stamp" && exit 0

echo "Installing $pins into $venv (once; about two minutes)"
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$python has no venv or ensurepip; on Debian: apt-get install python3-venv" >&2
    exit 1
fi
# Two makes at once would install over each other.
lock=$venv.lock
mkdir -p "$(dirname "$venv")"
for ((waited = 0; ; waited++)); do
    mkdir "$lock" 2>/dev/null && break
    if ((waited == 600)); then
        echo "Another make setup has held $lock for 10 minutes; remove it if none runs." >&2
        exit 1
    fi
    sleep 1
done
trap 'rmdir "$lock"' EXIT
cmp -s "$pins" "$stamp" && exit 0
# Packages that the pins no longer name would stay, so a changed list gets a new venv.
rm -rf "$venv"
"$python" -m venv "$venv"
"$venv/bin/python" -m pip install -qq --no-input --requirement "$pins"
cp "$pins" "$stamp"
