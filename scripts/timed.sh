#!/usr/bin/env bash
# timed.sh MAKE TARGETS...: one after the other, their times printed, stops at the first that fails. TARGETS is one
# target, or several joined by commas, which run at once, and of which each shows what it says when it has ended.
set -euo pipefail
make=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

timed() {
    local began=$SECONDS status=0
    printf '\n==== %s\n' "$1"
    "$make" "$1" || status=$?
    printf '%-12s %4d s  %s\n' "$1" $((SECONDS - began)) \
        "$([[ $status == 0 ]] && echo passed || echo "FAILED ($status)")" >>"$scratch/summary"
    return "$status"
}

status=0
for targets in "$@"; do
    if [[ $targets == *,* ]]; then
        running=()
        for target in ${targets//,/ }; do
            timed "$target" >"$scratch/$target" 2>&1 &
            running+=("$target=$!")
        done
        for one in "${running[@]}"; do
            wait "${one#*=}" || status=$?
            cat "$scratch/${one%%=*}"
        done
    else
        timed "$targets" || status=$?
    fi
    if [[ $status != 0 ]]; then
        break
    fi
done
printf '\n==== make test\n'
cat "$scratch/summary"
printf '%-12s %4d s\n' all "$SECONDS"
exit "$status"
