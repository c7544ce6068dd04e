# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The document of a distribution as a module's options, and options as a patch over the document.

CloudFront replaces the whole document at each update, so what nobody asked for is sent back as it was found:
https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._engine.kind import State
from .common import counted, uncounted
from .distribution_origins import merged_origin, origin_options, origin_patched

Document = Mapping[str, Any]

# What AWS recommends for viewers:
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
MODERN_TLS = "TLSv1.2_2021"
# In the order in which they are shown; a set of methods comes back in any.
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE")
# Lifetimes and forwarding of a behavior, which a cache policy takes the place of.
_WITHOUT_POLICY = ("ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL")

_SCALARS = {
    "comment": "Comment",
    "enabled": "Enabled",
    "http_version": "HttpVersion",
    "ipv6": "IsIPV6Enabled",
    "price_class": "PriceClass",
    "default_root_object": "DefaultRootObject",
    "web_acl": "WebACLId",
}
FIELDS = frozenset(
    {
        *_SCALARS,
        *("aliases", "certificate", "minimum_protocol_version", "origins", "origin_groups", "default_cache_behavior"),
        *("cache_behaviors", "custom_error_responses", "geo_restriction"),
    }
)
# What a new distribution has where nobody says otherwise.
NEW: State = {
    "enabled": True,
    "http_version": "http2and3",
    "ipv6": True,
    "price_class": "PriceClass_All",
    "default_root_object": "",
    "web_acl": "",
    "aliases": [],
    "certificate": "",
    "origin_groups": [],
    "cache_behaviors": [],
    "custom_error_responses": [],
    "geo_restriction": {"type": "none", "locations": []},
}
_BEHAVIOR: State = {
    "viewer_protocol_policy": "redirect-to-https",
    "allowed_methods": ["GET", "HEAD"],
    "cached_methods": ["GET", "HEAD"],
    "compress": True,
    "cache_policy": "",
    "origin_request_policy": "",
    "response_headers_policy": "",
}
_POLICIES = {
    "cache_policy": "CachePolicyId",
    "origin_request_policy": "OriginRequestPolicyId",
    "response_headers_policy": "ResponseHeadersPolicyId",
}


def options_of(config: Document) -> State:
    """A document as options. Sets are sorted, behaviors stay in their order."""
    certificate = config.get("ViewerCertificate") or {}
    geography = (config.get("Restrictions") or {}).get("GeoRestriction") or {}
    return {
        **{option: config.get(member) for option, member in _SCALARS.items()},
        "aliases": sorted(name.lower() for name in uncounted(config.get("Aliases"))),
        "certificate": certificate.get("ACMCertificateArn") or certificate.get("IAMCertificateId") or "",
        "minimum_protocol_version": certificate.get("MinimumProtocolVersion"),
        "origins": [origin_options(one) for one in uncounted(config.get("Origins"))],
        "origin_groups": [_group_options(one) for one in uncounted(config.get("OriginGroups"))],
        "default_cache_behavior": _behavior_options(config["DefaultCacheBehavior"]),
        "cache_behaviors": [_behavior_options(one) for one in uncounted(config.get("CacheBehaviors"))],
        "custom_error_responses": [_error_options(one) for one in uncounted(config.get("CustomErrorResponses"))],
        "geo_restriction": {
            "type": geography.get("RestrictionType", "none"),
            "locations": sorted(uncounted(geography)),
        },
    }


def _group_options(group: Document) -> State:
    return {
        "id": group["Id"],
        "members": [one["OriginId"] for one in uncounted(group["Members"])],
        "failover_status_codes": sorted(uncounted(group["FailoverCriteria"]["StatusCodes"])),
    }


def _behavior_options(behavior: Document) -> State:
    methods = behavior.get("AllowedMethods") or {}
    path = {"path_pattern": behavior["PathPattern"]} if "PathPattern" in behavior else {}
    return {
        **path,
        "origin": behavior["TargetOriginId"],
        "viewer_protocol_policy": behavior["ViewerProtocolPolicy"],
        "allowed_methods": in_order(uncounted(methods)),
        "cached_methods": in_order(uncounted(methods.get("CachedMethods"))),
        "compress": bool(behavior.get("Compress")),
        **{option: behavior.get(member) or "" for option, member in _POLICIES.items()},
    }


