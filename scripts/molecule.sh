#!/usr/bin/env bash
# molecule.sh JOBS [SCENARIO...]: every scenario, or those named, JOBS at a time; a failed one shows its log.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=$1
shift
if [[ ! -d molecule ]]; then
    echo "molecule: no molecule folder in this tree"
    exit 0
fi
if [[ $# == 0 ]]; then
    shopt -s nullglob
    for file in molecule/*/molecule.yml; do set -- "$@" "$(basename "$(dirname "$file")")"; done
fi
if [[ $# == 0 ]]; then
    echo "molecule: no molecule/*/molecule.yml found" >&2
    exit 1
fi

logs=$PWD/.cache/molecule
mkdir -p "$logs"
# molecule does not read this tree's ansible.cfg.
unset ANSIBLE_CONFIG
export ANSIBLE_COLLECTIONS_PATH=$PWD/.collections MOLECULE_GLOB="molecule/*/molecule.yml" logs
one() {
    local began=$SECONDS status=0
    # Each scenario has a local_aws on a port of its own: two run at once.
    LOCAL_AWS_PORT=$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    export LOCAL_AWS_PORT
    molecule test --scenario-name "$1" >"$logs/$1.log" 2>&1 </dev/null || status=$?
    if [[ $status == 0 ]]; then
        printf '%-16s passed %4d s\n' "$1" $((SECONDS - began))
    else
        printf '%-16s FAILED %4d s (exit %d)\n' "$1" $((SECONDS - began)) "$status"
        sed "s/^/$1| /" "$logs/$1.log"
        return 1
    fi
}
export -f one
printf 'molecule: %d scenarios, %d at a time\n' $# "$jobs"
# shellcheck disable=SC2016 # $1 is the inner shell's
printf '%s\0' "$@" | xargs -0 -n 1 -P "$jobs" bash -c 'one "$1"' molecule
