# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS: services that are kept whole, tasks that run, and deployments that move the traffic or come back."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)
BLUE_GREEN = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 5}


@pytest.fixture
def stack(client, control):
    """A VPC, a load balancer with two target groups and a production rule, a cluster and a task definition."""
    ec2, elb, ecs, iam = client("ec2"), client("elbv2"), client("ecs"), client("iam")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"eu-central-1{zone}")["Subnet"][
            "SubnetId"
        ]
        for number, zone in ((1, "a"), (2, "b"))
    ]
    group = ec2.create_security_group(GroupName="ecs", Description="tasks", VpcId=vpc)["GroupId"]
    balancer = elb.create_load_balancer(Name="web", Subnets=subnets, SecurityGroups=[group], Scheme="internal")[
        "LoadBalancers"
    ][0]
    groups = [
        elb.create_target_group(Name=name, Protocol="HTTP", Port=8080, VpcId=vpc, TargetType="ip")["TargetGroups"][0][
            "TargetGroupArn"
        ]
        for name in ("blue", "green", "alone")
    ]
    listener = elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )["Listeners"][0]["ListenerArn"]
    forward = [{"TargetGroupArn": groups[0], "Weight": 100}, {"TargetGroupArn": groups[1], "Weight": 0}]
    rule = elb.create_rule(
        ListenerArn=listener,
        Priority=1,
        Conditions=[{"Field": "path-pattern", "Values": ["/*"]}],
        Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": forward}}],
    )["Rules"][0]["RuleArn"]
    role = iam.create_role(RoleName="execution", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    ecs.create_cluster(clusterName="web", capacityProviders=["FARGATE", "FARGATE_SPOT"])

    def register(**own):
        container = {"name": "app", "image": "app:1", "portMappings": [{"containerPort": 8080}], **own.pop("app", {})}
        definition = {
            "family": "web",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "cpu": "256",
            "memory": "512",
            "executionRoleArn": role,
            "containerDefinitions": [container],
            **own,
        }
        return ecs.register_task_definition(**definition)["taskDefinition"]

    def create(**own):
        arguments = {
            "cluster": "web",
            "serviceName": "web",
            "taskDefinition": "web",
            "desiredCount": 2,
            "launchType": "FARGATE",
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": subnets, "securityGroups": [group]}},
            "loadBalancers": [
                {
                    "targetGroupArn": groups[0],
                    "containerName": "app",
                    "containerPort": 8080,
                    "advancedConfiguration": {
                        "alternateTargetGroupArn": groups[1],
                        "productionListenerRule": rule,
                        "roleArn": role,
                    },
                }
            ],
            "deploymentConfiguration": BLUE_GREEN,
            **own,
        }
        wanted = {name: value for name, value in arguments.items() if value is not None}
        return ecs.create_service(**wanted)["service"]

    def weights():
        action = elb.describe_rules(RuleArns=[rule])["Rules"][0]["Actions"][0]
        return tuple(one["Weight"] for one in action["ForwardConfig"]["TargetGroups"])

    def targets():
        return tuple(
            len(elb.describe_target_health(TargetGroupArn=one)["TargetHealthDescriptions"]) for one in groups[:2]
        )

    def service():
        return ecs.describe_services(cluster="web", services=["web"])["services"][0]

    def deployment():
        arn = ecs.list_service_deployments(cluster="web", service="web")["serviceDeployments"][0][
            "serviceDeploymentArn"
        ]
        return ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"][0]

    register()
    return SimpleNamespace(
        ecs=ecs, elb=elb, groups=groups, rule=rule, role=role, subnets=subnets, register=register, create=create,
        weights=weights, targets=targets, service=service, deployment=deployment, client=client,
    )  # fmt: skip


def test_the_first_blue_green_deployment_goes_to_the_alternate_group(stack):
    made = stack.create()
    assert (made["runningCount"], made["pendingCount"]) == (2, 0)
    assert (stack.weights(), stack.targets()) == ((0, 100), (0, 2))
    assert made["deploymentConfiguration"]["deploymentCircuitBreaker"]["enable"] is False
    assert made["availabilityZoneRebalancing"] == "ENABLED"
    stack.ecs.get_waiter("services_stable").wait(cluster="web", services=["web"])
    revision = stack.service()["currentServiceRevisions"][0]["arn"]
    shown = stack.ecs.describe_service_revisions(serviceRevisionArns=[revision])["serviceRevisions"][0]
    assert shown["resolvedConfiguration"]["loadBalancers"] == [
        {"targetGroupArn": stack.groups[1], "productionListenerRule": stack.rule}
    ]


def test_each_deployment_swaps_the_groups_unless_load_balancers_are_sent_again(stack):
    made = stack.create()
    stack.register(app={"image": "app:2"})
    stack.ecs.update_service(cluster="web", service="web", taskDefinition="web")
    assert (stack.weights(), stack.targets()) == ((100, 0), (2, 0))
    stack.ecs.update_service(cluster="web", service="web", forceNewDeployment=True, loadBalancers=made["loadBalancers"])
    stack.ecs.update_service(cluster="web", service="web", forceNewDeployment=True, loadBalancers=made["loadBalancers"])
    assert stack.weights() == (0, 100)
    listed = stack.ecs.list_service_deployments(cluster="web", service="web")["serviceDeployments"]
    assert [one["status"] for one in listed] == ["SUCCESSFUL"] * 4


def test_stages_last_as_long_as_transitions(stack, control):
    stack.create()
    control.settings(transition_polls=2)
    stack.register(app={"image": "app:2"})
    stack.ecs.update_service(cluster="web", service="web", taskDefinition="web")
    assert [one["status"] for one in stack.service()["deployments"]] == ["PRIMARY", "ACTIVE"]
    seen, weights = [], set()
    for _unused in range(60):
        shown = stack.deployment()
        weights.add((stack.weights(), stack.targets()))
        if shown["status"] != "IN_PROGRESS":
            break
        if shown["lifecycleStage"] not in seen:
            seen.append(shown["lifecycleStage"])
    assert shown["status"] == "SUCCESSFUL"
    assert seen[-4:] == ["PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP"]
    assert ((0, 100), (2, 2)) in weights
    assert ((100, 0), (2, 2)) in weights
    assert (stack.weights(), stack.targets()) == ((100, 0), (2, 0))
    assert len(stack.service()["deployments"]) == 1


def test_stages_whose_time_has_passed_are_over_when_somebody_looks(stack, control):
    stack.create()
    control.settings(transition_seconds=0.2)
    stack.ecs.update_service(cluster="web", service="web", forceNewDeployment=True)
    assert stack.deployment()["status"] == "IN_PROGRESS"
    time.sleep(0.3)
    assert stack.deployment()["status"] == "SUCCESSFUL"


def test_an_alarm_rolls_back(stack, control):
    cloudwatch = stack.client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="errors", MetricName="m", Namespace="n", Statistic="Sum", Period=60, EvaluationPeriods=1,
        Threshold=1, ComparisonOperator="GreaterThanThreshold",
    )  # fmt: skip
    alarms = {"alarmNames": ["errors"], "enable": True, "rollback": True}
    before = stack.create(deploymentConfiguration={**BLUE_GREEN, "alarms": alarms})["taskDefinition"]
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="OK", StateReason="test")
    control.settings(transition_polls=1)
    stack.register(app={"image": "app:2"})
    stack.ecs.update_service(cluster="web", service="web", taskDefinition="web")
    while stack.weights() == (0, 100):
        stack.deployment()
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="ALARM", StateReason="test")
    shown = stack.deployment()
    while shown["status"] == "ROLLBACK_IN_PROGRESS":
        shown = stack.deployment()
    assert shown["status"] == "ROLLBACK_SUCCESSFUL"
    assert shown["alarms"]["triggeredAlarmNames"] == ["errors"]
    assert (stack.weights(), stack.targets()) == ((0, 100), (0, 2))
    assert stack.service()["taskDefinition"] == before


