# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cost Explorer: cost allocation tags, and coverage of what the account runs by plans and reservations.

Nothing can be bought here, so what runs is covered to 0 %; an account that runs nothing has no data, as at AWS.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from moto.backends import get_backend

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("ce")
MONTH_HOURS = 730
VCPU_HOUR = 0.04048  # USD, Fargate on x86 in us-east-1, February 2026


@aws.adds
def list_cost_allocation_tags(
    call: Any,
    *,
    status: str = "",
    tag_keys: list[str] | None = None,
    type: str = "",  # noqa: A002 - the API's name
    max_results: int = 1000,
    next_token: str = "",
) -> dict[str, Any]:
    tags = call.state("cost_allocation_tags").values()
    return {
        "CostAllocationTags": [
            tag for tag in tags if status in ("", tag["Status"]) and (not tag_keys or tag["TagKey"] in tag_keys)
        ]
    }


@aws.adds
def update_cost_allocation_tags_status(
    call: Any, *, cost_allocation_tags_status: list[dict[str, str]]
) -> dict[str, Any]:
    tags = call.state("cost_allocation_tags")
    for wanted in cost_allocation_tags_status:
        today = datetime.now(UTC).strftime("%Y-%m-%dT00:00:00Z")
        tags[wanted["TagKey"]] = {**wanted, "Type": "UserDefined", "LastUpdatedDate": today}
    return {"Errors": []}


def _every_region(call: Any, service: str) -> list[Any]:
    """moto's state of a service in the regions that this account has used."""
    return list(get_backend(service)[call.account].values())


def _vcpus(call: Any) -> float:
    """vCPUs of the running Fargate tasks, over all regions."""
    total = 0.0
    for backend in _every_region(call, "ecs"):
        for service in backend.services.values():
            definition = backend.describe_task_definition(service.task_definition)
            total += service.desired_count * int(definition.cpu or 0) / 1024
    return total


@aws.adds
def get_savings_plans_coverage(
    call: Any, *, time_period: dict[str, str], granularity: str = "MONTHLY", max_results: int = 20, next_token: str = ""
) -> dict[str, Any]:
    cost = _vcpus(call) * MONTH_HOURS * VCPU_HOUR
    if not cost:
        raise Refusal("DataUnavailableException", "The requested data is unavailable.", 400)
    coverage = {
        "SpendCoveredBySavingsPlans": "0",
        "OnDemandCost": f"{cost:.2f}",
        "TotalCost": f"{cost:.2f}",
        "CoveragePercentage": "0",
    }
    return {"SavingsPlansCoverages": [{"TimePeriod": time_period, "Attributes": {}, "Coverage": coverage}]}


@aws.adds
def get_reservation_coverage(
    call: Any,
    *,
    time_period: dict[str, str],
    granularity: str = "MONTHLY",
    filter: Any = None,  # noqa: A002 - the API's name
    max_results: int = 20,
    next_page_token: str = "",
) -> dict[str, Any]:
    """Hours of database instances; Filter is taken as the one for RDS."""
    count = sum(len(backend.databases) for backend in _every_region(call, "rds"))
    if not count:
        raise Refusal("DataUnavailableException", "The requested data is unavailable.", 400)
    hours = f"{count * MONTH_HOURS}"
    coverage = {
        "CoverageHours": {
            "OnDemandHours": hours,
            "ReservedHours": "0",
            "TotalRunningHours": hours,
            "CoverageHoursPercentage": "0",
        }
    }
    return {"CoveragesByTime": [{"TimePeriod": time_period, "Groups": [], "Total": coverage}], "Total": coverage}
