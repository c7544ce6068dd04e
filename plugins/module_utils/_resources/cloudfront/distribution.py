# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Distributions of CloudFront: found by comment, alias or Name tag, changed as a patch, never deleted.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..._describe import acm, cloudfront
from ..._describe.partitions import at_home
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import to_list
from ..acm.acm_certificate import ACM_CERTIFICATE, ISSUED, not_issued
from ..elbv2.load_balancer import LOAD_BALANCER
from ..wafv2.web_acl import WEB_ACL
from .cache_policy import CACHE_POLICY
from .common import one_of, outdated, tag
from .distribution_checks import reasons_against
from .distribution_document import FIELDS, merged, options_of, patched
from .origin_access_control import ORIGIN_ACCESS_CONTROL
from .origin_request_policy import ORIGIN_REQUEST_POLICY
from .response_headers_policy import RESPONSE_HEADERS_POLICY
from .vpc_origin import VPC_ORIGIN

DEPLOYED, IN_PROGRESS = "Deployed", "InProgress"
_ID = re.compile("E[A-Z0-9]{12,14}")
_METRICS = "additional_metrics"


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = _found(aws, items)

    def state(item: State) -> State:
        one = cloudfront.distribution(aws, found[item["name"]]["Id"])
        metrics = item.get(_METRICS) is not None
        return {
            "name": item["name"],
            "id": one["Id"],
            "arn": one["ARN"],
            "domain_name": one["DomainName"],
            **options_of(one["DistributionConfig"]),
            **({_METRICS: cloudfront.has_additional_metrics(aws, one["Id"])} if metrics else {}),
            "status": one["Status"],
            "tags": cloudfront.tags(aws, one["ARN"]),
        }

    states = {one["name"]: one for one in aws.map(state, [item for item in items if item["name"] in found])}
    _refuse_unissued(aws, items, states)
    return states


def _refuse_unissued(aws: Aws, items: Sequence[State], found: Mapping[str, State]) -> None:
    wanted = {(item["name"], item.get("certificate") or "") for item in items}
    new = {arn for name, arn in wanted if arn != found.get(name, {}).get("certificate")}
    arns = {arn for arn in new if arn.split(":")[2:3] == ["acm"]}
    try:
        known = acm.certificates(aws, arns=arns)
    except AwsError as error:
        if not error.missing:
            raise
        raise Refusal(f"certificate {', '.join(sorted(arns))} does not exist; check the ARN and the account") from error
    pending = [not_issued(one) for one in known if one["Status"] != ISSUED]
    if pending:
        raise Refusal(pending)


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Without the document."""
    fields = {"id": "Id", "arn": "ARN", "domain_name": "DomainName", "status": "Status"}
    return {
        name: {option: one[member] for option, member in fields.items()} for name, one in _found(aws, items).items()
    }


def _found(aws: Aws, items: Sequence[State]) -> dict[str, Mapping[str, Any]]:
    """Distributions in the list's shape: by id or ARN, else by comment, else by an alias, else by the Name tag.

    A distribution has no name. Tags are asked for last, one call for each distribution.
    """
    every = cloudfront.distributions(aws)
    found = {item["name"]: one for item in items for one in [_match(item, every)] if one}
    left = [item["name"] for item in items if item["name"] not in found and not is_id(item["name"])]
    taken = {one["Id"] for one in found.values()}
    others = [one for one in every if one["Id"] not in taken] if left else []
    tagged = list(zip(others, aws.map(lambda one: cloudfront.tags(aws, one["ARN"]), others), strict=True))
    for name in left:
        one = one_of("cloudfront_distribution", name, [one for one, tags in tagged if tags.get("Name") == name])
        if one:
            found[name] = one
    return found


def is_id(name: str) -> bool:
    return _ID.fullmatch(name) is not None or name.startswith("arn:")


def _match(item: State, every: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    name = item["name"]
    if is_id(name):
        return next((one for one in every if name in (one["Id"], one["ARN"])), None)
    named = [one for one in every if one.get("Comment") == name]
    wanted = {alias.lower() for alias in item.get("aliases") or []}
    aliased = [one for one in every if wanted & {alias.lower() for alias in one["Aliases"].get("Items") or []}]
    return one_of("cloudfront_distribution", name, named or aliased)


def create(aws: Aws, desired: State, headers: Mapping[str, str]) -> None:
    """The reference is this task's own, so that a repeated call makes no second one: DistributionAlreadyExists."""
    config = patched({}, merged({}, desired), FIELDS, headers)
    whole = {"CallerReference": f"{desired['name']}/{aws.task}", **config}
    aws.call_once(
        "cloudfront",
        "create_distribution_with_tags",
        DistributionConfigWithTags={"DistributionConfig": whole, "Tags": {"Items": to_list(desired["tags"])}},
    )


