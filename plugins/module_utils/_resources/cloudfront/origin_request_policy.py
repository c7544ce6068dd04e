# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Origin request policies: what of a request the origin is told.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginRequestPolicyConfig.html
"""

from __future__ import annotations

from typing import Any

from ..._engine.kind import State
from .policies import SAME_PARTS, Config, parts_check, parts_of, parts_patched, policy_kind


def options_of(config: Config) -> State:
    return {"comment": config.get("Comment"), **parts_of(config)}


def patched(config: Config, desired: State) -> dict[str, Any]:
    comment = {"Comment": desired["comment"]} if desired.get("comment") is not None else {}
    return {**config, **comment, **parts_patched(config, desired)}


ORIGIN_REQUEST_POLICY = policy_kind(
    "OriginRequestPolicy", "cloudfront_origin_request_policy", options_of, patched, equal=SAME_PARTS, check=parts_check
)
