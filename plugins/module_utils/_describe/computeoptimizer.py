# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Compute Optimizer: https://docs.aws.amazon.com/compute-optimizer/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .reading import Item

SERVICE = "compute-optimizer"


def enrollment(aws: Aws) -> list[Item]:
    """One item: status (Active, Inactive, Pending, Failed) of the account."""
    return [aws.call(SERVICE, "get_enrollment_status")]


def ecs_services(aws: Aws, *, arns: Collection[str]) -> list[Item]:
    """Recommendations for ECS services: serviceArn, finding, findingReasonCodes, serviceRecommendationOptions."""
    return aws.pages(SERVICE, "get_ecs_service_recommendations", "ecsServiceRecommendations", serviceArns=sorted(arns))


def rds_databases(aws: Aws, *, arns: Collection[str]) -> list[Item]:
    """Recommendations for DB instances: resourceArn, instanceFinding, instanceRecommendationOptions."""
    return aws.pages(SERVICE, "get_rds_database_recommendations", "rdsDBRecommendations", resourceArns=sorted(arns))