def in_order(methods: Sequence[str]) -> list[str]:
    return sorted(methods, key=METHODS.index)


def _error_options(response: Document) -> State:
    return {
        "error_code": response["ErrorCode"],
        "response_page_path": response.get("ResponsePagePath") or "",
        "response_code": int(response.get("ResponseCode") or 0),
        "caching_min_ttl": response.get("ErrorCachingMinTTL"),
    }


def merged(found: State, desired: State) -> State:
    """The options of the whole document once what is asked for is so. found: {} for a new distribution.

    Origins, groups, behaviors, error responses and aliases that desired does not name stay.
    """
    whole = dict(found or {**NEW, "comment": desired["name"]})
    given = {name: value for name, value in desired.items() if name in FIELDS and value is not None}
    if given.get("certificate") and not whole.get("certificate"):
        # CloudFront's own certificate goes with TLSv1, which nobody has chosen.
        whole["minimum_protocol_version"] = MODERN_TLS
    plain = (*_SCALARS, "certificate", "minimum_protocol_version")
    whole.update({name: given[name] for name in plain if name in given})
    if "aliases" in given:
        whole["aliases"] = sorted({*whole["aliases"], *(name.lower() for name in given["aliases"])})
    if "origins" in given:
        whole["origins"] = _joined(whole.get("origins") or [], given["origins"], "id", merged_origin)
    if "origin_groups" in given:
        whole["origin_groups"] = _joined(whole["origin_groups"], given["origin_groups"], "id", _merged_group)
    if "default_cache_behavior" in given:
        before = whole.get("default_cache_behavior") or {}
        whole["default_cache_behavior"] = _merged_behavior(before, given["default_cache_behavior"])
    if "cache_behaviors" in given:
        joined = _joined(whole["cache_behaviors"], given["cache_behaviors"], "path_pattern", _merged_behavior)
        whole["cache_behaviors"] = _in_wanted_order(joined, [one["path_pattern"] for one in given["cache_behaviors"]])
    if "custom_error_responses" in given:
        responses = _joined(
            whole["custom_error_responses"], given["custom_error_responses"], "error_code", _merged_error
        )
        whole["custom_error_responses"] = sorted(responses, key=lambda one: one["error_code"])
    if "geo_restriction" in given:
        restriction = given["geo_restriction"]
        whole["geo_restriction"] = {**restriction, "locations": sorted(restriction.get("locations") or [])}
    return whole


def _joined(
    found: Sequence[State], desired: Sequence[State], key: str, merge: Callable[[State, State], State]
) -> list[State]:
    """Those found, in their places, each with what is asked of it; new ones after them."""
    wanted = {one[key]: {name: value for name, value in one.items() if value is not None} for one in desired}
    there = {one[key] for one in found}
    kept = [merge(one, wanted[one[key]]) if one[key] in wanted else one for one in found]
    return [*kept, *(merge({}, one) for name, one in wanted.items() if name not in there)]


def _in_wanted_order(behaviors: list[State], paths: Sequence[str]) -> list[State]:
    """The first that fits a request decides: those named keep the places they have, in the order of the list."""
    named = {one["path_pattern"]: one for one in behaviors if one["path_pattern"] in paths}
    places = iter(paths)
    return [named[next(places)] if one["path_pattern"] in named else one for one in behaviors]


def _merged_group(found: State, desired: State) -> State:
    whole = {"failover_status_codes": [500, 502, 503, 504], **found, **desired}
    return {**whole, "failover_status_codes": sorted(whole["failover_status_codes"])}


def _merged_behavior(found: State, desired: State) -> State:
    given = {name: value for name, value in desired.items() if value is not None}
    whole = {**_BEHAVIOR, **found, **given}
    lists = {name: in_order(whole[name]) for name in ("allowed_methods", "cached_methods")}
    return {**whole, **lists}


def _merged_error(found: State, desired: State) -> State:
    return {"response_page_path": "", "response_code": 0, "caching_min_ttl": 10, **found, **desired}


