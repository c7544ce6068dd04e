# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.cost_optimization import budgets

DENIED = {"service": "budgets", "code": "AccessDenied", "message": "no"}
SOMEBODY = ({"SubscriptionType": "EMAIL"},)


def budget(**changes):
    return {"BudgetName": "monthly", "BudgetType": "COST", "BudgetLimit": {"Amount": "1000"}, **changes}


def notification(kind="ACTUAL", threshold=80, subscribers=SOMEBODY, **changes):
    return {"NotificationType": kind, "Threshold": threshold, "Subscribers": subscribers, **changes}


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([budget()], "PASS"),
        ([budget(BudgetLimit={"Amount": "12000"}, TimeUnit="ANNUALLY")], "PASS"),
        ([budget(BudgetLimit={"Amount": "100"}, TimeUnit="DAILY")], "FAIL"),
        ([budget(BudgetLimit=None, PlannedBudgetLimits={"1": {"Amount": "900"}})], "PASS"),
        ([budget(BudgetLimit={"Amount": "5000"})], "FAIL"),
        ([budget(BudgetLimit=None)], "FAIL"),
        ([budget(BudgetType="USAGE")], "FAIL"),
        ([], "FAIL"),
    ],
)
def test_exists(judge, found, status):
    assert judge(budgets.budget_exists, {"budgets.budgets": found}) == [status]


@pytest.mark.parametrize(
    ("notifications", "status"),
    [
        ([notification(), notification("FORECASTED", 100)], "PASS"),
        ([notification(threshold=800, ThresholdType="ABSOLUTE_VALUE"), notification("FORECASTED", 90)], "PASS"),
        ([notification(threshold=81), notification("FORECASTED", 100)], "FAIL"),
        ([notification(ComparisonOperator="LESS_THAN"), notification("FORECASTED", 100)], "FAIL"),
        ([notification(subscribers=[]), notification("FORECASTED", 100)], "FAIL"),
        ([notification()], "FAIL"),
        ([], "FAIL"),
    ],
)
def test_notifications(judge, notifications, status):
    found = [budget(Notifications=notifications)]
    assert judge(budgets.budget_notifications, {"budgets.budgets": found}) == [status]


@pytest.mark.parametrize("call", ["describe_notifications_for_budget", "describe_subscribers_for_notification"])
def test_denied_notifications_are_of_that_budget(judge, call):
    good = [notification(), notification("FORECASTED", 100)]
    found = [budget(Notifications=good), budget(Notifications=None, Errors={call: DENIED})]
    assert sorted(judge(budgets.budget_notifications, {"budgets.budgets": found})) == ["PASS", "UNKNOWN"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"CostFilters": {"TagKeyValue": ["user:Project$mywebapp"]}}, "PASS"),
        ({"FilterExpression": {"Tags": {"Key": "Project", "Values": ["mywebapp"]}}}, "PASS"),
        ({"FilterExpression": {"And": [{"Tags": {"Key": "user:Project", "Values": ["mywebapp"]}}, {}]}}, "PASS"),
        ({"FilterExpression": {"Tags": {"Key": "Owner", "Values": ["mywebapp"]}}}, "FAIL"),
        ({"CostFilters": {"TagKeyValue": ["user:Project$another"]}}, "FAIL"),
        ({}, "FAIL"),
    ],
)
def test_scope(judge, changes, status):
    assert judge(budgets.budget_scoped_to_workload, {"budgets.budgets": [budget(**changes)]}) == [status]


@pytest.mark.parametrize(
    ("check", "absent"),
    [
        (budgets.budget_exists, "FAIL"),
        (budgets.budget_notifications, "NOT_APPLICABLE"),
        (budgets.budget_scoped_to_workload, "NOT_APPLICABLE"),
    ],
)
def test_denied_and_absent(judge, check, absent):
    assert judge(check, {}, ("budgets.budgets",)) == ["UNKNOWN"]
    assert judge(check, {}) == [absent]
