# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What cannot work is said before anything is changed, and which cache serves the application now.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import elasticache
from ..._engine.context import Context
from ..._engine.errors import Refusal
from ..ec2.subnet import SUBNET
from ..kinds import missing
from .cache_preflight_values import wrong_names, wrong_users, wrong_values
from .cache_replication_group_state import encryption_type, endpoints_of, transit_mode, url
from .engine_versions import IAM_SINCE, TLS_IN_PLACE_SINCE, numbers, older


def preflight(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    """The module's result. Reads groups and clusters; versions on offer only where a version is to be chosen.

    Errors: Refusal with everything that stands in the way.
    """
    aws = context.aws
    reasons = missing(aws, params["expect"], context.planned, context.awaited)
    reasons += wrong_values(params) + wrong_names(params) + wrong_users(params)
    groups = {one["ReplicationGroupId"]: one for one in elasticache.replication_groups(aws)}
    clusters = elasticache.cache_clusters(aws)
    group = groups.get(params["replication_group"])
    existing = _existing(params, groups, clusters)
    makes = group is not None or existing is None or params["migration"] != "keep"
    if group is not None:
        reasons += unchangeable(params, group, _version_of(group, clusters))
    elif makes and not reasons:
        reasons += _not_offered(context, params)
    if makes and params["multi_az"]:
        reasons += one_zone(_subnet_zones(context, params["subnets"]))
    if reasons:
        raise Refusal(reasons)
    kept = existing if params["migration"] != "switch" else None
    return {
        "changed": False,
        "makes": makes,
        "serving": _endpoints(context, kept) if kept else {},
        "gaps": gaps(kept, params["migration"]) if kept else [],
    }


def _existing(
    params: Mapping[str, Any], groups: Mapping[str, Mapping[str, Any]], clusters: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """The cache that was there before: another group, or a cluster that stands alone."""
    name = params.get("existing")
    if not name or name == params["replication_group"]:
        return None
    alone = {one["CacheClusterId"]: one for one in clusters if not one.get("ReplicationGroupId")}
    return groups.get(name) or alone.get(name)


def _version_of(group: Mapping[str, Any], clusters: Sequence[Mapping[str, Any]]) -> str | None:
    versions = [
        one["EngineVersion"] for one in clusters if one.get("ReplicationGroupId") == group["ReplicationGroupId"]
    ]
    return versions[0] if versions else None


def _endpoints(context: Context, existing: Mapping[str, Any]) -> dict[str, str]:
    if "ReplicationGroupId" in existing:
        primary, reader = endpoints_of(existing)
        return {"primary": url(primary, existing), "reader": url(reader, existing)}
    found = elasticache.cluster_with_nodes(context.aws, existing["CacheClusterId"])
    nodes = [node for one in found for node in one.get("CacheNodes") or [] if node.get("Endpoint")]
    address = url(nodes[0]["Endpoint"], existing) if nodes else ""
    return {"primary": address, "reader": address} if address else {}


def gaps(existing: Mapping[str, Any], migration: str) -> list[str]:
    """What is wrong with the cache that serves now, and the next step away from it, as sentences."""
    name = existing.get("ReplicationGroupId") or existing["CacheClusterId"]
    lacks = [
        words
        for words, lacking in (
            ("no encryption at rest", encryption_type(existing) == "none"),
            ("no encryption in transit", transit_mode(existing) != "required"),
            ("no users", not existing.get("UserGroupIds")),
            ("no replica", len(existing.get("MemberClusters") or []) < 2),
        )
        if lacking
    ]
    step = "prepare, to make a replication group beside it" if migration == "keep" else "switch, once that has filled"
    return [f"{name} serves the application with {', '.join(lacks)}; set cache_migration: {step}"] if lacks else []


def unchangeable(params: Mapping[str, Any], group: Mapping[str, Any], version: str | None) -> list[str]:
    """What the existing group of the name cannot become. group: in AWS's shape."""
    name = group["ReplicationGroupId"]
    if group.get("ClusterEnabled"):
        return [
            f"{name} has cluster mode enabled, which this role does not manage; give cache_replication_group another "
            f"name, and cache_existing {name} to keep it in service"
        ]
    engine = str(group.get("Engine") or "redis")
    upgrade = params["engine_upgrade"] and (
        (engine, params["engine"]) == ("redis", "valkey") or older(version or "", params["engine_version"])
    )
    if version is None or upgrade or not params["takeover"]:
        return []
    reasons = []
    if transit_mode(group) == "none" and numbers(version) < TLS_IN_PLACE_SINCE[engine]:
        reasons.append(f"{name} is {engine} {version}, which takes no TLS in place; set cache_takeover: false")
    elif params["users"] and numbers(version) < IAM_SINCE[engine]:
        reasons.append(f"{name} is {engine} {version}, which knows no IAM authentication; set cache_takeover: false")
    return reasons


def one_zone(zones: Mapping[str, str | None]) -> list[str]:
    """zones: name of a subnet to its zone, None where not known."""
    known = {zone for zone in zones.values() if zone}
    if len(known) != 1 or None in zones.values():
        return []
    return [f"cache_subnets lie in {known.pop()} alone and cache_multi_az needs a second zone; add a subnet there"]


def _subnet_zones(context: Context, names: Sequence[str]) -> dict[str, str | None]:
    found = {**context.planned.get("subnet", {}), **SUBNET.read(context.aws, [{"name": name} for name in names])}
    return {name: found.get(name, {}).get("availability_zone") for name in names}


def _not_offered(context: Context, params: Mapping[str, Any]) -> list[str]:
    """A version that is not on offer; a patch of one that is counts as it."""
    engine, asked = params["engine"], params["engine_version"]
    offered = elasticache.engine_versions(context.aws, engine=engine)
    known = [one for one in offered if _is_of(numbers(asked), numbers(one["EngineVersion"]))]
    if known:
        right = known[-1]["CacheParameterGroupFamily"]
        if right == params["parameter_family"]:
            return []
        return [
            f"cache_parameter_family {params['parameter_family']} does not go with {engine} {asked}; set it to {right}"
        ]
    names = ", ".join(sorted((one["EngineVersion"] for one in offered), key=numbers))
    return [f"cache_engine_version {asked} is not on offer for {engine} in this region; it has {names}"]


def _is_of(asked: tuple[int, ...], offered: tuple[int, ...]) -> bool:
    """7 asks for 7.1, and so does 7.1.0."""
    length = min(len(asked), len(offered))
    return asked[:length] == offered[:length]
