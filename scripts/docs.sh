#!/usr/bin/env bash
# docs.sh lint|render: antsibull-docs over a copy of the tree; render leaves reStructuredText and HTML in .cache/docs.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$PWD/.cache/docs-$1
out=$PWD/.cache/docs
scripts/copy_tree.sh "$work"
collection=$work/ansible_collections/wellarchitected/webapp

# antsibull-docs copies the collections that ours extends by asking git, to which those in an ignored .venv are nothing.
export GIT_CEILING_DIRECTORIES=$PWD/.venv:$PWD
export ANSIBLE_COLLECTIONS_PATH=$work
if [[ $1 == lint ]]; then
    exec antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs self "$collection"
fi
rm -rf "$out"
mkdir -p "$out/rst"
antsibull-docs collection --use-current --squash-hierarchy --dest-dir "$out/rst" wellarchitected.webapp
cat >"$out/rst/conf.py" <<'EOF'
project = "wellarchitected.webapp"
extensions = ["sphinx_antsibull_ext"]
html_theme = "alabaster"
# Labels of Ansible's own documentation, which is not built here.
suppress_warnings = ["ref.ref"]
EOF
python -m sphinx -q -b html "$out/rst" "$out/html"
echo "Documentation: $out/html/index.html"
