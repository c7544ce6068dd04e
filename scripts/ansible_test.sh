#!/usr/bin/env bash
# ansible_test.sh COMMAND [ARGUMENT...]: ansible-test over a copy of the tree, with the Python of the venv.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
version=$(python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
work=$root/.cache/ansible-test/$version-$1
"$root/scripts/copy_tree.sh" "$work"

# Where ansible-test keeps its tools' venvs, and looks for the get-pip.py that it would download for them: Python
# brings pip.
export HOME=$root/.cache/ansible-test/home
mkdir -p "$HOME/.ansible/test/cache" "$work/tmp"
python - "$HOME/.ansible/test/cache" <<'EOF'
import inspect
import pathlib
import re
import sys

from ansible_test._internal import python_requirements

source = inspect.getsource(python_requirements.get_venv_packages)
for version in re.findall(r"pip='([\d.]+)'", source):
    path = pathlib.Path(sys.argv[1], f"get_pip_{version.replace('.', '_')}.py")
    path.write_text("import ensurepip\n\nensurepip.bootstrap(default_pip=True)\n")
EOF

# The caller's settings stay out.
unset ANSIBLE_CONFIG ANSIBLE_HOME ANSIBLE_COLLECTIONS_PATH
export TMPDIR=$work/tmp PIP_QUIET=2
cd "$work/ansible_collections/wellarchitected/webapp"
exec ansible-test "$@" --python "$version" --local
