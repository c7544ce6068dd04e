#!/usr/bin/env bash
# pins.sh PYTHON PINS: what requirements/dev.in resolves to today, as exact pins.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1 pins=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install -qq --no-input --requirement requirements/dev.in
{
    echo "# Made by make pins from requirements/dev.in; edit that."
    "$scratch/venv/bin/python" -m pip freeze --local
} >"$pins"
echo "$pins: $(grep -c == "$pins") packages"
