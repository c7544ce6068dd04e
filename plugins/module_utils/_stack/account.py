# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Collectors of the account as such: who may use it, what looks after it."""

from __future__ import annotations

from collections.abc import Iterable

from .._describe import account, computeoptimizer, config, ecr, guardduty, iam, macie2, organizations
from .membership import values
from .source import Collector, Item, Source


def _findings(source: Source) -> Iterable[Item]:
    detectors = values(source.items("guardduty.detectors"), "DetectorId")
    return [one for detector in detectors for one in guardduty.high_findings(source.aws, detector=detector)]


def _enrolled(source: Source) -> bool:
    return "Active" in values(source.items("computeoptimizer.enrollment"), "status")


def _optimized_services(source: Source) -> Iterable[Item]:
    """Nothing where the account is not enrolled."""
    arns = values(source.items("ecs.services"), "serviceArn")
    return computeoptimizer.ecs_services(source.aws, arns=arns) if arns and _enrolled(source) else []


def _optimized_databases(source: Source) -> Iterable[Item]:
    """Nothing where the account is not enrolled."""
    arns = values(source.items("rds.db_instances"), "DBInstanceArn")
    return computeoptimizer.rds_databases(source.aws, arns=arns) if arns and _enrolled(source) else []


COLLECTORS = {
    "account.alternate_contacts": Collector(
        "governance", lambda source: account.alternate_contacts(source.aws), workload=False
    ),
    "organizations.organizations": Collector(
        "governance", lambda source: organizations.organizations(source.aws), workload=False
    ),
    "iam.password_policy": Collector("governance", lambda source: iam.password_policy(source.aws), workload=False),
    "iam.credential_report": Collector("governance", lambda source: iam.credential_report(source.aws), workload=False),
    "macie2.sessions": Collector("governance", lambda source: macie2.sessions(source.aws), workload=False),
    "guardduty.findings": Collector("governance", _findings, workload=False),
    "config.delivery_channels": Collector(
        "governance", lambda source: config.delivery_channels(source.aws), workload=False
    ),
    "ecr.registry_scanning": Collector("ecs", lambda source: ecr.registry_scanning(source.aws), workload=False),
    "computeoptimizer.enrollment": Collector(
        "governance", lambda source: computeoptimizer.enrollment(source.aws), workload=False
    ),
    "computeoptimizer.ecs_services": Collector("governance", _optimized_services),
    "computeoptimizer.rds_databases": Collector("governance", _optimized_databases),
}