def patched(config: Document, options: State, fields: frozenset[str], headers: Mapping[str, str]) -> dict[str, Any]:
    """The document with fields as in options (those of merged).

    config: the document found, {} for a new one. headers: values of custom headers by their fingerprint.
    """
    whole = dict(config)
    whole.update({member: options[option] for option, member in _SCALARS.items() if option in fields})
    if "aliases" in fields:
        whole["Aliases"] = counted(options["aliases"])
    if fields & {"certificate", "minimum_protocol_version"}:
        whole["ViewerCertificate"] = _certificate(config.get("ViewerCertificate") or {}, options)
    if "origins" in fields:
        before = {one["Id"]: one for one in uncounted(config.get("Origins"))}
        items = [origin_patched(before.get(one["id"], {}), one, headers) for one in options["origins"]]
        whole["Origins"] = counted(items)
    if "origin_groups" in fields:
        groups = {one["Id"]: one for one in uncounted(config.get("OriginGroups"))}
        whole["OriginGroups"] = counted([_group(groups.get(one["id"], {}), one) for one in options["origin_groups"]])
    if "default_cache_behavior" in fields:
        default = config.get("DefaultCacheBehavior") or {}
        whole["DefaultCacheBehavior"] = _behavior(default, options["default_cache_behavior"])
    if "cache_behaviors" in fields:
        paths = {one["PathPattern"]: one for one in uncounted(config.get("CacheBehaviors"))}
        items = [_behavior(paths.get(one["path_pattern"], {}), one) for one in options["cache_behaviors"]]
        whole["CacheBehaviors"] = counted(items)
    if "custom_error_responses" in fields:
        whole["CustomErrorResponses"] = counted([_error(one) for one in options["custom_error_responses"]])
    if "geo_restriction" in fields:
        restriction = options["geo_restriction"]
        geography = {"RestrictionType": restriction["type"], **counted(restriction["locations"])}
        whole["Restrictions"] = {**(config.get("Restrictions") or {}), "GeoRestriction": geography}
    return whole


def _certificate(before: Document, options: State) -> dict[str, Any]:
    """One of ACM, or the one that is there; viewers name the host (SNI) unless a dedicated address is paid for."""
    wanted = options["certificate"]
    if not wanted:
        return {"CloudFrontDefaultCertificate": True}
    key = "ACMCertificateArn" if wanted.startswith("arn:") else "IAMCertificateId"
    own = not before.get("CloudFrontDefaultCertificate", True)
    method = before.get("SSLSupportMethod") if own else None
    version = options.get("minimum_protocol_version")
    return {
        key: wanted,
        "SSLSupportMethod": method or "sni-only",
        **({"MinimumProtocolVersion": version} if version else {}),
    }


def _group(before: Document, options: State) -> dict[str, Any]:
    return {
        **before,
        "Id": options["id"],
        "FailoverCriteria": {"StatusCodes": counted(options["failover_status_codes"])},
        "Members": counted([{"OriginId": name} for name in options["members"]]),
    }


def _behavior(before: Document, options: State) -> dict[str, Any]:
    """An update wants more than a creation, so a new behavior has all of it:

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-overview-required-fields.html
    """
    off = {"Enabled": False, "Quantity": 0}
    whole: dict[str, Any] = {
        "TrustedSigners": off,
        "SmoothStreaming": False,
        "LambdaFunctionAssociations": counted([]),
        "FunctionAssociations": counted([]),
        "FieldLevelEncryptionId": "",
        **before,
        **({"PathPattern": options["path_pattern"]} if "path_pattern" in options else {}),
        "TargetOriginId": options["origin"],
        "ViewerProtocolPolicy": options["viewer_protocol_policy"],
        "AllowedMethods": {
            **counted(options["allowed_methods"]),
            "CachedMethods": counted(options["cached_methods"]),
        },
        "Compress": options["compress"],
    }
    for option, member in _POLICIES.items():
        whole.pop(member, None)
        if options[option]:
            whole[member] = options[option]
    if options["cache_policy"]:
        for name in _WITHOUT_POLICY:
            whole.pop(name, None)
    return whole


def _error(options: State) -> dict[str, Any]:
    """CloudFront gives the page and its code back empty where there are none, and does not take them so.

    https://github.com/ansible-collections/community.aws/issues/1424
    """
    page = {"ResponsePagePath": options["response_page_path"], "ResponseCode": str(options["response_code"])}
    return {
        "ErrorCode": options["error_code"],
        "ErrorCachingMinTTL": options["caching_min_ttl"],
        **(page if options["response_page_path"] else {}),
    }
