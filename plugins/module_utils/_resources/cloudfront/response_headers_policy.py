# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Response headers policies: what viewers are told beside the origin's answer.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.kind import State
from .common import counted, uncounted
from .policies import Config, policy_kind, same_names

# Option of a security header -> member, and its suboptions -> members.
_SECURITY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "strict_transport_security": (
        "StrictTransportSecurity",
        {"max_age": "AccessControlMaxAgeSec", "include_subdomains": "IncludeSubdomains", "preload": "Preload"},
    ),
    "content_type_options": ("ContentTypeOptions", {}),
    "frame_options": ("FrameOptions", {"value": "FrameOption"}),
    "referrer_policy": ("ReferrerPolicy", {"value": "ReferrerPolicy"}),
    "content_security_policy": ("ContentSecurityPolicy", {"value": "ContentSecurityPolicy"}),
    "xss_protection": (
        "XSSProtection",
        {"protection": "Protection", "mode_block": "ModeBlock", "report_uri": "ReportUri"},
    ),
}
_CUSTOM = {"name": "Header", "value": "Value", "override": "Override"}


def options_of(config: Config) -> State:
    headers = config.get("SecurityHeadersConfig") or {}
    options: State = {"comment": config.get("Comment")}
    for option, (member, parts) in _SECURITY.items():
        found = headers.get(member)
        names = {**parts, "override": "Override"}
        options[option] = {part: found[name] for part, name in names.items() if name in found} if found else None
    options["custom_headers"] = [
        {part: one[member] for part, member in _CUSTOM.items()} for one in uncounted(config.get("CustomHeadersConfig"))
    ]
    options["remove_headers"] = [one["Header"] for one in uncounted(config.get("RemoveHeadersConfig"))]
    return options


def patched(config: Config, desired: State) -> dict[str, Any]:
    """What nobody asked for (CORS, Server-Timing, other headers) stays."""
    whole = dict(config)
    headers = dict(config.get("SecurityHeadersConfig") or {})
    for option, (member, parts) in _SECURITY.items():
        if desired.get(option) is not None:
            names = {**parts, "override": "Override"}
            given = {names[part]: value for part, value in desired[option].items() if value is not None}
            headers[member] = {**(headers.get(member) or {}), **given}
    if headers:
        whole["SecurityHeadersConfig"] = headers
    if desired.get("comment") is not None:
        whole["Comment"] = desired["comment"]
    if desired.get("custom_headers") is not None:
        items = [{member: one[part] for part, member in _CUSTOM.items()} for one in desired["custom_headers"]]
        whole["CustomHeadersConfig"] = counted(items)
    if desired.get("remove_headers") is not None:
        whole["RemoveHeadersConfig"] = counted([{"Header": name} for name in desired["remove_headers"]])
    return whole


def same_header(found: Any, desired: Any) -> bool:
    """What is asked of a security header is so; what CloudFront leaves out is off."""
    there = found or {}
    same = all((there.get(part) or False) == (value or False) for part, value in desired.items() if value is not None)
    return bool(found) and same


def same_custom(found: Any, desired: Any) -> bool:
    return _by_name(found) == _by_name(desired)


def _by_name(headers: Any) -> dict[str, tuple[Any, Any]]:
    return {one["name"].lower(): (one["value"], one["override"]) for one in headers or []}


RESPONSE_HEADERS_POLICY = policy_kind(
    "ResponseHeadersPolicy",
    "cloudfront_response_headers_policy",
    options_of,
    patched,
    equal={**dict.fromkeys(_SECURITY, same_header), "custom_headers": same_custom, "remove_headers": same_names},
)
