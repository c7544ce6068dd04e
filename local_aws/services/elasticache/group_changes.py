# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What can be changed of a replication group in place, and what AWS refuses of it.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html and
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html: TLS goes from none to
preferred to required, in two changes.
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elasticache import aws, catalogue, common, parameters
from local_aws.services.elasticache.groups import check_failover, check_user_groups, member, shown, zones

_PLAIN = {
    "ReplicationGroupDescription": "Description",
    "SnapshotRetentionLimit": "SnapshotRetentionLimit",
    "AutoMinorVersionUpgrade": "AutoMinorVersionUpgrade",
    "CacheNodeType": "CacheNodeType",
}
_HIDDEN = {"SecurityGroupIds": "security_groups", "NotificationTopicArn": "topic"}
_TLS_SINCE = {"redis": (7, 0), "valkey": (7, 2)}


@aws.adds
def modify_replication_group(
    call: Any,
    *,
    replication_group_id: str,
    apply_immediately: bool = False,
    replication_group_description: str | None = None,
    automatic_failover_enabled: bool | None = None,
    multi_az_enabled: bool | None = None,
    cache_node_type: str | None = None,
    engine: str | None = None,
    engine_version: str | None = None,
    cache_parameter_group_name: str | None = None,
    security_group_ids: list[str] | None = None,
    preferred_maintenance_window: str | None = None,
    notification_topic_arn: str | None = None,
    auto_minor_version_upgrade: bool | None = None,
    snapshot_retention_limit: int | None = None,
    snapshot_window: str | None = None,
    user_group_ids_to_add: list[str] | None = None,
    user_group_ids_to_remove: list[str] | None = None,
    remove_user_groups: bool = False,
    auth_token_update_strategy: str | None = None,
    log_delivery_configurations: list[dict[str, Any]] | None = None,
    transit_encryption_enabled: bool | None = None,
    transit_encryption_mode: str | None = None,
) -> dict[str, Any]:
    thing = common.group(call, replication_group_id)
    shape, hidden = thing.shape, thing.hidden
    new, new_hidden = dict(shape), dict(hidden)
    for parameter, key in _PLAIN.items():
        if parameter in call.params:
            new[key] = call.params[parameter]
    for parameter, key in _HIDDEN.items():
        if parameter in call.params:
            new_hidden[key] = call.params[parameter]
    if cache_node_type:
        common.check_node_type(cache_node_type)
    common.check_windows(call.params)
    if snapshot_window:
        new["SnapshotWindow"] = snapshot_window.lower()
    if preferred_maintenance_window:
        new_hidden["window"] = preferred_maintenance_window.lower()
    failover = shape["AutomaticFailover"] if automatic_failover_enabled is None else automatic_failover_enabled
    multi_az = shape["MultiAZ"] if multi_az_enabled is None else multi_az_enabled
    on = {"AutomaticFailover": failover in (True, "enabled"), "MultiAZ": multi_az in (True, "enabled")}
    check_failover(len(hidden["members"]), on["AutomaticFailover"], on["MultiAZ"])
    new |= {key: "enabled" if enabled else "disabled" for key, enabled in on.items()}
    vpc, _zones = zones(call, None if hidden["subnet_group"] == "default" else hidden["subnet_group"])
    common.check_security_groups(call, security_group_ids, vpc)
    new["Engine"], new_hidden["version"] = _engine(thing, engine, engine_version, cache_parameter_group_name)
    new_hidden["parameter_group"] = _parameter_group(
        call, thing, cache_parameter_group_name, new["Engine"], new_hidden["version"]
    )
    _transit(shape, new, transit_encryption_enabled, transit_encryption_mode, hidden["version"])
    _user_groups(
        call,
        new,
        [one.lower() for one in user_group_ids_to_add or []],
        [one.lower() for one in user_group_ids_to_remove or []],
        everything=remove_user_groups,
        strategy=auth_token_update_strategy,
    )
    common.check_logs(log_delivery_configurations, new["Engine"], new_hidden["version"])
    new["LogDeliveryConfigurations"] = common.shown_logs(
        call, shape["LogDeliveryConfigurations"], log_delivery_configurations
    )
    if not apply_immediately and (new["CacheNodeType"], new_hidden["version"]) != (
        shape["CacheNodeType"],
        hidden["version"],
    ):
        raise common.value("local_aws changes node types and versions with ApplyImmediately only.")
    thing.shape, thing.hidden = new, new_hidden
    return {"ReplicationGroup": shown(call, thing)}


def _engine(thing: common.Thing, engine: str | None, asked: str | None, parameter_group: str | None) -> tuple[str, str]:
    """Engine and version after a change: newer only, and from Redis OSS to Valkey only."""
    before, version = thing.shape["Engine"], thing.hidden["version"]
    after = engine or before
    if (before, after) == ("valkey", "redis") or after not in catalogue.VERSIONS:
        raise common.combination(f"The engine cannot be changed from {before} to {after}.")
    if before != after and not (asked and parameter_group):
        raise common.combination("A change of the engine needs EngineVersion and CacheParameterGroupName.")
    if not asked:
        return before, version
    wanted = catalogue.version(after, asked)
    if wanted is None:
        raise common.combination(f"Cannot find version {asked} for {after}")
    if catalogue.numbers(wanted) < catalogue.numbers(version):
        raise common.combination(f"Downgrading cache cluster from {version} to {wanted} is not supported.")
    return after, wanted


