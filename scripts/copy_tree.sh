#!/usr/bin/env bash
# copy_tree.sh FOLDER: this tree at FOLDER/ansible_collections/wellarchitected/webapp, with amazon and community beside
# it; for tools that want the real path, which a link is not. The copy holds what git would commit: tracked files as
# they are now, and new ones that are not ignored.
set -euo pipefail
cd "$(dirname "$0")/.."
collections=$1/ansible_collections
copy=$collections/wellarchitected/webapp

rm -rf "$collections"
mkdir -p "$copy"
git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do if [[ -e $file || -L $file ]]; then printf '%s\0' "$file"; fi; done |
    tar --create --null --no-recursion --files-from=- | tar --extract --directory="$copy"
# Without a repository of its own the copy would count as ignored where it lies in this one's .cache.
git init -q "$copy"

# What the documentation of our modules extends.
site=$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/ansible_collections
ln -s "$site/amazon" "$site/community" "$collections/"
