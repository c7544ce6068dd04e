# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.cost_optimization import rds

GIB = 1024**3


def instance(kind="db.r6g.large"):
    return {"DBInstanceArn": "arn:i", "DBInstanceIdentifier": "i", "DBInstanceClass": kind}


def seen(metric, average, maximum):
    dimensions = {"DBInstanceIdentifier": "i"}
    return {"MetricName": metric, "Dimensions": dimensions, "Average": average, "Maximum": maximum}


@pytest.mark.parametrize(
    ("kind", "cpu", "free", "status", "usd"),
    [
        ("db.r6g.large", 11, 13 * GIB, "FAIL", -136.51),
        ("db.r6g.large", 11, None, "FAIL", -136.51),
        ("db.r6g.2xlarge", 11, 60 * GIB, "FAIL", -379.6),
        ("db.z9.large", 11, 1 * GIB, "FAIL", None),
        ("db.r6g.large", 11, 1 * GIB, "PASS", None),
        ("db.r6g.large", 45, 13 * GIB, "PASS", None),
        ("db.t4g.medium", 5, 3 * GIB, "PASS", None),
        ("db.r6g.large", None, None, "NOT_APPLICABLE", None),
        ("db.serverless", 1, None, "NOT_APPLICABLE", None),
    ],
)
def test_oversized(findings, kind, cpu, free, status, usd):
    statistics = [seen("CPUUtilization", cpu, cpu), seen("FreeableMemory", free, free)]
    collections = {"rds.db_instances": [instance(kind)], "cloudwatch.statistics": statistics}
    (finding,) = findings(rds.aurora_oversized, collections)
    assert (finding.status, finding.monthly_usd) == (status, usd)


def test_oversized_by_the_users_threshold(judge):
    collections = {"rds.db_instances": [instance()], "cloudwatch.statistics": [seen("CPUUtilization", 5, 11)]}
    assert judge(rds.aurora_oversized, collections, cpu_low_percent=10) == ["PASS"]


@pytest.mark.parametrize(
    ("hours", "reserved", "status"),
    [
        ([("100", "80")], [], "PASS"),
        ([("100", "60"), ("100", "90")], [], "PASS"),
        ([("100", "10")], [], "FAIL"),
        ([("0", "0")], [], "FAIL"),
        ([], [("active", 2)], "PASS"),
        ([], [("active", 1)], "FAIL"),
        ([], [("retired", 2)], "FAIL"),
    ],
)
def test_commitment(judge, hours, reserved, status):
    collections = {
        "rds.db_instances": [instance(), instance()],
        "costexplorer.reservation_coverage": [
            {"Total": {"CoverageHours": {"TotalRunningHours": total, "ReservedHours": covered}}}
            for total, covered in hours
        ],
        "rds.reserved_db_instances": [
            {"State": state, "DBInstanceCount": count, "DBInstanceClass": "db.r6g.large"} for state, count in reserved
        ],
    }
    assert judge(rds.rds_commitment_coverage, collections) == [status]


@pytest.mark.parametrize(
    ("check", "denied"),
    [
        (rds.aurora_oversized, "cloudwatch.statistics"),
        (rds.rds_commitment_coverage, "costexplorer.reservation_coverage"),
        (rds.rds_commitment_coverage, "rds.reserved_db_instances"),
    ],
)
def test_denied_and_absent(judge, check, denied):
    assert judge(check, {"rds.db_instances": [instance()]}, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
    assert judge(rds.rds_commitment_coverage, {"rds.db_instances": [instance("db.serverless")]}) == ["NOT_APPLICABLE"]
