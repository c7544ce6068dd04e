# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""RDS event subscriptions: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State, Wait, same_members
from ..._engine.tags import to_list
from ..sns.sns_topic import SNS_TOPIC
from .common import tag

_REASONS = {
    "no-permission": "RDS may not publish: the topic's policy and the policy of its key must allow "
    "events.rds.amazonaws.com",
    "topic-not-exist": "its topic has been deleted",
}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    names = {item["name"] for item in items}
    return {
        subscription["CustSubscriptionId"]: {
            "name": subscription["CustSubscriptionId"],
            "arn": subscription["EventSubscriptionArn"],
            "topic": subscription["SnsTopicArn"],
            "source_type": subscription.get("SourceType"),
            "sources": sorted(subscription.get("SourceIdsList") or []),
            "categories": sorted(subscription.get("EventCategoriesList") or []),
            "enabled": subscription.get("Enabled", False),
            "status": subscription["Status"],
            "status_reason": _REASONS.get(subscription["Status"]),
            "tags": subscription["Tags"],
        }
        for subscription in rds.event_subscriptions(aws, names=sorted(names))
        if subscription["CustSubscriptionId"] in names
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "rds",
        "create_event_subscription",
        SubscriptionName=desired["name"],
        SnsTopicArn=desired["topic"],
        SourceType=desired["source_type"],
        EventCategories=desired["categories"],
        Enabled=desired["enabled"],
        Tags=to_list(desired["tags"]),
        **({"SourceIds": desired["sources"]} if desired.get("sources") else {}),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """One call for what a Modify takes; the sources are added and removed one by one, added first."""
    together = fields - {"sources"}
    if together:
        aws.call(
            "rds",
            "modify_event_subscription",
            SubscriptionName=found["name"],
            SnsTopicArn=desired["topic"],
            SourceType=desired["source_type"],
            EventCategories=desired["categories"],
            Enabled=desired["enabled"],
        )
        yield together
    if "sources" in fields:
        before, after = set(found["sources"]), set(desired["sources"])
        changes = [("add_source_identifier_to_subscription", source) for source in sorted(after - before)]
        changes += [("remove_source_identifier_from_subscription", source) for source in sorted(before - after)]
        for operation, source in changes:
            aws.call("rds", operation, SubscriptionName=found["name"], SourceIdentifier=source)
            yield frozenset()
        yield frozenset({"sources"})


def no_access_yet(error: AwsError) -> bool:
    """A new topic's policy takes a moment until RDS is allowed to publish."""
    return error.code in {"SNSNoAuthorization", "SNSTopicArnNotFound", "SNSTopicArnNotFoundFault"}


EVENT_SUBSCRIPTION = Kind(
    name="db_event_subscription",
    role="aurora",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"topic": Reference(SNS_TOPIC, "arn")},
    equal={"sources": same_members, "categories": same_members},
    wait=Wait(ready=frozenset({"active"}), failed=frozenset({"no-permission", "topic-not-exist"}), timeout=300),
    eventual=no_access_yet,
)