def update(
    aws: Aws, found: State, desired: State, fields: frozenset[str], headers: Mapping[str, str]
) -> Iterator[frozenset[str]]:
    """One call for the document, over the version that is there now; another for the metrics."""
    in_document = fields & FIELDS
    if in_document:
        one = cloudfront.distribution(aws, found["id"])
        before = one["DistributionConfig"]
        config = patched(before, merged(options_of(before), desired), in_document, headers)
        aws.call("cloudfront", "update_distribution", Id=found["id"], IfMatch=one["ETag"], DistributionConfig=config)
        yield in_document
    if _METRICS in fields:
        subscription = {"RealtimeMetricsSubscriptionConfig": {"RealtimeMetricsSubscriptionStatus": "Enabled"}}
        if desired[_METRICS]:
            aws.call(
                "cloudfront",
                "create_monitoring_subscription",
                DistributionId=found["id"],
                MonitoringSubscription=subscription,
            )
        else:
            aws.call("cloudfront", "delete_monitoring_subscription", DistributionId=found["id"])
        yield frozenset({_METRICS})


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """What is asked for, as the whole that it leads to; one that is found keeps the name that it bears.

    Errors: Refusal.
    """
    if found is None and is_id(desired["name"]):
        raise Refusal(f"cloudfront_distribution {desired['name']} does not exist; check the id and the account")
    whole = merged({name: found[name] for name in FIELDS} if found else {}, desired)
    reasons = reasons_against(whole)
    if reasons:
        raise Refusal([f"cloudfront_distribution {desired['name']}: {reason}" for reason in reasons])
    asked = {name: whole[name] for name in FIELDS if desired.get(name) is not None or (found is None and name in whole)}
    tags = dict(desired.get("tags") or {})
    own = (found or {}).get("tags", {}).get("Name")
    if own is not None:
        if found and desired["name"] not in (own, found["comment"]) and not is_id(desired["name"]):
            raise Refusal(
                f"cloudfront_distribution {desired['name']}: {found['id']} has one of its aliases and is called {own}; "
                "give the id as the name"
            )
        tags["Name"] = own
    elif is_id(desired["name"]):
        tags.pop("Name", None)
    return {**desired, **asked, "tags": tags}, []


def eventual(error: AwsError) -> bool:
    """What the document names may have been made a moment ago; an issued certificate is known a minute later.

    https://github.com/hashicorp/terraform-provider-aws/issues/6330
    """
    return outdated(error) or error.code in {
        "InvalidOriginAccessControl",
        "InvalidViewerCertificate",
        "InvalidWebACLId",
    }


def with_headers(kind: Kind, headers: Mapping[str, str]) -> Kind:
    """The kind, knowing the values of custom headers by their fingerprints: states hold no values."""
    return replace(kind, create=partial(create, headers=headers), update=partial(update, headers=headers))


def _at_home(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return (ACM_CERTIFICATE.lookup or ACM_CERTIFICATE.read)(at_home(aws), items)


# CloudFront takes certificates of one region, whatever the stack's.
_CERTIFICATE = replace(ACM_CERTIFICATE, read=_at_home, lookup=_at_home)

DISTRIBUTION = Kind(
    name="cloudfront_distribution",
    role="edge",
    read=read,
    lookup=lookup,
    create=partial(create, headers={}),
    update=partial(update, headers={}),
    tag=tag,
    name_tag=True,
    references={
        "certificate": Reference(_CERTIFICATE, "arn"),
        "web_acl": Reference(WEB_ACL, "arn"),
        "origins.load_balancer": Reference(LOAD_BALANCER, "dns_name"),
        "origins.origin_access_control": Reference(ORIGIN_ACCESS_CONTROL),
        "origins.vpc_origin": Reference(VPC_ORIGIN),
        **{
            f"{place}.{option}": Reference(kind)
            for place in ("default_cache_behavior", "cache_behaviors")
            for option, kind in (
                ("cache_policy", CACHE_POLICY),
                ("origin_request_policy", ORIGIN_REQUEST_POLICY),
                ("response_headers_policy", RESPONSE_HEADERS_POLICY),
            )
        },
    },
    # A change need not wait for the one before to arrive everywhere.
    wait=Wait(ready=frozenset({DEPLOYED, IN_PROGRESS}), timeout=2400),
    eventual=eventual,
    keeps=keeps,
)

# Minutes: what leads viewers to it waits for this.
DEPLOYED_DISTRIBUTION = replace(DISTRIBUTION, wait=Wait(ready=frozenset({DEPLOYED}), timeout=2400, poll=15))
