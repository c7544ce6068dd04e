# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cache policies: lifetimes, and what of a request is the key.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html
"""

from __future__ import annotations

from typing import Any

from ..._engine.kind import State
from .policies import SAME_PARTS, Config, parts_check, parts_of, parts_patched, policy_kind

_OPTIONS = {"comment": "Comment", "min_ttl": "MinTTL", "default_ttl": "DefaultTTL", "max_ttl": "MaxTTL"}
_KEY = "ParametersInCacheKeyAndForwardedToOrigin"
_FLAGS = {"gzip": "EnableAcceptEncodingGzip", "brotli": "EnableAcceptEncodingBrotli"}


def options_of(config: Config) -> State:
    key = config.get(_KEY) or {}
    flags = {option: bool(key.get(member)) for option, member in _FLAGS.items()}
    return {**{option: config.get(member) for option, member in _OPTIONS.items()}, **flags, **parts_of(key)}


def patched(config: Config, desired: State) -> dict[str, Any]:
    before = config.get(_KEY) or {}
    given = {member: desired[option] for option, member in _OPTIONS.items() if desired.get(option) is not None}
    flags = {member: desired[option] for option, member in _FLAGS.items() if desired.get(option) is not None}
    return {**config, **given, _KEY: {**before, **flags, **parts_patched(before, desired)}}


def check(desired: State) -> list[str]:
    reasons = parts_check(desired)
    given = [desired[name] for name in ("min_ttl", "default_ttl", "max_ttl") if desired.get(name) is not None]
    if given != sorted(given) or any(seconds < 0 for seconds in given):
        reasons.append(
            f"min_ttl, default_ttl and max_ttl are {', '.join(map(str, given))}; give seconds that do not fall"
        )
    return reasons


CACHE_POLICY = policy_kind("CachePolicy", "cloudfront_cache_policy", options_of, patched, equal=SAME_PARTS, check=check)
