# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.operational_excellence import alarms

DENIED = {"service": "events", "code": "AccessDenied", "message": "no"}
CLUSTER = "arn:aws:ecs:us-east-1:111122223333:cluster/main"
SERVICE = {"serviceArn": "arn:s", "serviceName": "web", "clusterArn": CLUSTER}
BALANCER = {"LoadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/alb/1"}
GROUP = {
    "TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/tg/2",
    "LoadBalancerArns": [BALANCER["LoadBalancerArn"]],
}
INSTANCE = {"DBInstanceArn": "arn:i", "DBInstanceIdentifier": "db-1", "DBClusterIdentifier": "db"}
GATEWAY = {"NatGatewayId": "nat-1"}
THINGS = {
    "elbv2.target_groups": [GROUP],
    "elbv2.load_balancers": [BALANCER],
    "ecs.services": [SERVICE],
    "rds.db_instances": [INSTANCE],
    "ec2.nat_gateways": [GATEWAY],
}
OF_ALB, OF_GROUP = {"LoadBalancer": "app/alb/1"}, {"LoadBalancer": "app/alb/1", "TargetGroup": "targetgroup/tg/2"}
OF_SERVICE = {"ClusterName": "main", "ServiceName": "web"}
WATCHING = [
    (alarms.alarm_alb_unhealthy_targets, "UnHealthyHostCount", OF_GROUP),
    (alarms.alarm_alb_unhealthy_targets, "HealthyHostCount", OF_GROUP),
    (alarms.alarm_alb_5xx, "HTTPCode_Target_5XX_Count", OF_ALB),
    (alarms.alarm_alb_5xx, "HTTPCode_ELB_5XX_Count", OF_ALB),
    (alarms.alarm_alb_latency, "TargetResponseTime", OF_ALB),
    (alarms.alarm_ecs_cpu, "CPUUtilization", OF_SERVICE),
    (alarms.alarm_ecs_memory, "MemoryUtilization", OF_SERVICE),
    (alarms.alarm_ecs_task_failures, "RunningTaskCount", OF_SERVICE),
    (alarms.alarm_aurora_cpu, "CPUUtilization", {"DBInstanceIdentifier": "db-1"}),
    (alarms.alarm_aurora_cpu, "CPUUtilization", {"DBClusterIdentifier": "db", "Role": "WRITER"}),
    (alarms.alarm_aurora_connections, "DatabaseConnections", {"DBInstanceIdentifier": "db-1"}),
    (alarms.alarm_nat_errors, "ErrorPortAllocation", {"NatGatewayId": "nat-1"}),
    (alarms.alarm_nat_errors, "PacketsDropCount", {"NatGatewayId": "nat-1"}),
]


def metric(name, dimensions):
    return {"MetricName": name, "Dimensions": [{"Name": key, "Value": seen} for key, seen in dimensions.items()]}


@pytest.mark.parametrize(("check", "name", "dimensions"), WATCHING)
def test_watching(judge, check, name, dimensions):
    direct = {"AlarmName": "one", **metric(name, dimensions)}
    math = {"AlarmName": "two", "Metrics": [{"Expression": "m1"}, {"MetricStat": {"Metric": metric(name, dimensions)}}]}
    elsewhere = {"AlarmName": "three", **metric(name, dict.fromkeys(dimensions, "another"))}
    other = {"AlarmName": "four", **metric("Another", dimensions)}
    composite = {"AlarmName": "five", "AlarmRule": "ALARM(one)"}
    for found, status in (([direct], "PASS"), ([math], "PASS"), ([elsewhere, other, composite], "FAIL"), ([], "FAIL")):
        assert judge(check, {**THINGS, "cloudwatch.alarms": found}) == [status]


@pytest.mark.parametrize("check", {check.id: check for check, _name, _dimensions in WATCHING}.values())
def test_denied_and_absent(judge, check):
    for denied in check.needs:
        assert judge(check, THINGS, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]


def test_target_groups_without_a_load_balancer(judge):
    groups = {"elbv2.target_groups": [{**GROUP, "LoadBalancerArns": []}]}
    assert judge(alarms.alarm_alb_unhealthy_targets, groups) == ["NOT_APPLICABLE"]


def rule(targets=({"Id": "topic"},), state="ENABLED", errors=None, **pattern):
    found = {"Name": "r", "State": state, "Targets": targets, "EventPattern": {"source": ["aws.ecs"], **pattern}}
    return {**found, "Errors": errors} if errors else found


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (rule(), "PASS"),
        (rule(**{"detail-type": ["ECS Task State Change"], "detail": {"clusterArn": [CLUSTER]}}), "PASS"),
        (rule(**{"detail-type": ["ECS Container Instance State Change"]}), "FAIL"),
        (rule(detail={"clusterArn": ["another"]}), "FAIL"),
        (rule(source=["aws.ec2"]), "FAIL"),
        (rule(state="DISABLED"), "FAIL"),
        (rule(targets=()), "FAIL"),
        (rule(targets=None, errors={"list_targets_by_rule": DENIED}), "UNKNOWN"),
        ({"Name": "schedule", "EventPattern": None}, "FAIL"),
    ],
)
def test_task_failures_by_a_rule(judge, found, status):
    assert judge(alarms.alarm_ecs_task_failures, {**THINGS, "events.rules": [found]}) == [status]


def alarm(name="mywebapp-prod-cpu", enabled=True, actions=("arn:topic",), **changes):
    return {
        "AlarmName": name,
        "AlarmArn": f"arn:{name}",
        "ActionsEnabled": enabled,
        "AlarmActions": list(actions),
        **changes,
    }


@pytest.mark.parametrize(
    ("found", "statuses"),
    [
        ([alarm()], ["PASS"]),
        ([alarm(enabled=False)], ["FAIL"]),
        ([alarm(actions=())], ["FAIL"]),
        ([alarm("another-prod-cpu", actions=())], ["NOT_APPLICABLE"]),
        ([alarm(actions=()), alarm("mywebapp-prod-all", AlarmRule='ALARM("mywebapp-prod-cpu")')], ["PASS", "PASS"]),
        (
            [alarm(actions=()), alarm("mywebapp-prod-all", actions=(), AlarmRule="ALARM(mywebapp-prod-cpu)")],
            ["FAIL", "FAIL"],
        ),
        ([], ["NOT_APPLICABLE"]),
    ],
)
def test_actions(judge, found, statuses):
    assert judge(alarms.alarms_have_actions, {"cloudwatch.alarms": found}) == statuses


def test_actions_denied(judge):
    assert judge(alarms.alarms_have_actions, {}, ("cloudwatch.alarms",)) == ["UNKNOWN"]
