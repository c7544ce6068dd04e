# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Endpoints of a cluster: its writer's and its readers', and custom ones.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html: at most five custom ones,
each with static members or with excluded ones.
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.rds import aws, common, states

_ENDPOINTS = 5
_TYPES = ("READER", "WRITER", "ANY")


def _custom(call: Any) -> dict[str, Any]:
    store: dict[str, Any] = call.state("cluster_endpoints")
    return store


def _get(call: Any, name: str) -> dict[str, Any]:
    found = _custom(call).get(name.lower())
    if found is None:
        raise Refusal("DBClusterEndpointNotFoundFault", f"DBClusterEndpoint {name} not found.", 404)
    return dict(found)


def _check(call: Any, cluster: Any, kind: str, static: list[str] | None, excluded: list[str] | None) -> None:
    if kind not in _TYPES:
        raise common.value(f"Invalid endpoint type {kind}. Valid values are {', '.join(_TYPES)}.")
    if static and excluded:
        raise common.combination("StaticMembers and ExcludedMembers can't be specified together.")
    members = {member.db_instance_identifier for member in cluster._members}
    for name in (*(static or []), *(excluded or [])):
        if name.lower() not in members:
            raise Refusal("DBInstanceNotFound", f"DBInstance {name} not found in the DB cluster.", 404)


