# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What CloudFront would refuse of a distribution, said before anything is changed.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html and the pages beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..._engine.kind import State
from .distribution_document import METHODS

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_OFFERED = (frozenset({"GET", "HEAD"}), _READS, frozenset(METHODS))
_CACHED = (frozenset({"GET", "HEAD"}), _READS)


def reasons_against(whole: State) -> list[str]:
    """Sentences on the options of a whole document, as distribution_document.merged makes them."""
    if not whole.get("origins") or not whole.get("default_cache_behavior"):
        return ["a new distribution needs origins and a default_cache_behavior"]
    return [
        *_origins(whole),
        *_groups(whole),
        *(reason for name, one in _behaviors(whole) for reason in _behavior(whole, name, one)),
        *_viewers(whole),
        *_errors(whole),
    ]


def _behaviors(whole: State) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "default_cache_behavior", whole["default_cache_behavior"]
    for one in whole["cache_behaviors"]:
        yield f"cache_behaviors {one['path_pattern']}", one


def _origins(whole: State) -> Iterator[str]:
    for one in whole["origins"]:
        if not one.get("domain_name"):
            yield f"origin {one['id']} has no domain_name, bucket or load_balancer"
        path = one["path"]
        if path and (not path.startswith("/") or path.endswith("/")):
            yield f"origin {one['id']}: path is {path}; it begins with a slash and does not end with one"


def _groups(whole: State) -> Iterator[str]:
    origins = {one["id"] for one in whole["origins"]}
    for group in whole["origin_groups"]:
        if len(group.get("members") or ()) != 2:
            yield f"origin group {group['id']} needs two members, the primary first"
        unknown = sorted(set(group.get("members") or ()) - origins)
        if unknown:
            yield f"origin group {group['id']} names origins that are not there: {', '.join(unknown)}"
        if group["id"] in origins:
            yield f"origin group {group['id']} is called like an origin; give it another id"


def _behavior(whole: State, name: str, behavior: Mapping[str, Any]) -> Iterator[str]:
    groups = {one["id"] for one in whole["origin_groups"]}
    targets = groups | {one["id"] for one in whole["origins"]}
    allowed, cached = frozenset(behavior["allowed_methods"]), frozenset(behavior["cached_methods"])
    if behavior.get("origin") not in targets:
        yield f"{name}: origin is {behavior.get('origin')}; there are {', '.join(sorted(targets))}"
    if behavior["origin_request_policy"] and not behavior["cache_policy"]:
        yield f"{name}: origin_request_policy needs a cache_policy"
    if allowed not in _OFFERED:
        yield f"{name}: allowed_methods are GET and HEAD, these and OPTIONS, or all of {', '.join(METHODS)}"
    if cached not in _CACHED or not cached <= allowed:
        yield f"{name}: cached_methods are GET and HEAD, or these and OPTIONS where it is allowed"
    if behavior.get("origin") in groups and not allowed <= _READS:
        yield f"{name}: an origin group fails over for GET, HEAD and OPTIONS alone; name an origin for other methods"


def _viewers(whole: State) -> Iterator[str]:
    if whole["aliases"] and not whole["certificate"]:
        yield f"aliases {', '.join(whole['aliases'])} need a certificate of us-east-1 that holds them"
    if not whole["certificate"] and whole.get("minimum_protocol_version") not in (None, "TLSv1"):
        yield "minimum_protocol_version needs a certificate: with CloudFront's own one it is TLSv1"
    if whole["certificate"].startswith("arn:") and whole["certificate"].split(":")[3] != "us-east-1":
        yield f"certificate {whole['certificate']} is not of us-east-1, where CloudFront looks for it"
    acl = whole["web_acl"]
    if acl.startswith("arn:") and ":global/webacl/" not in acl:
        yield f"web_acl {acl} is not of the scope CLOUDFRONT"
    restriction = whole["geo_restriction"]
    if (restriction["type"] == "none") == bool(restriction["locations"]):
        yield "geo_restriction has locations for the types whitelist and blacklist, and for these alone"
    wrong = [code for code in restriction["locations"] if not re.fullmatch("[A-Z]{2}", code)]
    if wrong:
        yield f"geo_restriction: {', '.join(wrong)} is no country of two capital letters (ISO 3166-1)"


def _errors(whole: State) -> Iterator[str]:
    for one in whole["custom_error_responses"]:
        if bool(one["response_page_path"]) != bool(one["response_code"]):
            yield f"custom_error_responses {one['error_code']}: give response_page_path and response_code, or neither"
