#!/usr/bin/env bash
# galaxy_import.sh PYTHON: Galaxy's importer over the newest archive in .cache/build. Its requirements do not go
# together with the pinned tools, so it has a venv of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.cache/galaxy-importer
importer=galaxy-importer==0.4.44
if ! cmp -s <(echo "$importer") "$venv/installed"; then
    rm -rf "$venv"
    "$1" -m venv "$venv"
    "$venv/bin/python" -m pip install -qq --no-input "$importer"
    echo "$importer" >"$venv/installed"
fi
archive=$(find .cache/build -name 'wellarchitected-webapp-*.tar.gz' | sort -V | tail -n 1)
cat >.cache/galaxy-importer.cfg <<'EOF'
[galaxy-importer]
CHECK_REQUIRED_TAGS = True
RUN_ANSIBLE_DOC = True
RUN_ANSIBLE_LINT = False
RUN_ANSIBLE_TEST = False
EOF
# ansible-doc and the stock collections are those of the pinned venv; make put it in the PATH.
GALAXY_IMPORTER_CONFIG=$PWD/.cache/galaxy-importer.cfg "$venv/bin/python" -m galaxy_importer.main "$archive"
