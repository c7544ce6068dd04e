# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Imports run downwards only, as docs/architecture.md draws them."""

from __future__ import annotations

import pytest

from tests.contracts.tree import PACKAGE, imports, under

# Each layer and those that it may import beside itself.
BELOW = {
    "_drill": {"_review", "_stack", "_resources", "_describe", "_engine"},
    "_review": {"_stack", "_describe", "_engine"},
    "_stack": {"_describe", "_engine"},
    "_resources": {"_describe", "_engine"},
    "_describe": {"_engine"},
    "_engine": set(),
}
UTILS = "plugins/module_utils/"
PLUGINS = under("plugins/", suffixes=(".py",))
UTIL_FILES = [path for path in PLUGINS if path.startswith(UTILS) and path != f"{UTILS}__init__.py"]


def test_there_are_layers() -> None:
    assert {path.removeprefix(UTILS).split("/")[0] for path in UTIL_FILES} >= {"_engine", "_describe", "_resources"}


@pytest.mark.parametrize("path", UTIL_FILES)
def test_a_layer_imports_only_what_lies_below_it(path: str) -> None:
    layer = path.removeprefix(UTILS).split("/")[0]
    assert layer in BELOW, f"{layer} is no layer of docs/architecture.md: say there and here what it may import"
    ours = {name.removeprefix(PACKAGE) for name in imports(path) if name.startswith(PACKAGE)}
    prefix = "plugins.module_utils."
    outside = {name for name in ours if not name.startswith(prefix)}
    assert not outside, f"{path} imports {sorted(outside)}"
    used = {name.removeprefix(prefix).split(".")[0] for name in ours}
    above = used - BELOW[layer] - {layer}
    assert not above, f"{layer} lies below {sorted(above)}, or beside"


@pytest.mark.parametrize("path", [path for path in PLUGINS if path.startswith("plugins/plugin_utils/")])
def test_the_controllers_side_knows_the_engine_only(path: str) -> None:
    ours = {name.removeprefix(f"{PACKAGE}plugins.") for name in imports(path) if name.startswith(PACKAGE)}
    wrong = {name for name in ours if not name.startswith(("plugin_utils.", "module_utils._engine."))}
    assert not wrong, f"{path} imports {sorted(wrong)}"


@pytest.mark.parametrize("path", [path for path in PLUGINS if path.startswith(f"{UTILS}_review/")])
def test_a_check_is_pure(path: str) -> None:
    """What the review knows of AWS is in the snapshot."""
    aws = {name for name in imports(path) if name.split(".")[0] in {"boto3", "botocore"}}
    assert not aws, f"{path} imports {sorted(aws)}"


@pytest.mark.parametrize("path", PLUGINS)
def test_no_plugin_knows_local_aws(path: str) -> None:
    wrong = {name for name in imports(path) if {"local_aws", "moto", "tests"} & set(name.split("."))}
    assert not wrong, f"{path} imports {sorted(wrong)}"
