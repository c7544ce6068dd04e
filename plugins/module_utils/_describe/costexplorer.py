# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cost Explorer, which a partition has once: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/

Each request costs 0.01 USD (https://aws.amazon.com/aws-cost-management/aws-cost-explorer/pricing/).
"""

from __future__ import annotations

from datetime import date, timedelta

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .partitions import at_home, needed
from .reading import Item

DAYS = 30


def cost_allocation_tags(aws: Aws) -> list[Item]:
    """Cost allocation tags with Status; only a payer or a standalone account may ask."""
    needed(aws, "ce", "list_cost_allocation_tags")
    return at_home(aws).pages("ce", "list_cost_allocation_tags", "CostAllocationTags")


def savings_plans_coverage(aws: Aws, *, today: date) -> list[Item]:
    """Coverage of the last 30 days, one item a period; nothing where there is no usage to cover."""
    return _coverage(aws, "get_savings_plans_coverage", "SavingsPlansCoverages", today)


def reservation_coverage(aws: Aws, *, today: date) -> list[Item]:
    """Coverage of RDS by reserved instances in the last 30 days, one item a period."""
    only = {"Dimensions": {"Key": "SERVICE", "Values": ["Amazon Relational Database Service"]}}
    return _coverage(aws, "get_reservation_coverage", "CoveragesByTime", today, Filter=only)


def _coverage(aws: Aws, operation: str, key: str, today: date, **wanted: object) -> list[Item]:
    period = {"Start": (today - timedelta(days=DAYS)).isoformat(), "End": today.isoformat()}
    needed(aws, "ce", operation)
    try:
        return at_home(aws).pages("ce", operation, key, TimePeriod=period, **wanted)
    except AwsError as error:
        if error.code == "DataUnavailableException":
            return []
        raise
