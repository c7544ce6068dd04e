# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import Cost
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.plan import LATER, PHASES, action_plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.results import failed, passed


def failing(make_finding, name, severity, **metadata):
    monthly_usd = metadata.pop("monthly_usd", None)
    result = failed(f"arn:{name}", "seen", monthly_usd=monthly_usd)
    return make_finding(result, id=name, severity=severity, **metadata)


def test_one_item_is_one_step_with_all_its_checks(make_finding):
    findings = [
        failing(make_finding, "alarm_a", "medium", item="OPS-1", role="observability", cost="raises", monthly_usd=0.1),
        failing(make_finding, "alarm_b", "high", item="OPS-1", role="observability", cost="raises", monthly_usd=0.2),
        make_finding(passed("arn:c", "seen"), id="alarm_c", item="OPS-1"),
    ]
    (step,) = action_plan(findings)
    assert step.title == "Implement CloudWatch alarms"
    assert step.checks == ("alarm_a", "alarm_b")
    assert step.phase == PHASES[1]
    assert step.roles == ("observability",)
    assert (step.cost, step.monthly_usd, step.resources) == (Cost.RAISES, 0.3, 2)


def test_a_check_without_an_item_is_its_own_step(make_finding):
    (step,) = action_plan([failing(make_finding, "lonely", "low")])
    assert (step.title, step.phase) == ("The example is as it should be", PHASES[3])


def test_critical_work_is_all_in_the_first_week_and_the_rest_overflows(make_finding):
    findings = [failing(make_finding, f"c{number}", "critical", role="edge") for number in range(7)]
    findings += [failing(make_finding, f"m{number:02}", "medium", role="edge") for number in range(12)]
    plan = action_plan(findings)
    by_phase = {phase: sum(step.phase == phase for step in plan) for phase in (*PHASES, LATER)}
    assert list(by_phase.values()) == [7, 0, 5, 5, 2]
    assert [step.number for step in plan] == list(range(1, 20))


def test_work_by_people_and_with_downtime_stands_behind_its_equals(make_finding):
    findings = [
        failing(make_finding, "a_people", "high"),
        failing(make_finding, "b_downtime", "high", role="aurora", downtime=True),
        failing(make_finding, "c_easy", "high", role="aurora"),
    ]
    assert [step.checks[0] for step in action_plan(findings)] == ["c_easy", "b_downtime", "a_people"]


def test_costs_of_two_directions_are_either(make_finding):
    findings = [
        failing(make_finding, "a", "high", item="COST-2", cost="lowers"),
        failing(make_finding, "b", "high", item="COST-2", cost="raises"),
        failing(make_finding, "c", "high", item="COST-2"),
    ]
    assert action_plan(findings)[0].cost is Cost.EITHER
