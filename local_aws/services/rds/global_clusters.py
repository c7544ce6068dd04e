# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Global clusters, in a store of the account: moto keeps them in one region and knows no switchover."""

from __future__ import annotations

import secrets
from typing import Any

from local_aws import data_plane
from local_aws.refusal import Refusal
from local_aws.services.rds import aws, catalogue, clusters, common, events

# A secondary cluster does not keep what its creation says of them: https://github.com/pulumi/pulumi-aws/issues/5203.
_NO_INSIGHTS = {"EnablePerformanceInsights": False, "DatabaseInsightsMode": "standard"}


def _all(call: Any) -> dict[str, Any]:
    store: dict[str, Any] = call.state("global_clusters", region="global")
    return store


def _get(call: Any, name: str) -> dict[str, Any]:
    found = _all(call).get(name.lower())
    if found is None:
        raise Refusal("GlobalClusterNotFoundFault", f"Global cluster {name} not found.", 404)
    return found


def _invalid(message: str) -> Refusal:
    return Refusal("InvalidGlobalClusterStateFault", message, 400)


def _shown(found: dict[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in found.items() if key != "Members"}
    readers = [arn for arn in found["Members"] if arn != found["Writer"]]
    shown.pop("Writer")
    shown["GlobalClusterMembers"] = [
        {
            "DBClusterArn": arn,
            "IsWriter": arn == found["Writer"],
            "Readers": readers if arn == found["Writer"] else [],
            "SynchronizationStatus": "connected",
            **({} if arn == found["Writer"] else {"GlobalWriteForwardingStatus": "disabled"}),
        }
        for arn in found["Members"]
    ]
    return shown


@aws.adds
def create_global_cluster(
    call: Any,
    *,
    global_cluster_identifier: str,
    source_db_cluster_identifier: str | None = None,
    engine: str | None = None,
    engine_version: str | None = None,
    deletion_protection: bool = False,
    database_name: str | None = None,
    storage_encrypted: bool | None = None,
    tags: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    common.check_identifier(global_cluster_identifier, "GlobalClusterIdentifier")
    name = global_cluster_identifier.lower()
    if name in _all(call):
        raise Refusal("GlobalClusterAlreadyExistsFault", f"Global cluster {name} already exists.", 400)
    source = None
    if source_db_cluster_identifier:
        source = _source(call, source_db_cluster_identifier)
        if engine or engine_version or database_name or storage_encrypted is not None:
            raise common.combination(
                "Engine, version, database name and encryption are inherited from the source cluster."
            )
    elif engine != catalogue.ENGINE:
        raise common.value("When creating standalone global cluster, value for engineName should be specified")
    identifier = secrets.token_hex(8)
    found = {
        "GlobalClusterIdentifier": name,
        "GlobalClusterResourceId": f"cluster-{identifier}",
        "GlobalClusterArn": f"arn:aws:rds::{call.account}:global-cluster:{name}",
        "Status": "available",
        "Engine": catalogue.ENGINE,
        "EngineVersion": source.engine_version if source else catalogue.resolve_version(engine_version),
        "StorageEncrypted": bool(source.storage_encrypted if source else storage_encrypted),
        "DeletionProtection": deletion_protection,
        "Endpoint": f"{name}.global-{identifier[:12]}.global.rds.amazonaws.com",
        "TagList": tags or [],
        "Members": [],
        "Writer": None,
    }
    if database_name:
        found["DatabaseName"] = database_name
    _all(call)[name] = found
    if source:
        _join(found, source)
    return {"GlobalCluster": _shown(found)}


def _source(call: Any, arn: str) -> Any:
    if not arn.startswith("arn:"):
        raise common.value("Malformed db cluster arn dbci")
    source = common.cluster(call, arn)
    refused = ""
    if source.global_cluster_identifier:
        refused = "is already a member of a global cluster"
    elif getattr(source, "manage_master_user_password", False):
        refused = "has its master user password managed in AWS Secrets Manager"
    elif source.backtrack_window:
        refused = "has backtrack enabled"
    elif any(catalogue.is_burstable(member.db_instance_class) for member in source._members):
        refused = "has instances of a class that global databases don't support"
    if refused:
        raise Refusal("InvalidDBClusterStateFault", f"The source cluster {refused}.", 400)
    return source


def _join(found: dict[str, Any], cluster: Any) -> None:
    found["Members"].append(cluster.db_cluster_arn)
    found["Writer"] = found["Writer"] or cluster.db_cluster_arn
    cluster.global_cluster_identifier = found["GlobalClusterIdentifier"]


@aws.before("CreateDBCluster")
def secondary_rule(call: Any) -> None:
    params = call.params
    if not params.get("GlobalClusterIdentifier"):
        return
    found = _get(call, params["GlobalClusterIdentifier"])
    if any(arn.split(":")[3] == call.region for arn in found["Members"]):
        raise _invalid(f"The global cluster has a cluster in {call.region} already.")
    if found["Members"] and (params.get("MasterUsername") or params.get("MasterUserPassword")):
        raise common.combination("Cannot specify user name for cross region replication cluster")
    if found["Members"] and found["StorageEncrypted"] and not params.get("StorageEncrypted"):
        raise common.combination("The global cluster is encrypted: set StorageEncrypted and a KmsKeyId of this Region.")
    if not params.get("EngineVersion"):
        call.change(EngineVersion=found["EngineVersion"])
    if call.params["EngineVersion"] != found["EngineVersion"] and not params.get("MasterUsername"):
        call.change(EngineVersion=found["EngineVersion"])


@aws.after("CreateDBCluster")
def joined(call: Any, answer: dict[str, Any]) -> None:
    if not call.params.get("GlobalClusterIdentifier"):
        return
    found = _get(call, call.params["GlobalClusterIdentifier"])
    cluster = common.cluster(call, answer["DBCluster"]["DBClusterIdentifier"])
    _join(found, cluster)
    if found["Writer"] != cluster.db_cluster_arn:
        writer = common.cluster(call, found["Writer"])
        cluster.master_username = writer.master_username
        cluster._master_user_password = getattr(writer, "_master_user_password", "")
        cluster.database_name = writer.database_name
        common.set_insights(call, cluster, _NO_INSIGHTS)
        answer["DBCluster"] = clusters.shown(call, cluster, "creating")


@aws.adds
def describe_global_clusters(
    call: Any,
    *,
    global_cluster_identifier: str | None = None,
    filters: list[dict[str, Any]] | None = None,
    max_records: int = 100,
    marker: str | None = None,
) -> dict[str, Any]:
    found = [_get(call, global_cluster_identifier)] if global_cluster_identifier else list(_all(call).values())
    for wanted in filters or []:
        if wanted["Name"] != "db-cluster-id":
            raise common.value(f"Unrecognized filter name: {wanted['Name']}")
        names = {value.rpartition(":")[2] for value in wanted["Values"]}
        found = [item for item in found if names & {arn.rpartition(":")[2] for arn in item["Members"]}]
    return {"GlobalClusters": [_shown(item) for item in found]}


@aws.adds
def modify_global_cluster(
    call: Any,
    *,
    global_cluster_identifier: str,
    new_global_cluster_identifier: str | None = None,
    deletion_protection: bool | None = None,
    engine_version: str | None = None,
    allow_major_version_upgrade: bool = False,
) -> dict[str, Any]:
    found = _get(call, global_cluster_identifier)
    if engine_version:
        _upgrade(call, found, catalogue.resolve_version(engine_version), allow_major_version_upgrade)
    if deletion_protection is not None:
        found["DeletionProtection"] = deletion_protection
    if new_global_cluster_identifier:
        new = new_global_cluster_identifier.lower()
        _all(call)[new] = _all(call).pop(found["GlobalClusterIdentifier"])
        found["GlobalClusterIdentifier"] = new
        for arn in found["Members"]:
            common.cluster(call, arn).global_cluster_identifier = new
    return {"GlobalCluster": _shown(found)}


def _upgrade(call: Any, found: dict[str, Any], version: str, major: bool) -> None:
    """Major versions only, of all members at once, which get the default groups of the new version (API reference).

    The refusal of a minor version: https://github.com/hashicorp/terraform-provider-aws/pull/47448.
    """
    if version == found["EngineVersion"]:
        return
    if catalogue.family(version) == catalogue.family(found["EngineVersion"]):
        raise common.value(
            "Amazon RDS can't perform minor version upgrades through ModifyGlobalCluster for this database engine. To "
            "upgrade to a newer minor version, call ModifyDBCluster for each member of your global cluster."
        )
    if not major:
        raise common.combination(
            "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        )
    if not catalogue.can_upgrade(found["EngineVersion"], version):
        raise common.combination(f"Cannot upgrade {catalogue.ENGINE} from {found['EngineVersion']} to {version}")
    found["EngineVersion"] = version
    for arn in found["Members"]:
        cluster = common.cluster(call, arn)
        cluster.engine_version = version
        cluster.parameter_group = f"default.{catalogue.family(version)}"
        for member in cluster._members:
            member.db_parameter_group_name = None


@aws.adds
def delete_global_cluster(call: Any, *, global_cluster_identifier: str) -> dict[str, Any]:
    found = _get(call, global_cluster_identifier)
    if found["DeletionProtection"]:
        raise common.combination("This Global Cluster is a deletion protected resource and cannot be deleted")
    if found["Members"]:
        raise _invalid(f"Global Cluster {found['GlobalClusterArn']} is not empty")
    del _all(call)[found["GlobalClusterIdentifier"]]
    return {"GlobalCluster": {**_shown(found), "Status": "deleting"}}


@aws.adds
def remove_from_global_cluster(
    call: Any, *, global_cluster_identifier: str, db_cluster_identifier: str
) -> dict[str, Any]:
    found = _get(call, global_cluster_identifier)
    cluster = common.cluster(call, db_cluster_identifier)
    if cluster.db_cluster_arn not in found["Members"]:
        raise Refusal("DBClusterNotFoundFault", f"{db_cluster_identifier} is no member of the global cluster.", 404)
    if found["Writer"] == cluster.db_cluster_arn and len(found["Members"]) > 1:
        raise _invalid("The primary cluster can't be removed while the global cluster has secondary clusters.")
    found["Members"].remove(cluster.db_cluster_arn)
    if found["Writer"] == cluster.db_cluster_arn:
        found["Writer"] = None
    cluster.global_cluster_identifier = None
    return {"GlobalCluster": _shown(found)}


@aws.adds
def switchover_global_cluster(
    call: Any, *, global_cluster_identifier: str, target_db_cluster_identifier: str
) -> dict[str, Any]:
    return _move_writer(call, global_cluster_identifier, target_db_cluster_identifier, data_loss=False)


@aws.adds
def failover_global_cluster(
    call: Any,
    *,
    global_cluster_identifier: str,
    target_db_cluster_identifier: str,
    allow_data_loss: bool = False,
    switchover: bool = False,
) -> dict[str, Any]:
    if allow_data_loss and switchover:
        raise common.combination("AllowDataLoss and Switchover are mutually exclusive.")
    return _move_writer(call, global_cluster_identifier, target_db_cluster_identifier, data_loss=allow_data_loss)


def _move_writer(call: Any, name: str, target: str, data_loss: bool) -> dict[str, Any]:
    found = _get(call, name)
    if target not in found["Members"]:
        raise Refusal("DBClusterNotFoundFault", f"{target} is no member of the global cluster.", 404)
    before = found["Writer"]
    if target == before:
        raise Refusal("InvalidDBClusterStateFault", "The target is the primary cluster already.", 400)
    cluster = common.cluster(call, target)
    if not cluster._members:
        raise Refusal("InvalidDBClusterStateFault", "The target cluster has no DB instance.", 400)
    data_plane.current().failed_over(call.account, cluster.region, cluster.db_cluster_identifier, "global")
    found["Writer"] = target
    what = "Global failover" if data_loss else "Global switchover"
    message = f"{what} to DB cluster {cluster.db_cluster_identifier} in Region {cluster.region} finished."
    events.add(call, cluster, "cluster", message, "global-failover", region=cluster.region)
    answer = _shown(found)
    answer["Status"] = "failing-over" if data_loss else "switching-over"
    answer["FailoverState"] = {
        "Status": "failing-over" if data_loss else "switching-over",
        "FromDbClusterArn": before,
        "ToDbClusterArn": target,
        "IsDataLossAllowed": data_loss,
    }
    return {"GlobalCluster": answer}