def test_an_alarm_that_fires_already_is_not_watched(stack, control):
    cloudwatch = stack.client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="errors", MetricName="m", Namespace="n", Statistic="Sum", Period=60, EvaluationPeriods=1,
        Threshold=1, ComparisonOperator="GreaterThanThreshold",
    )  # fmt: skip
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="ALARM", StateReason="test")
    alarms = {"alarmNames": ["errors"], "enable": True, "rollback": True}
    stack.create(deploymentConfiguration={**BLUE_GREEN, "alarms": alarms})
    assert stack.deployment()["status"] == "SUCCESSFUL"


@pytest.mark.parametrize(
    ("configuration", "shares"),
    [
        ({"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 20}}, [20, 100]),
        ({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 40}}, [40, 80, 100]),
    ],
)
def test_the_traffic_moves_in_steps(stack, control, configuration, shares):
    control.settings(transition_polls=1)
    stack.create(deploymentConfiguration=configuration)
    seen = []
    while stack.deployment()["status"] == "IN_PROGRESS":
        share = stack.weights()[1]
        if share and share not in seen:
            seen.append(share)
    assert seen == shares


def test_a_deployment_stops_and_goes_back(stack, control):
    before = stack.create()["taskDefinition"]
    control.settings(transition_polls=3)
    stack.register(app={"image": "app:2"})
    stack.ecs.update_service(cluster="web", service="web", taskDefinition="web")
    control.settings(transition_polls=0)
    stack.ecs.stop_service_deployment(serviceDeploymentArn=stack.service()["currentServiceDeployment"])
    assert stack.deployment()["status"] == "ROLLBACK_SUCCESSFUL"
    assert stack.service()["taskDefinition"] == before


def test_a_pause_waits_until_somebody_goes_on(stack):
    hooks = [{"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]}]
    stack.create(deploymentConfiguration={**BLUE_GREEN, "lifecycleHooks": hooks})
    arn = stack.service()["currentServiceDeployment"]
    assert stack.deployment()["lifecycleStage"] == "POST_SCALE_UP"
    stack.ecs.continue_service_deployment(serviceDeploymentArn=arn, hookId="hook-0-POST_SCALE_UP", action="CONTINUE")
    assert stack.deployment()["status"] == "SUCCESSFUL"


def test_the_circuit_breaker_brings_back_what_ran(stack, control):
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    before = stack.create(deploymentConfiguration=breaker)
    assert before["deploymentConfiguration"]["strategy"] == "ROLLING"
    control.settings(failing=[{"action": "ecs:UpdateService", "code": "", "message": "tasks failed to start."}])
    stack.register(app={"image": "app:2"})
    stack.ecs.update_service(cluster="web", service="web", taskDefinition="web")
    assert stack.deployment()["status"] == "ROLLBACK_SUCCESSFUL"
    assert stack.service()["taskDefinition"] == before["taskDefinition"]
    assert stack.targets() == (2, 0)


def test_tasks_run_and_follow_the_count(stack):
    stack.create()
    arns = stack.ecs.list_tasks(cluster="web")["taskArns"]
    tasks = stack.ecs.describe_tasks(cluster="web", tasks=arns)["tasks"]
    assert {task["lastStatus"] for task in tasks} == {"RUNNING"}
    stack.ecs.update_service(cluster="web", service="web", desiredCount=4)
    assert (stack.targets(), stack.service()["runningCount"]) == ((0, 4), 4)
    stack.ecs.update_service(cluster="web", service="web", desiredCount=1)
    assert (stack.targets(), stack.service()["runningCount"]) == ((0, 1), 1)
    assert len(stack.ecs.list_service_deployments(cluster="web", service="web")["serviceDeployments"]) == 1


def test_what_is_not_sent_stays(stack):
    stack.create(healthCheckGracePeriodSeconds=30, enableECSManagedTags=True, propagateTags="SERVICE")
    stack.ecs.update_service(
        cluster="web", service="web", deploymentConfiguration={"maximumPercent": 150}, enableExecuteCommand=True
    )
    shown = stack.service()
    assert (shown["propagateTags"], shown["healthCheckGracePeriodSeconds"]) == ("SERVICE", 30)
    assert (shown["deploymentConfiguration"]["maximumPercent"], shown["enableExecuteCommand"]) == (150, True)
    assert shown["deploymentConfiguration"]["strategy"] == "BLUE_GREEN"


SPOT = [{"capacityProvider": "FARGATE", "base": 2, "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 3}]


def test_another_strategy_needs_a_new_deployment(stack, refused):
    stack.create()
    update = {"cluster": "web", "service": "web", "capacityProviderStrategy": SPOT}
    assert refused(stack.ecs.update_service, **update) == "InvalidParameterException"
    shown = stack.ecs.update_service(**update, forceNewDeployment=True)["service"]
    assert "launchType" not in shown
    assert shown["capacityProviderStrategy"][1] == {"capacityProvider": "FARGATE_SPOT", "weight": 3, "base": 0}


@pytest.mark.parametrize(
    "own",
    [
        {"capacityProviderStrategy": SPOT},
        {"launchType": None, "capacityProviderStrategy": [{**one, "base": 1} for one in SPOT]},
        {"launchType": None, "capacityProviderStrategy": [{"capacityProvider": "FARGATE"}]},
        {"launchType": None, "capacityProviderStrategy": [{"capacityProvider": "own", "weight": 1}]},
        {"networkConfiguration": None},
        {"deploymentConfiguration": {"strategy": "BLUE_GREEN"}},
        {"loadBalancers": None, "healthCheckGracePeriodSeconds": 5},
    ],
)
def test_services_that_ecs_refuses(stack, refused, own):
    assert refused(stack.create, **own) == "InvalidParameterException"
    assert stack.ecs.list_services(cluster="web")["serviceArns"] == []


def test_a_load_balancer_that_does_not_fit_is_refused(stack, refused):
    balancer = {"targetGroupArn": stack.groups[2], "containerName": "app", "containerPort": 8080}
    rolling = {"deploymentConfiguration": {}}
    assert refused(stack.create, loadBalancers=[balancer], **rolling) == "InvalidParameterException"
    balancer = {**balancer, "targetGroupArn": stack.groups[0]}
    assert refused(stack.create, loadBalancers=[balancer]) == "InvalidParameterException"
    for own in ({"containerName": "web"}, {"containerPort": 80}):
        assert refused(stack.create, loadBalancers=[{**balancer, **own}], **rolling) == "InvalidParameterException"


def test_a_name_is_taken_once(stack, refused):
    stack.create()
    assert refused(stack.create) == "InvalidParameterException"
    assert refused(stack.ecs.delete_service, cluster="web", service="web") == "InvalidParameterException"
    stack.ecs.delete_service(cluster="web", service="web", force=True)
    assert stack.service()["status"] == "INACTIVE"
    assert refused(stack.ecs.update_service, cluster="web", service="web") == "ServiceNotActiveException"
    assert stack.create()["status"] == "ACTIVE"


@pytest.mark.parametrize(
    "own",
    [
        {"cpu": "2048", "memory": "256"},
        {"networkMode": "bridge"},
        {"app": {"logConfiguration": {"logDriver": "json-file"}}},
        {"app": {"logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/web"}}}},
        {"app": {"privileged": True}},
        {"app": {"mountPoints": [{"sourceVolume": "tmp", "containerPath": "/tmp"}]}},
        {"app": {"dependsOn": [{"containerName": "other", "condition": "START"}]}},
        {"executionRoleArn": "arn:aws:iam::123456789012:role/nobody"},
    ],
)
def test_task_definitions_that_fargate_refuses(stack, own):
    with pytest.raises(ClientError, match="ClientException"):
        stack.register(**own)


def test_task_definitions_are_filled_in(stack):
    shown = stack.register(cpu="1 vCPU", memory="2 GB", enableFaultInjection=True)
    assert (shown["cpu"], shown["memory"], shown["enableFaultInjection"]) == ("1024", "2048", True)
    container = stack.ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]["containerDefinitions"][0]
    assert container["portMappings"] == [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}]
    assert (container["environment"], container["systemControls"], container["cpu"]) == ([], [], 0)


def test_clusters_show_what_is_asked_for(stack, refused):
    ecs = stack.ecs
    ecs.update_cluster(cluster="web", settings=[{"name": "containerInsights", "value": "enhanced"}])
    assert "settings" not in ecs.describe_clusters(clusters=["web"])["clusters"][0]
    shown = ecs.describe_clusters(clusters=["web"], include=["SETTINGS"])["clusters"][0]
    assert shown["settings"] == [{"name": "containerInsights", "value": "enhanced"}]
    assert shown["defaultCapacityProviderStrategy"] == []
    strategy = [{**one, "base": 1} for one in SPOT]
    put = {"cluster": "web", "capacityProviders": ["FARGATE", "FARGATE_SPOT"]}
    code = refused(ecs.put_cluster_capacity_providers, **put, defaultCapacityProviderStrategy=strategy)
    assert code == "InvalidParameterException"
    assert ecs.create_cluster(clusterName="web")["cluster"]["clusterArn"] == shown["clusterArn"]
