#!/usr/bin/env bash
# docs.sh: checks the documentation, then renders it as reStructuredText and HTML.
set -euo pipefail
cd "$(dirname "$0")/.."
out=.cache/docs
antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs self .
rm -rf "$out"
mkdir -p "$out/rst"
antsibull-docs collection --use-current --squash-hierarchy --dest-dir "$out/rst" wellarchitected.webapp
cat >"$out/rst/conf.py" <<'EOF'
project = "wellarchitected.webapp"
extensions = ["sphinx_antsibull_ext"]
html_theme = "alabaster"
nitpicky = False
EOF
python -m sphinx -q -b html "$out/rst" "$out/html"
echo "Documentation: $out/html/index.html"
