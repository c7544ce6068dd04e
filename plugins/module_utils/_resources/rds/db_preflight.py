# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What cannot work together is said before anything is changed: modes across regions, classes, versions.

Limits: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.limitations.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.CrossRegion.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from ..._describe import rds
from ..._engine.context import Context
from ..._engine.errors import Refusal
from ..ec2.subnet import SUBNET
from .db_cluster_existing import version_after
from .db_cluster_state import encryption_type
from .db_parameters import user_values
from .db_preflight_values import instances_to_make, uncovered_zones, wrong_values

BINLOG_FORMATS = frozenset({"ROW", "MIXED", "STATEMENT"})
NEAR = 8


def preflight(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    """The module's result. Reads the cluster and its instances; more only where something is to be made or changed.

    Errors: Refusal with everything that stands in the way.
    """
    aws = context.aws
    reasons = impossible(params, aws.region) + wrong_values(params)
    questions = [(rds.db_clusters, [params["cluster"]]), (rds.db_instances, params["instances"])]
    clusters, instances = aws.map(lambda question: question[0](aws, names=question[1]), questions)
    cluster = clusters[0] if clusters else None
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
        version = version_after(cluster["EngineVersion"], params["engine_version"], params["engine_upgrade"])
        params = {**params, "engine_version": version}
    if cluster is None or _class_changes(params, cluster, instances):
        asked = {"Engine": params["engine"], "EngineVersion": params["engine_version"]}
        reasons += not_offered(params, rds.orderable_options(aws, **asked))
    to_make = {name: zone for name, zone in instances_to_make(params["zones"], instances).items() if zone}
    if to_make and params["subnets"]:
        reasons += uncovered_zones(to_make, _subnet_zones(context, params["subnets"]))
    if reasons:
        raise Refusal(reasons)
    said = recovery_point(params["cross_region"], params["copy_hours"])
    if context.check_mode:
        context.say(said)
    return {"changed": False, "recovery_point": said, "engine_version": params["engine_version"]}


def _subnet_zones(context: Context, names: Sequence[str]) -> dict[str, str | None]:
    """The zone of each subnet, found or planned; None where neither is known."""
    found = {**context.planned.get("subnet", {}), **SUBNET.read(context.aws, [{"name": name} for name in names])}
    return {name: found.get(name, {}).get("availability_zone") for name in names}


def _class_changes(
    params: Mapping[str, Any], cluster: Mapping[str, Any], instances: Sequence[Mapping[str, Any]]
) -> bool:
    classes = {instance["DBInstanceIdentifier"]: instance["DBInstanceClass"] for instance in instances}
    return cluster["EngineVersion"] != params["engine_version"] or any(
        classes.get(name) != params["instance_class"] for name in params["instances"]
    )


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

    params: cross_region, dr_region, instance_class, manage_master_password, binlog_format, backtrack_seconds.
    """
    mode, dr_region = params["cross_region"], params.get("dr_region")
    reasons = []
    if mode != "none" and not dr_region:
        reasons.append(f"aurora_cross_region {mode} needs a second region; set stack_dr_region")
    if mode != "none" and dr_region == region:
        reasons.append(f"stack_dr_region is the stack's own region {region}; aurora_cross_region {mode} needs another")
    if mode not in {"replica", "global"}:
        return reasons
    if mode == "global" and params["instance_class"].startswith("db.t"):
        reasons.append(
            f"{params['instance_class']} cannot be in a global database; set aurora_instance_class to an r class "
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


def clashing(params: Mapping[str, Any], cluster: Mapping[str, Any] | None, binlog_in_use: bool) -> list[str]:
    """What the existing cluster stands in the way of. cluster: in AWS's shape, None where there is none yet."""
    if cluster is None:
        return []
    if params["cross_region"] not in {"replica", "global"}:
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


def not_offered(params: Mapping[str, Any], options: Iterable[Mapping[str, Any]]) -> list[str]:
    """The class against DescribeOrderableDBInstanceOptions of the engine version."""
    asked: str = params["instance_class"]
    offers: dict[str, Mapping[str, Any]] = {}
    for option in options:
        offers.setdefault(option["DBInstanceClass"], option)
    version = params["engine_version"]
    if not offers:
        return [f"engine version {version} is not offered in this region; see aws rds describe-db-engine-versions"]
    if asked not in offers:
        near = ", ".join(nearest(asked, list(offers)))
        return [f"{asked} is no instance class of {params['engine']} {version} here; near it are {near}"]
    offer, reasons = offers[asked], []
    if params["insights"] and offer.get("SupportsPerformanceInsights") is False:
        reasons.append(f"{asked} has no Performance Insights; set aurora_insights_mode: 'off' or a larger class")
    if params["enhanced_monitoring"] and offer.get("SupportsEnhancedMonitoring") is False:
        reasons.append(f"{asked} has no enhanced monitoring; set aurora_monitoring_interval: 0")
    if params["cross_region"] == "global" and offer.get("SupportsGlobalDatabases") is False:
        reasons.append(f"{asked} cannot be in a global database; set aurora_cross_region or aurora_instance_class")
    return reasons


def nearest(asked: str, offered: Sequence[str]) -> list[str]:
    """The classes most like the one asked for: first the same size in near families, then the nearest family."""
    family, _unused, size = asked.removeprefix("db.").partition(".")

    def unlikeness(offer: str) -> tuple[float, str]:
        other_family, _unused, other_size = offer.removeprefix("db.").partition(".")
        alike = SequenceMatcher(None, family, other_family).ratio()
        return (-alike - SequenceMatcher(None, size, other_size).ratio(), offer)

    ordered = sorted(offered, key=unlikeness)
    same_size = [offer for offer in ordered if offer.endswith(f".{size}")]
    return list(dict.fromkeys([*same_size, *ordered]))[:NEAR]