@aws.adds
def create_db_cluster_endpoint(
    call: Any,
    *,
    db_cluster_identifier: str,
    db_cluster_endpoint_identifier: str,
    endpoint_type: str,
    static_members: list[str] | None = None,
    excluded_members: list[str] | None = None,
    tags: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    cluster = common.cluster(call, db_cluster_identifier)
    common.check_identifier(db_cluster_endpoint_identifier, "DBClusterEndpointIdentifier")
    name = db_cluster_endpoint_identifier.lower()
    _check(call, cluster, endpoint_type, static_members, excluded_members)
    if name in _custom(call):
        raise Refusal("DBClusterEndpointAlreadyExistsFault", f"DBClusterEndpoint {name} already exists.", 400)
    others = [item for item in _custom(call).values() if item["DBClusterIdentifier"] == cluster.db_cluster_identifier]
    if len(others) >= _ENDPOINTS:
        raise Refusal("DBClusterEndpointQuotaExceededFault", f"The DB cluster has {_ENDPOINTS} custom endpoints.", 403)
    host = f"{name}.cluster-custom-{cluster.url_identifier}.{cluster.region}.rds.amazonaws.com"
    made = {
        "DBClusterEndpointIdentifier": name,
        "DBClusterIdentifier": cluster.db_cluster_identifier,
        "DBClusterEndpointResourceIdentifier": common.random_id("cluster-endpoint-"),
        "Endpoint": host,
        "Status": "available",
        "EndpointType": "CUSTOM",
        "CustomEndpointType": endpoint_type,
        "StaticMembers": [item.lower() for item in static_members or []],
        "ExcludedMembers": [item.lower() for item in excluded_members or []],
        "DBClusterEndpointArn": f"arn:aws:rds:{cluster.region}:{cluster.account_id}:cluster-endpoint:{name}",
    }
    _custom(call)[name] = made
    call.state("endpoint_tags")[made["DBClusterEndpointArn"]] = tags or []
    _list_on(call, cluster)
    return {**made, "Status": "creating"}


def _list_on(call: Any, cluster: Any) -> None:
    cluster.custom_endpoints = [
        item["Endpoint"]
        for item in _custom(call).values()
        if item["DBClusterIdentifier"] == cluster.db_cluster_identifier
    ]


@aws.adds
def describe_db_cluster_endpoints(
    call: Any,
    *,
    db_cluster_identifier: str | None = None,
    db_cluster_endpoint_identifier: str | None = None,
    filters: list[dict[str, Any]] | None = None,
    max_records: int = 100,
    marker: str | None = None,
) -> dict[str, Any]:
    clusters = call.backend().clusters.values()
    if db_cluster_identifier:
        clusters = [common.cluster(call, db_cluster_identifier)]
    shown = [item for cluster in clusters for item in _of(call, cluster)]
    if db_cluster_endpoint_identifier:
        name = _get(call, db_cluster_endpoint_identifier)["DBClusterEndpointIdentifier"]
        shown = [item for item in shown if item.get("DBClusterEndpointIdentifier") == name]
    keys = {
        "db-cluster-endpoint-type": "EndpointType",
        "db-cluster-endpoint-custom-type": "CustomEndpointType",
        "db-cluster-endpoint-id": "DBClusterEndpointIdentifier",
        "db-cluster-endpoint-status": "Status",
    }
    for wanted in filters or []:
        if wanted["Name"] not in keys:
            raise common.value(f"Unrecognized filter name: {wanted['Name']}")
        values = {value.lower() for value in wanted["Values"]}
        shown = [item for item in shown if str(item.get(keys[wanted["Name"]], "")).lower() in values]
    return {"DBClusterEndpoints": shown}


def _of(call: Any, cluster: Any) -> list[dict[str, Any]]:
    name = cluster.db_cluster_identifier
    status = "creating" if states.of_cluster(call, name) == "creating" else "available"
    own = [("WRITER", cluster.endpoint), ("READER", cluster.reader_endpoint)]
    return [
        *(
            {"DBClusterIdentifier": name, "Endpoint": host, "Status": status, "EndpointType": kind}
            for kind, host in own
        ),
        *(item for item in _custom(call).values() if item["DBClusterIdentifier"] == name),
    ]


@aws.adds
def modify_db_cluster_endpoint(
    call: Any,
    *,
    db_cluster_endpoint_identifier: str,
    endpoint_type: str | None = None,
    static_members: list[str] | None = None,
    excluded_members: list[str] | None = None,
) -> dict[str, Any]:
    found = _get(call, db_cluster_endpoint_identifier)
    cluster = common.cluster(call, found["DBClusterIdentifier"])
    kind = endpoint_type or found["CustomEndpointType"]
    _check(call, cluster, kind, static_members, excluded_members)
    found["CustomEndpointType"] = kind
    if static_members is not None or excluded_members is not None:
        found["StaticMembers"], found["ExcludedMembers"] = static_members or [], excluded_members or []
    _custom(call)[found["DBClusterEndpointIdentifier"]] = found
    return {**found, "Status": "modifying"}


@aws.adds
def delete_db_cluster_endpoint(call: Any, *, db_cluster_endpoint_identifier: str) -> dict[str, Any]:
    found = _get(call, db_cluster_endpoint_identifier)
    del _custom(call)[found["DBClusterEndpointIdentifier"]]
    call.state("endpoint_tags").pop(found["DBClusterEndpointArn"], None)
    _list_on(call, common.cluster(call, found["DBClusterIdentifier"]))
    return {**found, "Status": "deleting"}


@aws.before("ListTagsForResource", "AddTagsToResource", "RemoveTagsFromResource")
def tags_rule(call: Any) -> dict[str, Any] | None:
    """moto has no such resource to tag."""
    arn, kept = call.params["ResourceName"], call.state("endpoint_tags")
    if ":cluster-endpoint:" not in arn:
        return None
    if arn not in kept:
        raise Refusal("DBClusterEndpointNotFoundFault", f"{arn} not found.", 404)
    gone = {*call.params.get("TagKeys", []), *(tag["Key"] for tag in call.params.get("Tags", []))}
    kept[arn] = [tag for tag in kept[arn] if tag["Key"] not in gone] + call.params.get("Tags", [])
    return {"TagList": kept[arn]} if call.operation == "ListTagsForResource" else {}


@aws.after("DeleteDBCluster")
def cluster_deleted(call: Any, answer: dict[str, Any]) -> None:
    """Custom endpoints go with their cluster."""
    name = answer["DBCluster"]["DBClusterIdentifier"]
    for endpoint in [key for key, item in _custom(call).items() if item["DBClusterIdentifier"] == name]:
        call.state("endpoint_tags").pop(_custom(call).pop(endpoint)["DBClusterEndpointArn"], None)
