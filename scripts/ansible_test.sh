#!/usr/bin/env bash
# ansible_test.sh PYTHON COMMAND [ARGUMENT...]: ansible-test over a copy of the tree.
#
# ansible-test wants a real path ansible_collections/<namespace>/<name>, which a link is not. The copy holds what
# git would commit: tracked files as they are now, and new ones that are not ignored.
set -euo pipefail
python=$1
shift
root=$(cd "$(dirname "$0")/.." && pwd)
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
work=$root/.cache/ansible-test/$version-$1
copy=$work/ansible_collections/wellarchitected/webapp

rm -rf "$work/ansible_collections"
mkdir -p "$copy" "$work/tmp"
cd "$root"
git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do if [[ -e $file || -L $file ]]; then printf '%s\0' "$file"; fi; done |
    tar --create --null --no-recursion --files-from=- | tar --extract --directory="$copy"
# What the documentation of our modules extends.
site=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/ansible_collections
ln -s "$site/amazon" "$site/community" "$work/ansible_collections/"
# Without a repository of its own the copy would count as ignored: it lies in this one's .cache.
git init -q "$copy"

# The tools' venvs, and the cache where ansible-test looks for the get-pip.py that it would download: pip is on
# this machine already, inside Python.
export HOME=$root/.cache/ansible-test/home
mkdir -p "$HOME/.ansible/test/cache"
"$python" - "$HOME/.ansible/test/cache" <<'EOF'
import inspect
import pathlib
import re
import sys

from ansible_test._internal import pypi_proxy, python_requirements  # noqa: F401

names = set(re.findall(r"(?:^|[^\d.])(\d+\.\d+(?:\.\d+)?)(?=['\"])", inspect.getsource(python_requirements)))
for version in names:
    path = pathlib.Path(sys.argv[1], f"get_pip_{version.replace('.', '_')}.py")
    path.write_text("import ensurepip\n\nensurepip.bootstrap(default_pip=True)\n")
EOF

# Only this tree and the collections that ansible brings; the caller's settings stay out.
unset ANSIBLE_CONFIG ANSIBLE_HOME ANSIBLE_COLLECTIONS_PATH
export TMPDIR=$work/tmp PIP_QUIET=2
cd "$copy"
exec "$(dirname "$python")/ansible-test" "$@" --python "$version" --local
