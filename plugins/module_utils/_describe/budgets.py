# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Budgets, which belong to the account: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .partitions import needed
from .reading import Item, further


def budgets(aws: Aws) -> list[Item]:
    """Budgets with Notifications: [{..., Subscribers: [...]}] (None when denied)."""
    needed(aws, "budgets", "describe_budgets")
    account = {"AccountId": aws.account_id}
    found = aws.pages("budgets", "describe_budgets", "Budgets", **account)

    def add(budget: Item) -> None:
        named = {**account, "BudgetName": budget["BudgetName"]}
        answer = further(aws, budget, "budgets", "describe_notifications_for_budget", **named)
        budget["Notifications"] = answer.get("Notifications", []) if answer else None
        for notification in budget["Notifications"] or []:
            asked = {key: notification[key] for key in _NOTIFICATION if key in notification}
            subscribers = further(
                aws, budget, "budgets", "describe_subscribers_for_notification", **named, Notification=asked
            )
            notification["Subscribers"] = subscribers.get("Subscribers", []) if subscribers else None

    aws.map(add, found)
    return found


_NOTIFICATION = ("NotificationType", "ComparisonOperator", "Threshold", "ThresholdType")
