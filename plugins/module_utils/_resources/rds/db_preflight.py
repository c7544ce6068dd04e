# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What cannot work together is said before anything is changed: modes across regions, classes, versions.

Limits: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.limitations.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.CrossRegion.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.context import Context
from ..._engine.errors import Refusal
from ..ec2.subnet import SUBNET
from ..kinds import missing, refused
from .db_cluster_existing import version_after
from .db_cluster_state import encryption_type
from .db_parameters import user_values
from .db_preflight_classes import classes, not_offered, to_check, without_capacity
from .db_preflight_existing import unchangeable, upgrade_refused, wrong_family
from .db_preflight_values import COPIES, instances_to_make, uncovered_zones, wrong_names, wrong_values

BINLOG_FORMATS = frozenset({"ROW", "MIXED", "STATEMENT"})


def preflight(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    """The module's result. Reads the cluster and its instances; more only where something is to be made or changed.

    Errors: Refusal with everything that stands in the way.
    """
    aws = context.aws
    reasons = _missing(context, params) + impossible(params, aws.region) + wrong_values(params)
    names = [item["name"] for item in params["instances"]]
    questions = [(rds.db_clusters, [params["cluster"]]), (rds.db_instances, names)]
    clusters, instances = aws.map(lambda question: question[0](aws, names=question[1]), questions)
    cluster = clusters[0] if clusters else None
    reasons += wrong_names(params, cluster is None) + refused(params["items"])
    if cluster is not None and params["cross_region"] == "replica":
        reasons += clashing(params, cluster, _binlog_in_use(context, cluster))
    else:
        reasons += clashing(params, cluster, True)
    if cluster is None and not (params["manage_master_password"] or params["master_secret"]):
        reasons.append(
            f"{params['cluster']} is to be made and nothing gives it a password; set aurora_master_secret to a secret "
            "that the role secrets makes (secrets_secrets)"
        )
    if cluster is not None:
        reasons += unchangeable(params, cluster) + upgrade_refused(params, cluster, _copies(aws, params, cluster))
        version = version_after(cluster["EngineVersion"], params["engine_version"], params["engine_upgrade"])
        params = {**params, "engine_version": version}
    reasons += (
        wrong_family(params) + without_capacity(params, cluster) + _classes_refused(aws, params, cluster, instances)
    )
    zones = {item["name"]: item.get("availability_zone") for item in params["instances"]}
    to_make = {name: zone for name, zone in instances_to_make(zones, instances).items() if zone}
    if to_make and params["subnets"]:
        reasons += uncovered_zones(to_make, _subnet_zones(context, params["subnets"]))
    if reasons:
        raise Refusal(reasons)
    said = recovery_point(params["cross_region"], params["copy_hours"])
    if context.check_mode:
        context.say(said)
    return {"changed": False, "recovery_point": said, "engine_version": params["engine_version"]}


def _missing(context: Context, params: Mapping[str, Any]) -> list[str]:
    """What other roles make, in either region, and is not there."""

    def absent(aws: Aws, expected: Mapping[str, Sequence[str]]) -> list[str]:
        return missing(aws, expected, context.planned, context.awaited)

    reasons = absent(context.aws, params["expect"])
    if params["cross_region"] in COPIES and params.get("dr_region"):
        there = absent(context.aws.in_region(params["dr_region"]), params["dr_expect"])
        reasons += [f"in {params['dr_region']}: {reason}" for reason in there]
    return reasons


def _classes_refused(
    aws: Aws, params: Mapping[str, Any], cluster: Mapping[str, Any] | None, instances: Sequence[Mapping[str, Any]]
) -> list[str]:
    """The classes of either region against what can be ordered there, looked up once for a region."""
    asked = {"Engine": params["engine"], "EngineVersion": params["engine_version"]}
    reasons: list[str] = []
    new = to_check(params, cluster, instances)
    if new:
        options = rds.orderable_options(aws, **asked)
        reasons += [reason for name in new for reason in not_offered({**params, "instance_class": name}, options)]
    if params["cross_region"] in COPIES and params.get("dr_region") and params["dr_instances"]:
        there = aws.in_region(params["dr_region"])
        wanted = classes(params, "dr_instances")
        found = {one["DBInstanceIdentifier"]: one["DBInstanceClass"] for one in rds.db_instances(there, names=wanted)}
        new = sorted({name for instance, name in wanted.items() if found.get(instance) != name})
        if new:
            options = rds.orderable_options(there, **asked)
            refused = [reason for name in new for reason in not_offered({**params, "instance_class": name}, options)]
            reasons += [f"in {params['dr_region']}: {reason}" for reason in refused]
    return list(dict.fromkeys(reasons))


def _copies(aws: Aws, params: Mapping[str, Any], cluster: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Clusters that copy this one, in AWS's shape, read only where this one is to be upgraded."""
    if not params["engine_upgrade"] or cluster["EngineVersion"] == params["engine_version"]:
        return []
    arns = list(cluster.get("ReadReplicaIdentifiers") or [])
    if cluster.get("GlobalClusterIdentifier"):
        for found in rds.global_clusters(aws, names=[cluster["GlobalClusterIdentifier"]]):
            arns += [member["DBClusterArn"] for member in found.get("GlobalClusterMembers") or []]
    others = [arn for arn in dict.fromkeys(arns) if arn != cluster["DBClusterArn"]]
    return [
        found
        for arn in others
        for found in rds.db_clusters(aws.in_region(arn.split(":")[3]), names=[arn.rpartition(":")[2]])
    ]


def _subnet_zones(context: Context, names: Sequence[str]) -> dict[str, str | None]:
    """The zone of each subnet, found or planned; None where neither is known."""
    found = {**context.planned.get("subnet", {}), **SUBNET.read(context.aws, [{"name": name} for name in names])}
    return {name: found.get(name, {}).get("availability_zone") for name in names}


def _binlog_in_use(context: Context, cluster: Mapping[str, Any]) -> bool:
    """The cluster's parameter group turns the binary log on, and its writer has restarted since."""
    writer: Mapping[str, Any] = next(
        (member for member in cluster.get("DBClusterMembers", []) if member.get("IsClusterWriter")), {}
    )
    if writer.get("DBClusterParameterGroupStatus") == "pending-reboot":
        return False
    groups = rds.db_cluster_parameter_groups(context.aws, names=[cluster["DBClusterParameterGroup"]])
    values = user_values(groups[0]["Parameters"]) if groups else {}
    return values.get("binlog_format", "OFF").upper() in BINLOG_FORMATS


def recovery_point(mode: str, copy_hours: int) -> str:
    """What the loss of the whole region would cost, in the words of the plan."""
    return {
        "none": "cross-region none: losing the region loses the database; RPO within the region about 5 minutes",
        "backup_copy": (
            f"cross-region backup_copy: this role makes no copy; once the role backup (to come) copies every "
            f"{copy_hours} h, RPO up to {copy_hours} h, until then losing the region loses the database"
        ),
        "replica": "cross-region replica: RPO seconds, the binlog lag (AuroraBinlogReplicaLag); promotion is one-way",
        "global": "cross-region global: RPO about a second (AuroraGlobalDBReplicationLag)",
    }[mode]


def impossible(params: Mapping[str, Any], region: str) -> list[str]:
    """Pairs of options that AWS refuses, as sentences. Pure.

    params: cross_region, dr_region, instance_class, instances, dr_instances, manage_master_password, binlog_format,
    backtrack_seconds.
    """
    mode, dr_region = params["cross_region"], params.get("dr_region")
    reasons = []
    if mode != "none" and not dr_region:
        reasons.append(f"aurora_cross_region {mode} needs a second region; set stack_dr_region")
    if mode != "none" and dr_region == region:
        reasons.append(f"stack_dr_region is the stack's own region {region}; aurora_cross_region {mode} needs another")
    if mode not in COPIES:
        return reasons
    small = sorted({name for name in _all_classes(params) if name.startswith("db.t")})
    if mode == "global" and small:
        reasons.append(
            f"{', '.join(small)} cannot be in a global database; set aurora_instance_class to an r class "
            "(db.r6g.large), or aurora_cross_region to replica or backup_copy"
        )
    if params["manage_master_password"]:
        reasons.append(
            f"AWS refuses a master secret managed by RDS with aurora_cross_region {mode}; "
            "set aurora_manage_master_password: false and aurora_master_secret"
        )
    if params.get("backtrack_seconds"):
        reasons.append(f"backtrack does not go with aurora_cross_region {mode}; set aurora_backtrack_hours: 0")
    if mode == "replica" and str(params.get("binlog_format")).upper() not in BINLOG_FORMATS:
        reasons.append(
            f"aurora_cross_region replica needs the binary log and binlog_format is {params.get('binlog_format')}; "
            "set binlog_format: ROW in aurora_cluster_parameters"
        )
    return reasons


def _all_classes(params: Mapping[str, Any]) -> list[str]:
    return [name for option in ("instances", "dr_instances") for name in classes(params, option).values()]


def clashing(params: Mapping[str, Any], cluster: Mapping[str, Any] | None, binlog_in_use: bool) -> list[str]:
    """What the existing cluster stands in the way of. cluster: in AWS's shape, None where there is none yet."""
    if cluster is None:
        return []
    if params["cross_region"] not in COPIES:
        return _kept_copies(params, cluster)
    name, mode, reasons = cluster["DBClusterIdentifier"], params["cross_region"], []
    if cluster.get("MasterUserSecret"):
        reasons.append(
            f"{name} has a master secret managed by RDS, which AWS refuses with aurora_cross_region {mode}; "
            "give it a password of your own first (aws rds modify-db-cluster --no-manage-master-user-password)"
        )
    if encryption_type(cluster) != "sse-kms":
        reasons.append(
            f"{name} is not encrypted with a key of yours, and no copy of it elsewhere can be; "
            "migrate it first with playbooks/encrypt_aurora.yml (to come)"
        )
    if cluster.get("BacktrackWindow"):
        reasons.append(f"{name} has backtrack on, which AWS refuses with aurora_cross_region {mode}; set it to 0 first")
    if mode == "replica" and not binlog_in_use and not params["reboot_when_pending"]:
        reasons.append(
            f"{name} writes no binary log yet and its writer must restart for it; set aurora_reboot_when_pending: true"
        )
    return reasons


def _kept_copies(params: Mapping[str, Any], cluster: Mapping[str, Any]) -> list[str]:
    copies = [*cluster.get("ReadReplicaIdentifiers", []), cluster.get("GlobalClusterIdentifier")]
    named = ", ".join(copy for copy in copies if copy)
    if not named or not params["manage_master_password"] or cluster.get("MasterUserSecret"):
        return []
    return [
        f"{cluster['DBClusterIdentifier']} is copied to {named}; AWS refuses a master secret managed by RDS then, "
        "so keep aurora_cross_region as it was, or set aurora_manage_master_password: false"
    ]
