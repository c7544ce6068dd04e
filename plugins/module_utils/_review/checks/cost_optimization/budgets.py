# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Budgets: a limit, who hears of it, whose cost it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, passed, value
from ..common import listed, verdict, workload

_GUIDE = "https://docs.aws.amazon.com/cost-management/latest/userguide"


@check(
    id="budget_exists",
    pillar="cost_optimization",
    best_practice="COST02-BP05",
    severity="high",
    resource_type="AwsBudget",
    title="A cost budget with a limit exists",
    needs=("budgets.budgets",),
    role="governance",
    item="COST-7",
    recommendation="Run the governance role: it makes a monthly cost budget for the stack.",
    source=f"{_GUIDE}/budgets-managing-costs.html",
)
def budget_exists(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A budget of BudgetType COST with a limit of at most budget_monthly_usd a month."""
    wanted = parameters.budget_monthly_usd
    found = _cost_budgets(stack)
    if not found:
        yield failed(workload(stack), "no budget has the BudgetType COST")
    for budget in found:
        limit = _monthly_limit(budget)
        good = limit is not None and 0 < limit <= wanted
        seen = "BudgetLimit is not set" if limit is None else f"BudgetLimit is {limit:.0f} USD a month"
        yield verdict(good, _arn(stack, budget), f"{seen}, wanted are at most {wanted}")


@check(
    id="budget_notifications",
    pillar="cost_optimization",
    best_practice="COST01-BP05",
    severity="medium",
    resource_type="AwsBudget",
    title="Somebody hears of a budget before it is spent",
    needs=("budgets.budgets",),
    role="governance",
    item="COST-7",
    recommendation="Run the governance role: it makes a notification for actual cost and one for the forecast, with"
    " subscribers.",
    source=f"{_GUIDE}/budgets-best-practices.html",
)
def budget_notifications(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A notification of ACTUAL cost at budget_threshold_percent or earlier and one of the forecast, subscribed."""

    def judge(budget: Item) -> Result:
        heard = [one for one in value(budget, "Notifications", *_CALLS) or () if one.get("Subscribers")]
        early = [one for one in heard if _early(one, budget, parameters.budget_threshold_percent)]
        kinds = sorted({str(one.get("NotificationType")) for one in early})
        evidence = (
            f"NotificationType with subscribers at or below {parameters.budget_threshold_percent} % (ACTUAL)"
            f" or 100 % (FORECASTED): {listed(kinds)}"
        )
        return verdict(kinds == ["ACTUAL", "FORECASTED"], _arn(stack, budget), evidence)

    yield from each(_cost_budgets(stack), lambda one: _arn(stack, one), judge)


@check(
    id="budget_scoped_to_workload",
    pillar="cost_optimization",
    best_practice="COST03-BP05",
    severity="low",
    resource_type="AwsBudget",
    title="A budget counts this workload's cost alone",
    needs=("budgets.budgets",),
    role="governance",
    item="COST-7",
    recommendation="Run the governance role: it filters the budget by the tag Project, once that tag is an active cost"
    " allocation tag.",
    source=f"{_GUIDE}/budgets-create-filters.html",
)
def budget_scoped_to_workload(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A cost budget is filtered by the tag Project with the project's name."""
    found = _cost_budgets(stack)
    scoped = [budget for budget in found if _names(budget, stack.project)]
    for budget in scoped:
        yield passed(_arn(stack, budget), f"filtered by the tag Project with {stack.project}")
    if found and not scoped:
        names = listed(budget["BudgetName"] for budget in found)
        yield failed(workload(stack), f"not filtered by the tag Project with {stack.project}: {names}")


_CALLS = ("describe_notifications_for_budget", "describe_subscribers_for_notification")
_MONTHS = {"MONTHLY": 1, "QUARTERLY": 3, "ANNUALLY": 12}


def _cost_budgets(stack: Stack) -> list[Item]:
    return [one for one in stack.items("budgets.budgets") if one.get("BudgetType") == "COST"]


def _arn(stack: Stack, budget: Item) -> str:
    return f"arn:{stack.partition}:budgets::{stack.account_id}:budget/{budget['BudgetName']}"


def _monthly_limit(budget: Item) -> float | None:
    """BudgetLimit a month; a planned budget's greatest month; a daily one times 31."""
    planned = [float(one["Amount"]) for one in (budget.get("PlannedBudgetLimits") or {}).values()]
    amount = (budget.get("BudgetLimit") or {}).get("Amount")
    if amount is None and not planned:
        return None
    most = max([float(amount or 0), *planned])
    unit = budget.get("TimeUnit", "MONTHLY")
    return most * 31 if unit == "DAILY" else most / _MONTHS.get(unit, 1)


def _early(notification: Item, budget: Item, percent: int) -> bool:
    """At or below the percentage for actual cost, the whole limit for the forecast."""
    if notification.get("ComparisonOperator") not in {"GREATER_THAN", None}:
        return False
    threshold = float(notification.get("Threshold") or 0)
    if notification.get("ThresholdType") == "ABSOLUTE_VALUE":
        limit = float((budget.get("BudgetLimit") or {}).get("Amount") or 0)
        threshold = 100 * threshold / limit if limit else 101.0
    return threshold <= (percent if notification.get("NotificationType") == "ACTUAL" else 100)


def _names(budget: Item, project: str) -> bool:
    """CostFilters (user:Project$mywebapp) or a FilterExpression name the tag Project with this value."""
    filters = (budget.get("CostFilters") or {}).get("TagKeyValue") or ()
    return f"user:Project${project}" in filters or _expressed(budget.get("FilterExpression"), project)


def _expressed(expression: Mapping[str, Any] | None, project: str) -> bool:
    if not expression:
        return False
    tags = expression.get("Tags") or {}
    if tags.get("Key") in {"Project", "user:Project"} and project in (tags.get("Values") or ()):
        return True
    return any(_expressed(one, project) for one in expression.get("And") or ())
