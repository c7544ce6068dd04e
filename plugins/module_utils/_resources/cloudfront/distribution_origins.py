# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Origins of a distribution: a bucket, a server on the internet, a load balancer in a VPC; as options and a patch.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origin.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..._engine.fingerprint import fingerprint
from ..._engine.kind import State
from .common import counted, uncounted

Document = Mapping[str, Any]

BUCKET, CUSTOM, VPC = "bucket", "custom", "vpc"
_BUCKET_DOMAIN = re.compile(r"\.s3([.-][a-z0-9-]+)*\.amazonaws\.com(\.cn)?$")
_ORIGIN: State = {
    "path": "",
    "connection_attempts": 3,
    "connection_timeout": 10,
    "origin_shield_region": "",
    "custom_headers": {},
}
_WAITS: State = {"read_timeout": 30, "keepalive_timeout": 5}
_PORTS: State = {
    "protocol_policy": "https-only",
    "http_port": 80,
    "https_port": 443,
    "ssl_protocols": ["TLSv1.2"],
    **_WAITS,
}
_OF_KIND: Mapping[str, State] = {
    BUCKET: {"origin_access_control": ""},
    CUSTOM: _PORTS,
    VPC: {"vpc_origin": "", **_WAITS},
}


def origin_options(origin: Document) -> State:
    """An origin as options; values of custom headers as their fingerprints."""
    shield = origin.get("OriginShield") or {}
    headers = uncounted(origin.get("CustomHeaders"))
    options: State = {
        "id": origin["Id"],
        "domain_name": origin["DomainName"].lower(),
        "path": origin.get("OriginPath") or "",
        "connection_attempts": origin.get("ConnectionAttempts"),
        "connection_timeout": origin.get("ConnectionTimeout"),
        "origin_shield_region": shield.get("OriginShieldRegion") or "" if shield.get("Enabled") else "",
        "custom_headers": {one["HeaderName"].lower(): fingerprint(one["HeaderValue"]) for one in headers},
    }
    custom, vpc = origin.get("CustomOriginConfig"), origin.get("VpcOriginConfig")
    waits = custom or vpc or {}
    if waits:
        options["read_timeout"] = waits.get("OriginReadTimeout")
        options["keepalive_timeout"] = waits.get("OriginKeepaliveTimeout")
    if vpc:
        return {**options, "vpc_origin": vpc["VpcOriginId"]}
    if custom:
        return {
            **options,
            "protocol_policy": custom["OriginProtocolPolicy"],
            "http_port": custom["HTTPPort"],
            "https_port": custom["HTTPSPort"],
            "ssl_protocols": sorted(uncounted(custom.get("OriginSslProtocols"))),
        }
    return {**options, "origin_access_control": origin.get("OriginAccessControlId") or ""}


def kind_of(origin: State) -> str:
    """Bucket, custom or VPC, by what an origin has; by its domain where that says nothing."""
    if origin.get("vpc_origin"):
        return VPC
    if any(origin.get(name) is not None for name in ("protocol_policy", "http_port", "https_port", "ssl_protocols")):
        return CUSTOM
    if origin.get("origin_access_control") is not None:
        return BUCKET
    return BUCKET if _BUCKET_DOMAIN.search(origin.get("domain_name") or "") else CUSTOM


def merged_origin(found: State, desired: State) -> State:
    """An origin that becomes one of another kind loses what only the former one had.

    load_balancer is the DNS name of the one that was asked for, and stands for domain_name.
    """
    domain = desired.get("load_balancer") or desired.get("domain_name")
    desired = {name: value for name, value in desired.items() if name != "load_balancer"}
    desired |= {"domain_name": domain.lower()} if domain else {}
    said = {name: desired[name] for name in ("vpc_origin", *_PORTS, "origin_access_control") if name in desired}
    moved = desired.get("domain_name") not in (None, found.get("domain_name"))
    kind = kind_of(desired) if not found or moved or set(said) - set(_WAITS) else kind_of(found)
    every = {name for options in _OF_KIND.values() for name in options}
    kept = {name: value for name, value in found.items() if name in _OF_KIND[kind] or name not in every}
    whole = {**_ORIGIN, **_OF_KIND[kind], **kept, **desired}
    whole["custom_headers"] = {**(kept.get("custom_headers") or {}), **(desired.get("custom_headers") or {})}
    if "ssl_protocols" in whole:
        whole["ssl_protocols"] = sorted(whole["ssl_protocols"])
    return whole


def origin_patched(before: Document, options: State, headers: Mapping[str, str]) -> dict[str, Any]:
    """The origin found ({} for a new one) with all that options say. headers: values by their fingerprints."""
    there = uncounted(before.get("CustomHeaders"))
    values = {**{fingerprint(one["HeaderValue"]): one["HeaderValue"] for one in there}, **headers}
    named = {one["HeaderName"].lower(): one["HeaderName"] for one in there}
    region = options["origin_shield_region"]
    kinds = ("S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig")
    kind = kind_of(options)
    sent = [
        {"HeaderName": named.get(name, name), "HeaderValue": values[mark]}
        for name, mark in options["custom_headers"].items()
    ]
    return {
        **{name: value for name, value in before.items() if name not in kinds},
        "Id": options["id"],
        "DomainName": options["domain_name"],
        "OriginPath": options["path"],
        "ConnectionAttempts": options["connection_attempts"],
        "ConnectionTimeout": options["connection_timeout"],
        "OriginShield": {"Enabled": bool(region), **({"OriginShieldRegion": region} if region else {})},
        "CustomHeaders": counted(sent),
        "OriginAccessControlId": options["origin_access_control"] if kind == BUCKET else "",
        **_of_kind(kind, before, options),
    }


def _of_kind(kind: str, before: Document, options: State) -> dict[str, Any]:
    if kind == BUCKET:
        config = {"OriginAccessIdentity": "", **(before.get("S3OriginConfig") or {})}
        # A bucket is read by the one or the other.
        return {
            "S3OriginConfig": {**config, **({"OriginAccessIdentity": ""} if options["origin_access_control"] else {})}
        }
    waits = {"OriginReadTimeout": options["read_timeout"], "OriginKeepaliveTimeout": options["keepalive_timeout"]}
    if kind == VPC:
        owned = before.get("VpcOriginConfig") or {}
        same = owned if owned.get("VpcOriginId") == options["vpc_origin"] else {}
        return {"VpcOriginConfig": {**same, "VpcOriginId": options["vpc_origin"], **waits}}
    return {
        "CustomOriginConfig": {
            **(before.get("CustomOriginConfig") or {}),
            "HTTPPort": options["http_port"],
            "HTTPSPort": options["https_port"],
            "OriginProtocolPolicy": options["protocol_policy"],
            "OriginSslProtocols": counted(options["ssl_protocols"]),
            **waits,
        }
    }
