# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFront's behaviors: which are static, and whether they cache."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Item = Mapping[str, Any]

_BUCKET = re.compile(r"\.s3([.-][a-z0-9-]+)*\.amazonaws\.com")


def behaviors(config: Item) -> list[Item]:
    """The default behavior and the others."""
    others = (config.get("CacheBehaviors") or {}).get("Items") or ()
    return [config["DefaultCacheBehavior"], *others]


def name_of(behavior: Item) -> str:
    """The path that it is for."""
    return str(behavior.get("PathPattern") or "default")


def static(config: Item) -> list[Item]:
    """Behaviors whose origin is a bucket."""
    origins = (config.get("Origins") or {}).get("Items") or ()
    buckets = {one["Id"] for one in origins if _BUCKET.search(str(one.get("DomainName", "")))}
    return [one for one in behaviors(config) if one.get("TargetOriginId") in buckets]


def caching_fault(behavior: Item, policies: Mapping[str, Item]) -> str:
    """Why the behavior does not cache well, empty where it does. policies: CachePolicyConfig by id."""
    identifier = behavior.get("CachePolicyId")
    if not identifier:
        values = behavior.get("ForwardedValues") or {}
        cookies = (values.get("Cookies") or {}).get("Forward")
        return _fault(behavior, cookies, "all" if values.get("QueryString") else "none")
    policy = policies.get(identifier)
    if policy is None:
        return f"has the unknown CachePolicyId {identifier}"
    key = policy.get("ParametersInCacheKeyAndForwardedToOrigin") or {}
    cookies = (key.get("CookiesConfig") or {}).get("CookieBehavior")
    return _fault(policy, cookies, (key.get("QueryStringsConfig") or {}).get("QueryStringBehavior"))


def _fault(ttls: Item, cookies: str | None, queries: str | None) -> str:
    if not ttls.get("DefaultTTL") or ttls.get("MaxTTL") == 0:
        return f"has the DefaultTTL {ttls.get('DefaultTTL') or 0}"
    everything = [name for name, seen in (("cookies", cookies), ("query strings", queries)) if seen == "all"]
    return f"keys by all {' and '.join(everything)}" if everything else ""
