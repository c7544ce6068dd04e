# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Compute Optimizer: enrollment; what has been enrolled a moment ago has no recommendation yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("compute-optimizer")


@aws.adds
def get_enrollment_status(call: Any) -> dict[str, Any]:
    enrolled: dict[str, Any] = call.state("enrollment", region="us-east-1")
    return {"status": enrolled.get("status", "Inactive"), "memberAccountsEnrolled": False}


@aws.adds
def update_enrollment_status(call: Any, *, status: str) -> dict[str, Any]:
    call.state("enrollment", region="us-east-1").update(status=status, since=datetime.now(UTC))
    return {"status": status}


def _enrolled(call: Any) -> None:
    if get_enrollment_status(call)["status"] != "Active":
        raise Refusal("OptInRequiredException", "The account is not opted in to AWS Compute Optimizer.", 400)


@aws.adds
def get_ecs_service_recommendations(
    call: Any, *, service_arns: list[str] | None = None, max_results: int = 1000, next_token: str = ""
) -> dict[str, Any]:
    _enrolled(call)
    return {"ecsServiceRecommendations": [], "errors": []}


@aws.adds
def get_rds_database_recommendations(
    call: Any, *, resource_arns: list[str] | None = None, max_results: int = 1000, next_token: str = ""
) -> dict[str, Any]:
    _enrolled(call)
    return {"rdsDBRecommendations": [], "errors": []}
