#!/usr/bin/env bash
# pins.sh PYTHON PINS: what requirements/dev.in resolves to today, as exact pins.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1 pins=$2
# Made with the lowest Python of a line, pins can be installed with the others of it; not the other way round.
case $("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') in
    3.11 | 3.12) ;;
    *)
        echo "make pins wants PYTHON=python3.11 or PYTHON=python3.12" >&2
        exit 1
        ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install -qq --no-input --requirement requirements/dev.in
{
    echo "# Made by make pins from requirements/dev.in; edit that."
    "$scratch/venv/bin/python" -m pip freeze --local
} >"$pins"
echo "$pins: $(grep -c == "$pins") packages"
