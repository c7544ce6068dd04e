# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Modules run in the tests' own process, against local_aws."""

from __future__ import annotations

from typing import Any

from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import Aws
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.session import make_session

TAGS = {"Project": "shop"}


def run_module(
    code: Any, params: dict[str, Any], *, check: bool = False, region: str = "us-east-1", planned: Any = None
) -> dict[str, Any]:
    """The result of a module's run() with these options. code: the module, of plugins/modules."""
    aws = Aws(make_session({"access_key": "LOCALAWS", "secret_key": "local"}), region)
    context = Context(aws=aws, check_mode=check, strict=True, planned=planned or {})
    result: dict[str, Any] = code.run(context, {"tags": TAGS, "purge_tags": True, **params})
    return result
