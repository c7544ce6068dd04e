# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report as data: what the JSON file holds, and all that the Markdown is made from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ..._stack.snapshot import Snapshot
from ..comparison import compare
from ..cost import Estimate
from ..exit_status import exit_of
from ..model import Check, Finding, Pillar, Severity, Status
from ..parameters import Parameters
from ..plan import action_plan
from ..waivers import Waiver, expired_waivers, unused_waivers

SCHEMA_VERSION = 1

# What the title block calls the architecture, by the collectors that found something.
_ARCHITECTURE = {
    "cloudfront.distributions": "CloudFront",
    "wafv2.web_acls": "WAF",
    "elbv2.load_balancers": "ALB",
    "ecs.services": "ECS",
    "rds.db_clusters": "Aurora",
    "elasticache.replication_groups": "ElastiCache",
    "s3.buckets": "S3",
}


def build_report(
    snapshot: Snapshot,
    findings: Sequence[Finding],
    *,
    parameters: Parameters,
    waivers: Sequence[Waiver],
    today: date,
    fail_on: str,
    estimate: Estimate,
    not_run: Iterable[Check] = (),
    previous: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The report: plain dictionaries, lists, texts and numbers.

    {schema_version, reviewed_on, stack, snapshot, parameters, exit, summary, plan, cost, findings, waivers,
    not_run, since}. previous is an earlier report; since is what changed, or None.
    """
    report = {
        "schema_version": SCHEMA_VERSION,
        "reviewed_on": today.isoformat(),
        "stack": _stack(snapshot),
        "snapshot": _facts(snapshot),
        "parameters": parameters.as_dict(),
        "exit": {**exit_of(findings, fail_on).as_dict(), "fail_on": fail_on},
        "summary": _summary(findings),
        "plan": [step.as_dict() for step in action_plan(findings)],
        "cost": {**estimate.as_dict(), **_change(findings, estimate)},
        "findings": [one.as_dict() for one in findings],
        "waivers": {
            "expired": [one.as_dict() for one in expired_waivers(waivers, today)],
            "unused": [one.as_dict() for one in unused_waivers(waivers, findings, today)],
        },
        "not_run": sorted(one.id for one in not_run),
        "since": None,
    }
    plain: dict[str, Any] = json.loads(json.dumps(report))
    if previous is not None:
        plain["since"] = compare(previous, plain)
    return plain


def _stack(snapshot: Snapshot) -> dict[str, Any]:
    names = ("project", "environment", "account_id", "partition", "region", "dr_region")
    return {name: getattr(snapshot, name) for name in names} | {
        "architecture": [name for key, name in _ARCHITECTURE.items() if snapshot.collections.get(key)]
    }


def _facts(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "schema_version": snapshot.schema_version,
        "collected_at": snapshot.collected_at,
        "collections": {key: len(items) for key, items in sorted(snapshot.collections.items())},
        "errors": dict(sorted(snapshot.errors.items())),
    }


def _summary(findings: Iterable[Finding]) -> dict[str, Any]:
    """Counts of results: by status, by pillar and status, and of FAILs by severity."""
    every = list(findings)
    by_status = Counter(one.status for one in every)
    by_pillar = Counter((one.pillar, one.status) for one in every)
    by_severity = Counter(one.severity for one in every if one.status is Status.FAIL)
    return {
        "checks": len({one.check_id for one in every}),
        "statuses": {status: by_status[status] for status in Status},
        "pillars": {pillar: {status: by_pillar[pillar, status] for status in Status} for pillar in Pillar},
        "severities": {severity: by_severity[severity] for severity in Severity},
    }


def _change(findings: Iterable[Finding], estimate: Estimate) -> dict[str, float]:
    """What the fixes of all FAILs would do to the bill, as far as their checks can tell."""
    amounts = [one.monthly_usd for one in findings if one.status is Status.FAIL and one.monthly_usd is not None]
    saves = round(-sum(amount for amount in amounts if amount < 0), 2)
    adds = round(sum(amount for amount in amounts if amount > 0), 2)
    return {
        "fixes_save_usd": saves,
        "fixes_add_usd": adds,
        "projected_usd": round(estimate.total_usd - saves + adds, 2),
    }
