# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What goes with distributions: origins in the engine's terms, VPC origins that are ready, and the wait at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._engine.aws import Aws
from ..._engine.context import Context
from ..._engine.converge import converge
from ..._engine.errors import Refusal
from ..._engine.kind import State
from ..._engine.wait import until_ready
from .distribution import DEPLOYED_DISTRIBUTION, DISTRIBUTION, with_headers
from .origin_headers import fingerprints
from .vpc_origin import VPC_ORIGIN, lookup

_DOMAINS = ("domain_name", "bucket", "load_balancer")


def converge_distributions(
    context: Context, distributions: Sequence[Mapping[str, Any]], wait: bool, **common: Any
) -> dict[str, Any]:
    """Bring distributions into shape; wait until they are deployed everywhere, too, where asked to."""
    headers: dict[str, str] = {}
    wanted = [
        {**one, "origins": [_origin(context, origin, headers) for origin in one["origins"]]}
        if one.get("origins")
        else dict(one)
        for one in distributions
    ]
    if not context.check_mode:
        _until_vpc_origins_are_deployed(context, wanted)
    result = converge(context, with_headers(DISTRIBUTION, headers), wanted, **common)
    if wait and not context.check_mode and any(one["status"] != "Deployed" for one in result["resources"].values()):
        found = until_ready(context, DEPLOYED_DISTRIBUTION, wanted)
        return {**result, "resources": found}
    return result


def _origin(context: Context, origin: Mapping[str, Any], headers: dict[str, str]) -> State:
    """An origin without what is not asked for: a bucket by its domain, headers by their fingerprints.

    headers: gains the values.
    """
    given = {name: value for name, value in origin.items() if value is not None}
    if len([name for name in _DOMAINS if name in given]) > 1:
        raise Refusal(f"origin {given['id']} needs one of {', '.join(_DOMAINS)}, and not more")
    if "bucket" in given:
        given["domain_name"] = bucket_domain(context.aws, given.pop("bucket"))
    if "custom_headers" in given:
        marks, values = fingerprints(context.aws, given["custom_headers"], context.planned, context.check_mode)
        headers.update(values)
        given["custom_headers"] = marks
    return given


def bucket_domain(aws: Aws, bucket: str) -> str:
    """The regional domain name of a bucket, to which CloudFront is not redirected while the bucket is new.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
    """
    suffix = ".cn" if aws.partition == "aws-cn" else ""
    return f"{bucket}.s3.{aws.region}.amazonaws.com{suffix}"


def _until_vpc_origins_are_deployed(context: Context, distributions: Sequence[State]) -> None:
    """Those that are there, as CloudFront takes no other; one that is missing is the engine's to refuse."""
    named = {
        origin["vpc_origin"] for one in distributions for origin in one.get("origins") or () if origin.get("vpc_origin")
    }
    known = lookup(context.aws, [{"name": name} for name in sorted(named)]) if named else {}
    if any(one["status"] != "Deployed" for one in known.values()):
        until_ready(context, replace(VPC_ORIGIN, read=lookup), [{"name": name} for name in sorted(known)])
