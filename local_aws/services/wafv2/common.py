# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the parts of WAF share: its words of refusal, and web ACLs by ARN."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal


def invalid(message: str) -> Refusal:
    return Refusal("WAFInvalidParameterException", f"Error reason: {message}", 400)


def missing() -> Refusal:
    text = "AWS WAF couldn't perform the operation because your resource doesn't exist."
    return Refusal("WAFNonexistentItemException", text, 400)


def acl_of(call: Any, arn: str) -> Any:
    backend = call.backend(region="global" if ":global/" in arn else None)
    if arn not in backend.wacls:
        raise missing()
    return backend.wacls[arn]


def lowered(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        inner = {name: lowered(member, name) for name, member in value.items()}
        if key in ("SingleHeader", "SingleQueryArgument"):
            return {"Name": inner["Name"].lower()}
        return {"EvaluationWindowSec": 300, **inner} if key == "RateBasedStatement" else inner
    return [lowered(member) for member in value] if isinstance(value, list) else value
