# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora: encryption, exposure, credentials, TLS and the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, not_applicable, passed, value
from ..common import fact, verdict

_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide"
_ON = frozenset({"1", "ON", "on"})
# Engine -> the parameter that refuses connections without TLS.
_TLS_PARAMETER = {"aurora-mysql": "require_secure_transport", "aurora-postgresql": "rds.force_ssl"}
_DEFAULT_ADMINS = frozenset({"admin", "root", "postgres"})
_DATABASE_WORD = re.compile(r"(^|[/_-])(aurora|rds|mysql|database|db)([/_-]|$)", re.IGNORECASE)


@check(
    id="aurora_storage_encrypted",
    pillar="security",
    best_practice="SEC08-BP02",
    severity="critical",
    resource_type="AwsRdsDbCluster",
    title="Aurora storage is encrypted at rest",
    needs=("rds.db_clusters",),
    role="aurora",
    item="SEC-1",
    downtime=True,
    cost="none",
    recommendation="Encryption cannot be switched on in place: migrate with playbooks/encrypt_aurora.yml.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html",
)
def aurora_storage_encrypted(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """StorageEncryptionType says none, sse-rds or sse-kms; where AWS leaves it out, StorageEncrypted decides."""
    for cluster in stack.items("rds.db_clusters"):
        kind = cluster.get("StorageEncryptionType")
        if kind:
            judged = passed if kind in {"sse-rds", "sse-kms"} else failed
            yield judged(cluster["DBClusterArn"], f"StorageEncryptionType is {kind}")
        else:
            encrypted = bool(cluster.get("StorageEncrypted"))
            judged = passed if encrypted else failed
            yield judged(cluster["DBClusterArn"], f"StorageEncrypted is {str(encrypted).lower()}")


@check(
    id="aurora_not_public",
    pillar="security",
    best_practice="SEC05-BP01",
    severity="critical",
    resource_type="AwsRdsDbInstance",
    title="Aurora instances are not publicly accessible",
    needs=("rds.db_instances",),
    role="aurora",
    recommendation="Set PubliclyAccessible to false on the instance; the aurora role does it.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-mysql-security.html",
)
def aurora_not_public(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """PubliclyAccessible of each instance."""
    for instance in stack.items("rds.db_instances"):
        public = bool(instance.get("PubliclyAccessible"))
        judged = failed if public else passed
        yield judged(instance["DBInstanceArn"], f"PubliclyAccessible is {str(public).lower()}")


@check(
    id="aurora_customer_managed_key",
    pillar="security",
    best_practice="SEC08-BP01",
    severity="low",
    resource_type="AwsRdsDbCluster",
    title="Aurora is encrypted with a key of the account's own",
    needs=("rds.db_clusters", "kms.keys"),
    role="aurora",
    item="SEC-1",
    downtime=True,
    cost="raises",
    recommendation="Name the key in aurora_kms_key. An existing cluster's key cannot be changed in place: migrate with"
    " playbooks/encrypt_aurora.yml.",
    source=f"{_GUIDE}/Overview.Encryption.html",
)
def aurora_customer_managed_key(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """KmsKeyId is a customer managed key; the collector keeps no others."""

    def judge(cluster: Item) -> Result:
        arn, key = cluster["DBClusterArn"], cluster.get("KmsKeyId")
        if not key or not cluster.get("StorageEncrypted"):
            return failed(arn, fact("StorageEncryptionType", cluster.get("StorageEncryptionType")))
        own = any(key in {one.get("Arn"), one.get("KeyId")} for one in stack.items("kms.keys"))
        return verdict(own, arn, f"KmsKeyId is {key}, {'' if own else 'not '}a customer managed key")

    yield from each(stack.items("rds.db_clusters"), "DBClusterArn", judge)


@check(
    id="aurora_iam_auth",
    pillar="security",
    best_practice="SEC02-BP02",
    severity="medium",
    resource_type="AwsRdsDbCluster",
    title="Aurora accepts IAM's short-lived credentials",
    needs=("rds.db_clusters",),
    role="aurora",
    recommendation="Set aurora_iam_authentication; database users are then made with AWSAuthenticationPlugin.",
    source=f"{_GUIDE}/UsingWithRDS.IAMDBAuth.html",
)
def aurora_iam_auth(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """IAMDatabaseAuthenticationEnabled."""
    for cluster in stack.items("rds.db_clusters"):
        enabled = bool(cluster.get("IAMDatabaseAuthenticationEnabled"))
        yield verdict(enabled, cluster["DBClusterArn"], fact("IAMDatabaseAuthenticationEnabled", enabled))


@check(
    id="aurora_tls_required",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="high",
    resource_type="AwsRdsDbClusterParameterGroup",
    title="Aurora refuses connections without TLS",
    needs=("rds.db_clusters", "rds.db_cluster_parameter_groups"),
    role="aurora",
    recommendation="Set require_secure_transport to ON in aurora_cluster_parameters; it applies at once, so see first"
    " that every client connects with TLS.",
    source=f"{_GUIDE}/AuroraMySQL.Security.html",
)
def aurora_tls_required(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The engine's parameter, as somebody has set it in the cluster's group; Aurora MySQL 8.4 begins with ON."""

    def judge(cluster: Item) -> Result:
        name = _TLS_PARAMETER.get(cluster.get("Engine", ""))
        if name is None:
            return not_applicable(f"{fact('Engine', cluster.get('Engine'))}, not Aurora", cluster["DBClusterArn"])
        seen = _parameter(stack, cluster, name)
        if seen is None and _is_mysql_84(cluster):
            return passed(cluster["DBClusterArn"], _in_group(cluster, f"{name} is ON by default, not set"))
        return verdict(seen in _ON, cluster["DBClusterArn"], _in_group(cluster, fact(name, seen)))

    yield from each(stack.items("rds.db_clusters"), "DBClusterArn", judge)


@check(
    id="aurora_master_secret_managed",
    pillar="security",
    best_practice="SEC02-BP03",
    severity="critical",
    resource_type="AwsRdsDbCluster",
    title="The master password lives in Secrets Manager",
    needs=("rds.db_clusters", "secretsmanager.secrets"),
    role="aurora",
    item="SEC-2",
    cost="raises",
    recommendation="Set aurora_manage_master_password: RDS replaces the password and keeps it in Secrets Manager. Where"
    " AWS refuses that (cross-region replica, global database), name a secret in aurora_master_secret.",
    source=f"{_GUIDE}/rds-secrets-manager.html",
)
def aurora_master_secret_managed(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """MasterUserSecret, or a secret of the workload that is named for its database."""

    def judge(cluster: Item) -> Result:
        arn, managed = cluster["DBClusterArn"], cluster.get("MasterUserSecret")
        if managed:
            status = managed.get("SecretStatus")
            return verdict(status != "impaired", arn, fact("MasterUserSecret.SecretStatus", status))
        secrets = [one["Name"] for one in stack.items("secretsmanager.secrets")]
        named = [one for one in secrets if cluster["DBClusterIdentifier"] in one or _DATABASE_WORD.search(one)]
        if named:
            return passed(arn, f"MasterUserSecret is not set, the secret {named[0]} is named for the database")
        return failed(arn, "MasterUserSecret is not set and no secret is named for the database")

    yield from each(stack.items("rds.db_clusters"), "DBClusterArn", judge)


@check(
    id="aurora_non_default_admin",
    pillar="security",
    best_practice="SEC02-BP03",
    severity="low",
    resource_type="AwsRdsDbCluster",
    title="The database's administrator has a name of its own",
    needs=("rds.db_clusters",),
    role="aurora",
    downtime=True,
    recommendation="Name it in aurora_master_username. It cannot be changed in place: restore into a new cluster.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-24",
)
def aurora_non_default_admin(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """MasterUsername is none of the engines' defaults."""
    for cluster in stack.items("rds.db_clusters"):
        name = cluster.get("MasterUsername")
        yield verdict(name not in _DEFAULT_ADMINS, cluster["DBClusterArn"], fact("MasterUsername", name))


@check(
    id="aurora_audit_log_export",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="medium",
    resource_type="AwsRdsDbCluster",
    title="Aurora's audit log is written and exported",
    needs=("rds.db_clusters", "rds.db_cluster_parameter_groups"),
    role="aurora",
    cost="raises",
    recommendation="Keep audit in aurora_log_exports and server_audit_logging in aurora_cluster_parameters.",
    source=f"{_GUIDE}/AuroraMySQL.Auditing.html",
)
def aurora_audit_log_export(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """server_audit_logging is on and CloudWatch Logs gets the audit log."""

    def judge(cluster: Item) -> Result:
        arn = cluster["DBClusterArn"]
        if cluster.get("Engine") != "aurora-mysql":
            return not_applicable(f"{fact('Engine', cluster.get('Engine'))}, not Aurora MySQL", arn)
        exports = cluster.get("EnabledCloudwatchLogsExports") or []
        if "audit" not in exports:
            return failed(arn, fact("EnabledCloudwatchLogsExports", exports))
        logging = _parameter(stack, cluster, "server_audit_logging")
        return verdict(logging in _ON, arn, _in_group(cluster, fact("server_audit_logging", logging)))

    yield from each(stack.items("rds.db_clusters"), "DBClusterArn", judge)


@check(
    id="aurora_snapshots_not_public",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="critical",
    resource_type="AwsRdsDbClusterSnapshot",
    title="No manual snapshot of Aurora is public",
    needs=("rds.db_cluster_snapshots",),
    recommendation="Take it back at once: aws rds modify-db-cluster-snapshot-attribute --attribute-name restore"
    " --values-to-remove all.",
    source=f"{_GUIDE}/aurora-share-snapshot.html",
)
def aurora_snapshots_not_public(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Who may restore each manual snapshot; automated ones cannot be shared."""

    def judge(snapshot: Item) -> Result:
        attributes = value(snapshot, "Attributes", "describe_db_cluster_snapshot_attributes") or {}
        may = attributes.get("restore") or []
        return verdict("all" not in may, snapshot["DBClusterSnapshotArn"], f"restore is {may}")

    manual = [one for one in stack.items("rds.db_cluster_snapshots") if one.get("SnapshotType") == "manual"]
    yield from each(manual, "DBClusterSnapshotArn", judge)
    if not manual:
        yield not_applicable("the clusters have no manual snapshot")


def _parameter(stack: Stack, cluster: Item, name: str) -> str | None:
    """A parameter of the cluster's group that somebody has set."""
    for group in stack.items("rds.db_cluster_parameter_groups"):
        if group["DBClusterParameterGroupName"] == cluster.get("DBClusterParameterGroup"):
            seen = (group.get("Parameters") or {}).get(name, {}).get("ParameterValue")
            return None if seen is None else str(seen)
    return None


def _is_mysql_84(cluster: Item) -> bool:
    """Aurora MySQL 8.4 or newer; 8.0 and 5.7 are Aurora MySQL 3 and 2."""
    version = re.match(r"(\d+)\.(\d+)", cluster.get("EngineVersion", ""))
    newer = version is not None and (int(version[1]), int(version[2])) >= (8, 4)
    return cluster.get("Engine") == "aurora-mysql" and newer


def _in_group(cluster: Item, seen: str) -> str:
    return f"{seen} in the parameter group {cluster.get('DBClusterParameterGroup')}"
