# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A cluster whose password stands in a secret of our own, without the password in this process.

CloudFormation resolves {{resolve:secretsmanager:...}} on AWS's side:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
docs/decisions/aurora-master-secret.md has the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.aws import Aws
from ..._engine.kind import State
from ..cloudformation.retained_stack import create_retained

TIMEOUT = 2400.0
# CreateDBCluster's parameters whose properties have another name in AWS::RDS::DBCluster.
_RENAMED = {
    "EnablePerformanceInsights": "PerformanceInsightsEnabled",
    "PerformanceInsightsKMSKeyId": "PerformanceInsightsKmsKeyId",
}


def create_by_stack(aws: Aws, parameters: Mapping[str, Any], secret_arn: str) -> None:
    """Make the cluster with the password of a secret. parameters: CreateDBCluster's. Errors: AwsError, WebappError."""
    stack = stack_name(parameters["DBClusterIdentifier"])
    create_retained(aws, stack, "AWS::RDS::DBCluster", properties(parameters, secret_arn), TIMEOUT)


def stack_name(cluster: str) -> str:
    """The name of the stack that makes a cluster."""
    return f"{cluster}-cluster-creation"


def stack_of(desired: State) -> str | None:
    """The stack that an ended run may have left; None where a cluster is made without one."""
    made_by_stack = desired.get("master_secret") and not desired.get("manage_master_password")
    return stack_name(desired["name"]) if made_by_stack else None


def properties(parameters: Mapping[str, Any], secret_arn: str) -> dict[str, Any]:
    """Properties of AWS::RDS::DBCluster; the secret's JSON has the key password."""
    reference = f"{{{{resolve:secretsmanager:{secret_arn}:SecretString:password}}}}"
    return {**{_RENAMED.get(key, key): value for key, value in parameters.items()}, "MasterUserPassword": reference}