def _parameter_group(call: Any, thing: common.Thing, name: str | None, engine: str, version: str) -> str:
    """A version of another family takes a group of that family along, unless the group is the engine's own."""
    before: str = thing.hidden["parameter_group"]
    family = catalogue.family(engine, version)
    if name:
        return parameters.for_engine(call, name, engine, version)
    if parameters.find(call, before).shape["CacheParameterGroupFamily"] == family:
        return before
    if before.startswith("default."):
        return f"default.{family}"
    raise common.combination(f"Version {version} needs a parameter group of the family {family}.")


def _transit(shape: dict[str, Any], new: dict[str, Any], enabled: bool | None, mode: str | None, version: str) -> None:
    before, was = shape["TransitEncryptionEnabled"], shape.get("TransitEncryptionMode")
    after = before if enabled is None else enabled
    if mode not in (None, "preferred", "required"):
        raise common.value(f"Invalid TransitEncryptionMode {mode}.")
    if mode and not after:
        raise common.combination("TransitEncryptionMode needs TransitEncryptionEnabled.")
    if after and not before:
        if catalogue.numbers(version) < _TLS_SINCE[shape["Engine"]]:
            raise common.combination(f"In-transit encryption cannot be enabled for version {version} in place.")
        if mode != "preferred":
            raise common.combination("To enable in-transit encryption set TransitEncryptionMode to preferred first.")
        new |= {"TransitEncryptionEnabled": True, "TransitEncryptionMode": "preferred"}
    elif before and not after:
        if was != "preferred":
            raise common.combination("Set TransitEncryptionMode to preferred before disabling in-transit encryption.")
        new["TransitEncryptionEnabled"] = False
        new.pop("TransitEncryptionMode")
    elif mode:
        new["TransitEncryptionMode"] = mode


def _user_groups(
    call: Any, new: dict[str, Any], added: list[str], removed: list[str], *, everything: bool, strategy: str | None
) -> None:
    present = [] if everything else list(new["UserGroupIds"])
    absent = sorted(set(removed) - set(present))
    if absent:
        raise common.combination(f"User groups {', '.join(absent)} are not given to the replication group.")
    after = sorted((set(present) | set(added)) - set(removed))
    check_user_groups(call, after, new["Engine"], encrypted=new["TransitEncryptionEnabled"])
    if strategy not in (None, "DELETE"):
        raise common.value("local_aws knows the AuthTokenUpdateStrategy DELETE only.")
    if strategy and not (new["AuthTokenEnabled"] and added):
        raise common.combination("AuthTokenUpdateStrategy DELETE goes from an AUTH token to a user group.")
    if added and new["AuthTokenEnabled"] and not strategy:
        raise common.combination("A replication group with an AUTH token takes a user group with DELETE of the token.")
    if strategy:
        new["AuthTokenEnabled"] = False
    new["UserGroupIds"] = after


@aws.adds
def increase_replica_count(
    call: Any, *, replication_group_id: str, apply_immediately: bool, new_replica_count: int | None = None
) -> dict[str, Any]:
    thing, count = _replicas(call, replication_group_id, apply_immediately, new_replica_count)
    present = thing.hidden["members"]
    if count < len(present):
        raise common.value(f"NewReplicaCount must be more than the {len(present) - 1} replicas that there are.")
    if count == len(present):
        raise Refusal("NoOperationFault", "The replica count is that already.", 400)
    group = None if thing.hidden["subnet_group"] == "default" else thing.hidden["subnet_group"]
    possible = zones(call, group)[1]
    taken = {one["id"] for one in present}
    free = (number for number in range(1, 100) if member(thing.id, number, "")["id"] not in taken)
    added: list[dict[str, str]] = []
    for _unused in range(count - len(present)):
        used = [one["zone"] for one in [*present, *added]]
        added.append(member(thing.id, next(free), min(possible, key=used.count)))
    thing.hidden["members"] = [*present, *added]
    backend = call.backend()
    tags = backend.tagging_service.list_tags_for_resource(thing.arn)["Tags"]
    for one in added:
        backend.tagging_service.tag_resource(common.arn(call, "cluster", one["id"]), tags)
    return {"ReplicationGroup": shown(call, thing)}


@aws.adds
def decrease_replica_count(
    call: Any,
    *,
    replication_group_id: str,
    apply_immediately: bool,
    new_replica_count: int | None = None,
    replicas_to_remove: list[str] | None = None,
) -> dict[str, Any]:
    """None is left only where automatic failover is off."""
    if replicas_to_remove:
        raise common.value("local_aws takes NewReplicaCount only.")
    thing, count = _replicas(call, replication_group_id, apply_immediately, new_replica_count)
    present = thing.hidden["members"]
    if count > len(present):
        raise common.value(f"NewReplicaCount must be less than the {len(present) - 1} replicas that there are.")
    if count == len(present):
        raise Refusal("NoOperationFault", "The replica count is that already.", 400)
    if count < 2 and (thing.shape["AutomaticFailover"] == "enabled" or thing.shape["MultiAZ"] == "enabled"):
        raise common.combination("Automatic failover and Multi-AZ need a replica: disable them first.")
    thing.hidden["members"] = present[:count]
    return {"ReplicationGroup": shown(call, thing)}


def _replicas(call: Any, name: str, apply_immediately: bool, replicas: int | None) -> tuple[common.Thing, int]:
    """The group and the number of nodes that is asked for."""
    if not apply_immediately:
        raise common.value("ApplyImmediately must be true.")
    if replicas is None or not 0 <= replicas <= 5:
        raise common.value("NewReplicaCount must be between 0 and 5.")
    return common.group(call, name), replicas + 1
