# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora: encryption and exposure."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed, passed


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
