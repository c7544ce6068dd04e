# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora: size and commitment of its instances."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, failed, not_applicable, passed
from ..common import verdict
from ..sizing import GIB, difference, memory_gib, smaller_class, use

_SERVERLESS = "db.serverless"


@check(
    id="aurora_oversized",
    pillar="cost_optimization",
    best_practice="COST06-BP02",
    severity="high",
    resource_type="AwsRdsDbInstance",
    title="Aurora's use justifies its instance class",
    needs=("rds.db_instances", "cloudwatch.statistics"),
    role="aurora",
    item="COST-1",
    downtime=True,
    cost="lowers",
    recommendation="Set aurora_instance_class to a smaller class; the change restarts the instances, readers first."
    " Below large only burstable classes (db.t4g) are left: no global database, and AWS recommends them for"
    " development and test, so weigh the saving against aurora_not_burstable_in_prod.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.html",
)
def aurora_oversized(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The CPU's 14-day peak is below cpu_low_percent and no more than memory_high_percent of memory is used."""
    for instance in stack.items("rds.db_instances"):
        kind = instance["DBInstanceClass"]
        if kind == _SERVERLESS:
            yield not_applicable("DBInstanceClass is db.serverless, which scales by itself", instance["DBInstanceArn"])
        else:
            yield _sized(stack, parameters, instance)


@check(
    id="rds_commitment_coverage",
    pillar="cost_optimization",
    best_practice="COST07-BP04",
    severity="medium",
    resource_type="AwsRdsReservedInstance",
    title="Aurora's steady use is covered by a commitment",
    needs=("rds.db_instances", "costexplorer.reservation_coverage", "rds.reserved_db_instances"),
    item="COST-4",
    role="governance",
    cost="lowers",
    recommendation="Right-size first, then reserve what runs all year (r6g and t4g: reserved instances; r7g, r8g and"
    " serverless: a Database Savings Plan too). The governance role reports what to buy and never buys.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithReservedDBInstances.html",
)
def rds_commitment_coverage(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Cost Explorer's coverage of the last 30 days; where it has none, the active reservations."""
    classes = [one["DBInstanceClass"] for one in stack.items("rds.db_instances")]
    fixed = [kind for kind in classes if kind != _SERVERLESS]
    wanted = parameters.savings_coverage_percent
    if not fixed:
        return
    hours = [(one.get("Total") or {}).get("CoverageHours") or {} for one in _coverage(stack)]
    running = sum(float(one.get("TotalRunningHours") or 0) for one in hours)
    if running:
        covered = 100 * sum(float(one.get("ReservedHours") or 0) for one in hours) / running
        evidence = f"ReservedHours are {covered:.0f} % of TotalRunningHours, wanted are {wanted} %"
        yield verdict(covered >= wanted, stack.account_id, evidence)
        return
    active = [one for one in stack.items("rds.reserved_db_instances") if one.get("State") == "active"]
    reserved = sum(int(one.get("DBInstanceCount") or 0) for one in active if one.get("DBInstanceClass") in fixed)
    evidence = f"{reserved} active reserved instances for {len(fixed)} instances"
    yield verdict(100 * reserved >= wanted * len(fixed), stack.account_id, evidence)


def _coverage(stack: Stack) -> tuple[Item, ...]:
    return stack.items("costexplorer.reservation_coverage")


def _sized(stack: Stack, parameters: Parameters, instance: Item) -> Result:
    arn, kind = instance["DBInstanceArn"], instance["DBInstanceClass"]
    statistics = stack.items("cloudwatch.statistics")
    named = {"DBInstanceIdentifier": instance["DBInstanceIdentifier"]}
    cpu = use(statistics, "CPUUtilization", **named).peak
    if cpu is None:
        return not_applicable("CloudWatch has no CPUUtilization of the last 14 days", arn)
    free, total = use(statistics, "FreeableMemory", **named).average, memory_gib(kind)
    used = None if free is None or total is None else max(0.0, 100 - 100 * free / GIB / total)
    memory = "" if used is None else f", {used:.0f} % of {total:g} GiB of memory is used"
    evidence = f"{kind}: CPUUtilization peaks at {cpu:.0f} %{memory}"
    smaller = smaller_class(kind)
    if cpu >= parameters.cpu_low_percent or smaller is None or (used or 0) > parameters.memory_high_percent:
        return passed(arn, evidence)
    saved = difference(f"aurora.{kind}", f"aurora.{smaller}")
    return failed(arn, f"{evidence}; next smaller is {smaller}", monthly_usd=saved)
