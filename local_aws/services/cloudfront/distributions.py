# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Distributions: made, changed as a whole, deployed in minutes, deleted once they are disabled.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html. moto has one of each name beside
ours, for invalidations.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local_aws import transitions
from local_aws.refusal import Refusal
from local_aws.services.cloudfront import aws, common, document_checks
from local_aws.services.cloudfront.documents import completed

Document = dict[str, Any]

NAME = "distributions"
STATES = "GetDistribution"


def found(call: Any, identifier: str) -> dict[str, Any]:
    one = common.store(call, NAME).get(identifier)
    if one is None:
        raise Refusal("NoSuchDistribution", "The specified distribution does not exist.", 404)
    return one


def _status(call: Any, identifier: str) -> str:
    return call.front.transitions.seen(call, STATES, identifier) or "Deployed"


def _shown(call: Any, identifier: str, one: dict[str, Any]) -> Document:
    return {
        "Id": identifier,
        "ARN": common.arn(call, f"distribution/{identifier}"),
        "Status": _status(call, identifier),
        "LastModifiedTime": one["modified"],
        "InProgressInvalidationBatches": 0,
        "DomainName": one["domain"],
        "ActiveTrustedSigners": {"Enabled": False, "Quantity": 0},
        "ActiveTrustedKeyGroups": {"Enabled": False, "Quantity": 0},
        "DistributionConfig": one["config"],
        "AliasICPRecordals": [
            {"CNAME": name, "ICPRecordalStatus": "APPROVED"} for name in one["config"]["Aliases"].get("Items") or []
        ],
    }


def _create(call: Any, config: Document, tags: list[dict[str, str]]) -> Document:
    for identifier, one in common.store(call, NAME).items():
        if one["config"]["CallerReference"] == config["CallerReference"]:
            message = (
                "The caller reference that you are using to create a distribution is associated with another "
                f"distribution. Already exists: {identifier}"
            )
            raise Refusal("DistributionAlreadyExists", message, 409)
    document_checks.check(call, config, "")
    beside = _beside(call, config["CallerReference"])
    identifier = beside.distribution_id
    answer = _put(call, identifier, config, beside.domain_name)
    call.backend().tagger.tag_resource(beside.arn, tags)
    return {**answer, "Location": f"https://cloudfront.amazonaws.com/2020-05-31/distribution/{identifier}"}


def _beside(call: Any, reference: str) -> Any:
    from moto.cloudfront.models import Distribution

    plain = {
        "CallerReference": reference,
        "Origins": {"Items": [{"Id": "origin", "DomainName": "origin.example"}]},
        "DefaultCacheBehavior": {"TargetOriginId": "origin", "ViewerProtocolPolicy": "https-only"},
    }
    beside = Distribution(call.account, call.partition, plain)
    beside.distribution_id = beside.id = common.new_id()
    beside.arn = common.arn(call, f"distribution/{beside.id}")
    call.backend().distributions[beside.id] = beside
    return beside


def _put(call: Any, identifier: str, config: Document, domain: str) -> Document:
    one = {"config": completed(config), "etag": common.new_id(), "modified": datetime.now(UTC), "domain": domain}
    common.store(call, NAME)[identifier] = one
    call.front.transitions.begin(call, STATES, identifier, transitions.Meanwhile(("InProgress",)))
    return {"Distribution": _shown(call, identifier, one), "ETag": one["etag"]}


@aws.adds
def create_distribution(call: Any, *, distribution_config: Document) -> Document:
    return _create(call, distribution_config, [])


@aws.adds
def create_distribution_with_tags(call: Any, *, distribution_config_with_tags: Document) -> Document:
    given = distribution_config_with_tags
    return _create(call, given["DistributionConfig"], given["Tags"].get("Items") or [])


@aws.adds
def update_distribution(call: Any, *, distribution_config: Document, id: str, if_match: str = "") -> Document:
    one = found(call, id)
    common.match(if_match, one)
    document_checks.check_update(distribution_config, one["config"])
    document_checks.check(call, distribution_config, id)
    return _put(call, id, distribution_config, one["domain"])


@aws.adds
def get_distribution(call: Any, *, id: str) -> Document:
    one = found(call, id)
    return {"Distribution": _shown(call, id, one), "ETag": one["etag"]}


@aws.adds
def get_distribution_config(call: Any, *, id: str) -> Document:
    one = found(call, id)
    return {"DistributionConfig": one["config"], "ETag": one["etag"]}


_SUMMED = (
    *("Aliases", "Origins", "OriginGroups", "DefaultCacheBehavior", "CacheBehaviors", "CustomErrorResponses"),
    *("Comment", "PriceClass", "Enabled", "ViewerCertificate", "Restrictions", "WebACLId", "HttpVersion"),
    *("IsIPV6Enabled", "Staging"),
)


@aws.adds
def list_distributions(call: Any, *, marker: str = "", max_items: str = "") -> Document:
    items = []
    for identifier, one in common.store(call, NAME).items():
        shown = _shown(call, identifier, one)
        kept = ("Id", "ARN", "Status", "LastModifiedTime", "DomainName", "AliasICPRecordals")
        summed = {name: one["config"][name] for name in _SUMMED}
        items.append({**{name: shown[name] for name in kept}, "ETag": one["etag"], **summed})
    return {"DistributionList": common.page(items, marker, max_items)}


@aws.adds
def delete_distribution(call: Any, *, id: str, if_match: str = "") -> None:
    one = found(call, id)
    common.match(if_match, one)
    if one["config"]["Enabled"] or call.front.transitions.state(call, STATES, id):
        message = "The distribution you are trying to delete has not been disabled."
        raise Refusal("DistributionNotDisabled", message, 409)
    del common.store(call, NAME)[id]
    call.backend().distributions.pop(id, None)
