#!/usr/bin/env bash
# timed.sh MAKE TARGET...: each target in turn, its time printed, stops at the first that fails.
set -euo pipefail
make=$1
shift
summary=()
for target in "$@"; do
    printf '\n==== %s\n' "$target"
    began=$SECONDS
    status=0
    "$make" "$target" || status=$?
    summary+=("$(printf '%-12s %4d s  %s' "$target" $((SECONDS - began)) "$([[ $status == 0 ]] && echo passed || echo "FAILED ($status)")")")
    if [[ $status != 0 ]]; then
        break
    fi
done
printf '\n==== make test\n'
printf '%s\n' "${summary[@]}" "$(printf '%-12s %4d s' all $SECONDS)"
exit "$status"
