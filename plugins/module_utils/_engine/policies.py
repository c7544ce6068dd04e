# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM policy documents: the same rules may be written in many ways."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

try:
    from ansible_collections.amazon.aws.plugins.module_utils.policy import compare_policies
except ImportError:
    # _engine/module.py says that amazon.aws is missing before anything could come here.
    compare_policies = None

Document = Mapping[str, Any]
_ROOT = re.compile(r"^arn:aws[a-z-]*:iam::(\d{12}):root$")


def same_policy(found: Document | None, desired: Document | None) -> bool:
    """Two documents say the same, whatever the order and whether one value is a list or not."""
    if not found or not desired:
        return bool(found) == bool(desired)
    return not compare_policies(_rooted(found), _rooted(desired))


def _rooted(value: Any) -> Any:
    """The ARN of an account's root in any partition as in aws, the one that amazon.aws takes for the account's id.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
    """
    if isinstance(value, Mapping):
        return {key: _rooted(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_rooted(member) for member in value]
    return _ROOT.sub(r"arn:aws:iam::\1:root", value) if isinstance(value, str) else value


def same_policies(found: Mapping[str, Document] | None, desired: Mapping[str, Document] | None) -> bool:
    """Two sets of named documents: the same names, and each says the same."""
    first, second = found or {}, desired or {}
    return set(first) == set(second) and all(same_policy(first[name], second[name]) for name in second)


def as_text(document: Document) -> str:
    """The compact JSON that AWS's parameters take."""
    return json.dumps(document, separators=(",", ":"))
