# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Engine upgrades that AWS refuses.

- A major version needs AllowMajorVersionUpgrade, and groups of the new family in the same call (API reference of
  ModifyDBCluster; https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Updates.MajorVersionUpgrade.html).
- "Cannot modify engine version without a healthy primary instance":
  https://github.com/hashicorp/terraform-provider-aws/issues/23601.
- All replicas must run the same or a later version (API reference, EngineVersion).
- Global databases: secondary clusters first (terraform-provider-aws#36107 has the message), and not at all in place
  where the target has a newer community MySQL, which 3.04 and later minor versions have:
  https://repost.aws/knowledge-center/aurora-mysql-global-cluster-upgrade and
  https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Updates.Patching.ModifyEngineVersion.html.
"""

from __future__ import annotations

from typing import Any

from local_aws.services.rds import catalogue, common, states


def check(call: Any, cluster: Any) -> None:
    version = catalogue.resolve_version(call.params["EngineVersion"])
    call.change(EngineVersion=version)
    if version == cluster.engine_version:
        return
    if not catalogue.can_upgrade(cluster.engine_version, version):
        raise common.combination(f"Cannot upgrade {cluster.engine} from {cluster.engine_version} to {version}")
    _check_primary(call, cluster)
    _check_major(call, cluster, version)
    _check_replicas(call, cluster, version)
    _check_global(call, cluster, version)


def _check_primary(call: Any, cluster: Any) -> None:
    writer = cluster.writer
    if writer is None or writer.status != "available" or states.of_instance(call, writer.db_instance_identifier):
        raise common.cluster_state(
            "Cannot modify engine version without a healthy primary instance in DB cluster: "
            f"{cluster.db_cluster_identifier}"
        )


def _check_major(call: Any, cluster: Any, version: str) -> None:
    family = catalogue.family(version)
    group = call.params.get("DBInstanceParameterGroupName")
    if family == catalogue.family(cluster.engine_version):
        if group:
            raise common.combination(
                "DBInstanceParameterGroupName is valid with AllowMajorVersionUpgrade for a major version upgrade only."
            )
        return
    if not call.params.get("AllowMajorVersionUpgrade"):
        raise common.combination(
            "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        )
    if not call.params.get("DBClusterParameterGroupName"):
        if not cluster.parameter_group.startswith("default."):
            raise common.combination(
                f"The current DB cluster parameter group {cluster.parameter_group} is custom. You must explicitly "
                "specify a new DB cluster parameter group, either default or custom, for the engine version upgrade."
            )
        call.change(DBClusterParameterGroupName=f"default.{family}")
    groups = [member.db_parameter_group_name or "default." for member in cluster._members]
    custom = [name for name in groups if not name.startswith("default.")]
    if custom and not group:
        raise common.combination(
            f"The current DB instance parameter group {custom[0]} is custom. You must explicitly specify a new DB "
            "instance parameter group, either default or custom, for the engine version upgrade."
        )
    if group:
        common.instance_parameter_group(call, group, version)


def _check_replicas(call: Any, cluster: Any, version: str) -> None:
    for arn in cluster.read_replica_identifiers:
        replica = common.cluster(call, arn)
        if catalogue.is_newer(version, replica.engine_version):
            raise common.combination(
                f"Cannot upgrade DB cluster '{cluster.db_cluster_identifier}' to engine version {version} as its read "
                f"replica {arn} is running lower version {replica.engine_version}. Upgrade all replicas first."
            )


def _check_global(call: Any, cluster: Any, version: str) -> None:
    name = cluster.global_cluster_identifier
    found = call.state("global_clusters", region="global").get(name) if name else None
    if not found or len(found["Members"]) < 2:
        return
    if catalogue.family(version) != catalogue.family(cluster.engine_version):
        raise common.combination("Upgrade the major version of a global database with ModifyGlobalCluster.")
    if catalogue.minor(version) >= (3, 4) and catalogue.minor(version) != catalogue.minor(cluster.engine_version):
        raise common.value(
            f"In-place minor version upgrade of Aurora MySQL global database cluster '{cluster.db_cluster_identifier}' "
            f"to Aurora MySQL engine version {version} isn't supported. The selected target version {version} supports "
            "a higher version of community MySQL that introduces changes incompatible with previous minor versions of "
            "Aurora MySQL. See the Aurora documentation for how to perform a minor version upgrade on global database "
            "clusters."
        )
    secondaries = [common.cluster(call, arn) for arn in found["Members"] if arn != found["Writer"]]
    if found["Writer"] == cluster.db_cluster_arn and any(
        catalogue.is_newer(version, secondary.engine_version) for secondary in secondaries
    ):
        raise common.value(
            f"Cannot upgrade DB cluster '{cluster.db_cluster_identifier}' to engine version {version} as global "
            "replica(s) are running lower version. Please upgrade global replicas first before upgrading the primary "
            "member."
        )


def follow(call: Any, cluster: Any) -> None:
    """A global cluster has the version of its primary one."""
    name = cluster.global_cluster_identifier
    found = call.state("global_clusters", region="global").get(name) if name else None
    if found and found["Writer"] == cluster.db_cluster_arn:
        found["EngineVersion"] = cluster.engine_version
