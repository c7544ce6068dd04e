# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Events and failovers: what happened to a cluster can be read afterwards, as the drill does."""

from __future__ import annotations

import datetime
from typing import Any

from local_aws import data_plane
from local_aws.refusal import Refusal
from local_aws.services.rds import aws, common, states


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def add(call: Any, thing: Any, kind: str, message: str, *categories: str, region: str | None = None) -> None:
    events = call.state("events", region=region)
    events[str(len(events))] = {
        "SourceIdentifier": thing.resource_id,
        "SourceType": "db-cluster" if kind == "cluster" else kind,
        "SourceArn": thing.arn,
        "Message": message,
        "EventCategories": list(categories),
        "Date": now(),
    }


@aws.adds
def describe_events(
    call: Any,
    *,
    source_identifier: str | None = None,
    source_type: str | None = None,
    start_time: datetime.datetime | None = None,
    end_time: datetime.datetime | None = None,
    duration: int = 60,
    event_categories: list[str] | None = None,
    max_records: int = 100,
    marker: str | None = None,
) -> dict[str, Any]:
    if source_identifier and not source_type:
        raise common.combination("Cannot specify source identifier without source type")
    start = start_time or now() - datetime.timedelta(minutes=duration)
    found = [
        event
        for event in [*_of_moto(call), *call.state("events").values()]
        if source_identifier in (None, event["SourceIdentifier"])
        and source_type in (None, event["SourceType"])
        and _aware(event["Date"]) >= _aware(start)
        and (end_time is None or _aware(event["Date"]) <= _aware(end_time))
        and (not event_categories or set(event_categories) & set(event["EventCategories"]))
    ]
    found.sort(key=lambda event: _aware(event["Date"]))
    first = int(marker or 0)
    answer: dict[str, Any] = {"Events": found[first : first + max_records]}
    if first + max_records < len(found):
        answer["Marker"] = str(first + max_records)
    return answer


def _aware(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _of_moto(call: Any) -> list[dict[str, Any]]:
    return [
        {
            "SourceIdentifier": event.source_identifier,
            "SourceType": event.source_type,
            "SourceArn": event.source_arn,
            "Message": event.message,
            "EventCategories": list(event.event_categories),
            "Date": event.date,
        }
        for event in call.backend().events
    ]


@aws.before("FailoverDBCluster")
def failover_rule(call: Any) -> None:
    cluster = common.cluster(call, call.params["DBClusterIdentifier"])
    target = call.params.get("TargetDBInstanceIdentifier")
    if target:
        member = common.instance(call, target)
        if member.db_cluster_identifier != cluster.db_cluster_identifier:
            raise common.value(f"Cannot find target instance: {target}")
        if member.is_cluster_writer:
            raise Refusal("InvalidDBInstanceState", f"{target} is the writer of the cluster already.", 400)
        if states.of_instance(call, target):
            raise Refusal("InvalidDBInstanceState", f"Instance {target} should be in valid state for failover.", 400)
        return
    others = [member for member in cluster.members if not member.is_cluster_writer]
    readers = [member for member in others if not states.of_instance(call, member.db_instance_identifier)]
    if others and not readers:
        raise common.cluster_state(
            f"Database cluster:{cluster.db_cluster_identifier} should have at least two database instances in valid "
            "states or a valid target instance for failover."
        )
    if readers:  # the lowest tier is promoted
        chosen = min(readers, key=lambda member: (member.promotion_tier, member.db_instance_identifier))
        call.change(TargetDBInstanceIdentifier=chosen.db_instance_identifier)


@aws.after("FailoverDBCluster")
def failed_over(call: Any, answer: dict[str, Any]) -> None:
    cluster = common.cluster(call, call.params["DBClusterIdentifier"])
    writer = call.params["TargetDBInstanceIdentifier"]
    data_plane.current().failed_over(call.account, call.region, cluster.db_cluster_identifier, writer)
    add(call, cluster, "cluster", f"Started failover to DB instance: {writer}", "failover")
    add(call, cluster, "cluster", f"Completed failover to DB instance: {writer}", "failover")


_CATEGORIES = {
    "db-cluster": [
        "configuration change", "creation", "deletion", "failover", "failure", "global-failover", "maintenance",
        "migration", "notification", "serverless",
    ],
    "db-instance": [
        "availability", "backup", "configuration change", "creation", "deletion", "failover", "failure", "low storage",
        "maintenance", "notification", "patch", "read replica", "recovery", "restoration", "security",
        "security patching",
    ],
    "db-cluster-snapshot": ["backup", "notification"],
    "db-snapshot": ["creation", "deletion", "notification", "restoration"],
    "db-parameter-group": ["configuration change"],
    "db-security-group": ["configuration change", "failure"],
}  # fmt: skip


@aws.adds
def describe_event_categories(call: Any, *, source_type: str | None = None) -> dict[str, Any]:
    kinds = [source_type] if source_type else list(_CATEGORIES)
    return {
        "EventCategoriesMapList": [{"SourceType": kind, "EventCategories": _CATEGORIES.get(kind, [])} for kind in kinds]
    }


@aws.before("CreateEventSubscription")
def subscription_rule(call: Any) -> None:
    _check_subscription(
        call, call.params.get("SourceType"), call.params.get("EventCategories"), call.params["SnsTopicArn"]
    )
    if call.params.get("SourceIds") and not call.params.get("SourceType"):
        raise common.combination("If SourceIds are supplied, SourceType must also be provided.")


def _check_subscription(call: Any, kind: str | None, categories: list[str] | None, topic: str | None) -> None:
    if topic and topic not in call.backend("sns").topics:
        raise Refusal("SNSTopicArnNotFound", f"The SNS topic ARN {topic} does not exist.", 404)
    if kind and kind not in _CATEGORIES and kind not in ("db-proxy", "blue-green-deployment", "custom-engine-version"):
        raise Refusal("SourceNotFound", f"Invalid source type {kind}", 404)
    unknown = sorted(set(categories or []) - set(_CATEGORIES.get(kind or "", categories or [])))
    if unknown:
        raise Refusal("SubscriptionCategoryNotFound", f"Event categories {', '.join(unknown)} are not valid.", 404)


@aws.adds
def modify_event_subscription(
    call: Any,
    *,
    subscription_name: str,
    sns_topic_arn: str | None = None,
    source_type: str | None = None,
    event_categories: list[str] | None = None,
    enabled: bool | None = None,
) -> dict[str, Any]:
    found = call.backend().event_subscriptions.get(subscription_name)
    if found is None:
        raise Refusal("SubscriptionNotFound", f"Subscription {subscription_name} not found.", 404)
    _check_subscription(call, source_type or found.source_type, event_categories, sns_topic_arn)
    found.sns_topic_arn = sns_topic_arn or found.sns_topic_arn
    found.source_type = source_type or found.source_type
    found.event_categories = event_categories if event_categories is not None else found.event_categories
    found.enabled = enabled if enabled is not None else found.enabled
    shown = call.moto("DescribeEventSubscriptions", SubscriptionName=subscription_name)
    return {"EventSubscription": shown["EventSubscriptionsList"][0]}
