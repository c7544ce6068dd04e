# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clusters: what a describe shows only when asked, settings that stay, and strategies that make sense."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ecs import aws
from local_aws.services.ecs.common import invalid, strategy_rule

FARGATE = ("FARGATE", "FARGATE_SPOT")
_INSIGHTS = ("enhanced", "enabled", "disabled")


@aws.before("CreateCluster", "UpdateCluster", "UpdateClusterSettings")
def settings_rule(call: Any) -> None:
    for setting in call.params.get("settings") or ():
        if setting.get("name") != "containerInsights" or setting.get("value") not in _INSIGHTS:
            raise invalid(f"Invalid cluster setting {setting.get('name')} with the value {setting.get('value')}")
    logged = (call.params.get("configuration") or {}).get("executeCommandConfiguration") or {}
    targets = logged.get("logConfiguration") or {}
    if logged.get("logging") == "OVERRIDE" and not (
        targets.get("cloudWatchLogGroupName") or targets.get("s3BucketName")
    ):
        raise invalid("A log configuration is required when logging is OVERRIDE")


@aws.before("CreateCluster")
def create_rule(call: Any) -> dict[str, Any] | None:
    """An active cluster of the same name is answered as it is."""
    strategy_rule(call.params.get("defaultCapacityProviderStrategy") or (), call.params.get("capacityProviders") or ())
    name = call.params.get("clusterName", "default")
    existing = call.backend().clusters.get(name)
    if existing is None or existing.status != "ACTIVE":
        return None
    return {"cluster": call.ask("ecs", "DescribeClusters", clusters=[name])["clusters"][0]}


@aws.before("PutClusterCapacityProviders")
def providers_rule(call: Any) -> None:
    wanted = call.params.get("capacityProviders") or []
    own = set(call.backend().capacity_providers)
    strangers = sorted(set(wanted) - {*FARGATE, *own})
    if strangers:
        raise invalid(f"The specified capacity provider {strangers[0]} was not found.")
    strategy_rule(call.params.get("defaultCapacityProviderStrategy") or (), wanted)
    cluster = call.params["cluster"].rpartition("/")[2]
    used = {
        one["capacityProvider"]
        for service in call.state("services").values()
        if service["clusterArn"].rpartition("/")[2] == cluster and service["status"] == "ACTIVE"
        for one in service.get("capacityProviderStrategy") or ()
    }
    if used - set(wanted):
        raise Refusal("ResourceInUseException", "The specified capacity provider is in use and cannot be removed.", 400)


@aws.after("DescribeClusters")
def included(call: Any, answer: dict[str, Any]) -> None:
    """SETTINGS, CONFIGURATIONS and TAGS show only when they are asked for, capacity providers always.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html
    """
    asked = set(call.params.get("include") or ())
    for cluster in answer["clusters"]:
        if "SETTINGS" in asked:
            cluster["settings"] = cluster.get("settings") or [{"name": "containerInsights", "value": "disabled"}]
        for member, name in (("settings", "SETTINGS"), ("configuration", "CONFIGURATIONS"), ("tags", "TAGS")):
            if name not in asked:
                cluster.pop(member, None)
        for member in ("capacityProviders", "defaultCapacityProviderStrategy"):
            cluster.setdefault(member, [])
        services = [
            one
            for one in call.state("services").values()
            if one["clusterArn"] == cluster["clusterArn"] and one["status"] == "ACTIVE"
        ]
        cluster["activeServicesCount"] = len(services)
        cluster["runningTasksCount"] = sum(one["runningCount"] for one in services)
        cluster["pendingTasksCount"] = sum(one["pendingCount"] for one in services)


@aws.adds
def update_cluster_settings(call: Any, *, cluster: str, settings: list[dict[str, str]]) -> dict[str, Any]:
    answer: dict[str, Any] = call.moto("UpdateCluster", cluster=cluster, settings=settings)
    return answer
