# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import replace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.performance_efficiency import rds
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.engine import review
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Parameters


def instance(**changes):
    return {"DBInstanceArn": "arn:i", "DBInstanceIdentifier": "i", "DBInstanceClass": "db.r6g.large", **changes}


def cluster(**changes):
    return {"DBClusterArn": "arn:c", "DBClusterParameterGroup": "group", "Engine": "aurora-mysql", **changes}


@pytest.mark.parametrize(
    ("check", "answer", "status"),
    [
        (rds.aurora_performance_insights, {"PerformanceInsightsEnabled": True}, "PASS"),
        (rds.aurora_performance_insights, {"PerformanceInsightsEnabled": False}, "FAIL"),
        (rds.aurora_performance_insights, {"DatabaseInsightsMode": "standard"}, "FAIL"),
        (
            rds.aurora_pi_retention,
            {"PerformanceInsightsEnabled": True, "PerformanceInsightsRetentionPeriod": 7},
            "PASS",
        ),
        (rds.aurora_pi_retention, {"PerformanceInsightsEnabled": True}, "FAIL"),
        (rds.aurora_pi_retention, {"PerformanceInsightsEnabled": False}, "NOT_APPLICABLE"),
        (rds.aurora_enhanced_monitoring, {"MonitoringInterval": 60}, "PASS"),
        (rds.aurora_enhanced_monitoring, {"MonitoringInterval": 0}, "FAIL"),
        (rds.aurora_enhanced_monitoring, {}, "FAIL"),
        (rds.aurora_not_burstable_in_prod, {}, "PASS"),
        (rds.aurora_not_burstable_in_prod, {"DBInstanceClass": "db.t4g.medium"}, "FAIL"),
        (rds.aurora_not_burstable_in_prod, {"DBInstanceClass": "db.serverless"}, "PASS"),
    ],
)
def test_instance_fields(judge, check, answer, status):
    assert judge(check, {"rds.db_instances": [instance(**answer)]}) == [status]


def test_pi_retention_is_the_users(judge):
    found = [instance(PerformanceInsightsEnabled=True, PerformanceInsightsRetentionPeriod=7)]
    assert judge(rds.aurora_pi_retention, {"rds.db_instances": found}, pi_retention_days=465) == ["FAIL"]


@pytest.mark.parametrize(
    ("engine", "parameter", "exports", "status"),
    [
        ("aurora-mysql", {"slow_query_log": "1"}, ["slowquery"], "PASS"),
        ("aurora-mysql", {"slow_query_log": "0"}, ["slowquery"], "FAIL"),
        ("aurora-mysql", {}, ["slowquery"], "FAIL"),
        ("aurora-mysql", {"slow_query_log": "1"}, [], "FAIL"),
        ("aurora-postgresql", {"log_min_duration_statement": "500"}, ["postgresql"], "PASS"),
        ("aurora-postgresql", {"log_min_duration_statement": "-1"}, ["postgresql"], "FAIL"),
        ("aurora-postgresql", {}, ["postgresql"], "FAIL"),
        ("neptune", {}, [], "NOT_APPLICABLE"),
    ],
)
def test_slow_queries(judge, engine, parameter, exports, status):
    parameters = {name: {"ParameterValue": seen} for name, seen in parameter.items()}
    collections = {
        "rds.db_clusters": [cluster(Engine=engine, EnabledCloudwatchLogsExports=exports)],
        "rds.db_cluster_parameter_groups": [{"DBClusterParameterGroupName": "group", "Parameters": parameters}],
    }
    assert judge(rds.aurora_slow_query_log, collections) == [status]


@pytest.mark.parametrize(
    ("writer", "peak", "status"),
    [
        (False, 3, "PASS"),
        (False, 0, "FAIL"),
        (False, None, "NOT_APPLICABLE"),
        (True, 0, "NOT_APPLICABLE"),
    ],
)
def test_readers(judge, writer, peak, status):
    members = [{"DBInstanceIdentifier": "i", "IsClusterWriter": writer}]
    seen = {"MetricName": "DatabaseConnections", "Dimensions": {"DBInstanceIdentifier": "i"}, "Maximum": peak}
    collections = {
        "rds.db_clusters": [cluster(DBClusterMembers=members)],
        "rds.db_instances": [instance()],
        "cloudwatch.statistics": [seen],
    }
    assert judge(rds.aurora_reader_used, collections) == [status]


@pytest.mark.parametrize(
    ("metric", "name", "status"),
    [
        ("CPUCreditBalance", "i", "PASS"),
        ("CPUSurplusCreditsCharged", "i", "PASS"),
        ("CPUUtilization", "i", "FAIL"),
        ("CPUCreditBalance", "another", "FAIL"),
    ],
)
def test_watched_credits(judge, metric, name, status):
    dimensions = [{"Name": "DBInstanceIdentifier", "Value": name}]
    alarm = {"AlarmName": "credits", "MetricName": metric, "Dimensions": dimensions}
    collections = {
        "rds.db_instances": [instance(DBInstanceClass="db.t4g.medium")],
        "cloudwatch.alarms": [alarm, {"AlarmName": "composite"}],
    }
    assert judge(rds.aurora_not_burstable_in_prod, collections) == [status]


def test_burstable_outside_production(snapshot, today):
    found = snapshot({"rds.db_instances": [instance(DBInstanceClass="db.t4g.medium")], "cloudwatch.alarms": []})
    stack = replace(found, environment="dev")
    (finding,) = review(stack, Parameters(), (), today, [rds.aurora_not_burstable_in_prod])
    assert finding.status == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("check", "denied"),
    [
        (rds.aurora_performance_insights, "rds.db_instances"),
        (rds.aurora_pi_retention, "rds.db_instances"),
        (rds.aurora_enhanced_monitoring, "rds.db_instances"),
        (rds.aurora_slow_query_log, "rds.db_cluster_parameter_groups"),
        (rds.aurora_reader_used, "cloudwatch.statistics"),
        (rds.aurora_not_burstable_in_prod, "cloudwatch.alarms"),
    ],
)
def test_denied_and_absent(judge, check, denied):
    collections = {
        "rds.db_clusters": [cluster(DBClusterMembers=[{"DBInstanceIdentifier": "i"}])],
        "rds.db_instances": [instance(DBInstanceClass="db.t4g.medium")],
    }
    assert judge(check, collections, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
