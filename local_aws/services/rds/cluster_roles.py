# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM roles of a cluster, for S3 and Lambda: Aurora MySQL's have no feature name, and there may be several.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_AddRoleToDBCluster.html and
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html (five of them).
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.rds import aws, common

_ROLES = 5


@aws.adds
def add_role_to_db_cluster(
    call: Any, *, db_cluster_identifier: str, role_arn: str, feature_name: str = ""
) -> dict[str, Any]:
    from moto.rds.models import AssociatedRole

    cluster = common.cluster(call, db_cluster_identifier)
    if any(role.role_arn == role_arn for role in cluster._associated_roles):
        raise Refusal(
            "DBClusterRoleAlreadyExists",
            f"The role {role_arn} is already associated with {db_cluster_identifier}.",
            400,
        )
    if len(cluster._associated_roles) >= _ROLES:
        raise Refusal(
            "DBClusterRoleQuotaExceeded", f"{db_cluster_identifier} has {_ROLES} roles, the most it may.", 400
        )
    cluster._associated_roles.append(AssociatedRole(role_arn, feature_name))
    return {}


@aws.adds
def remove_role_from_db_cluster(
    call: Any, *, db_cluster_identifier: str, role_arn: str, feature_name: str = ""
) -> dict[str, Any]:
    cluster = common.cluster(call, db_cluster_identifier)
    kept = [role for role in cluster._associated_roles if role.role_arn != role_arn]
    if len(kept) == len(cluster._associated_roles):
        raise Refusal("DBClusterRoleNotFound", f"{role_arn} is not associated with {db_cluster_identifier}.", 404)
    cluster._associated_roles = kept
    return {}
