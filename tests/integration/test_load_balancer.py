# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""load_balancer, target_group, listener and listener_rule, with the certificates that they need, as playbooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.tasks import play
from tests.playbook_run import LocalStack

NAME = "shop-prod"
ALB, HTTPS, HTTP = f"{NAME}-alb", f"{NAME}-alb:443", f"{NAME}-alb:80"
RULE = f"{HTTPS}/production"
DOMAIN = "app.example.com"
TAGS = {"Project": "shop", "Environment": "prod"}
ATTRIBUTES = {
    "deletion_protection.enabled": True,
    "routing.http.drop_invalid_header_fields.enabled": True,
    "idle_timeout.timeout_seconds": 30,
}
BALANCER = {
    "name": ALB,
    "scheme": "internet-facing",
    "subnets": [f"{NAME}-1", f"{NAME}-2"],
    "security_groups": [f"{NAME}-alb"],
    "attributes": ATTRIBUTES,
}
GROUPS = {
    "name_prefix": f"{NAME}-",
    "target_groups": ["blue", "green"],
    "defaults": {
        "vpc": f"{NAME}-vpc",
        "port": 8080,
        "health_check_path": "/healthz",
        "health_check_interval_seconds": 15,
        "matcher": "200-299",
        "attributes": {"deregistration_delay.timeout_seconds": 30},
    },
    "tags": TAGS,
}
LISTENERS = [
    {"name": HTTPS, "certificates": [DOMAIN], "default_action": {"fixed_response": {}},
     "attributes": {"routing.http.response.server.enabled": False}},
    {"name": HTTP, "protocol": "HTTP", "default_action": {"redirect": {}}},
]  # fmt: skip
PRODUCTION = {
    "name": RULE,
    "priority": 100,
    "conditions": [{"field": "path-pattern", "values": ["/*"]}],
    "action": {"forward": [f"{NAME}-blue", f"{NAME}-green"]},
}
TASKS = {
    "Balancer": ("load_balancer", {"load_balancers": [BALANCER], "tags": TAGS}),
    "Groups": ("target_group", GROUPS),
    "Listeners": ("listener", {"listeners": LISTENERS, "tags": TAGS}),
    "Rule": ("listener_rule", {"listener_rules": [PRODUCTION], "tags": TAGS}),
}
ALL_TASKS = list(TASKS)


@pytest.fixture
def network(stack: LocalStack) -> LocalStack:
    """A VPC with two subnets, a security group and an issued certificate."""
    stack.control.reset()
    ec2 = stack.boto("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    named(ec2, vpc, f"{NAME}-vpc")
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    for number, zone in enumerate("ab", start=1):
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"us-east-1{zone}")
        named(ec2, subnet["Subnet"]["SubnetId"], f"{NAME}-{number}")
    group = ec2.create_security_group(GroupName=f"{NAME}-alb", Description="alb", VpcId=vpc)["GroupId"]
    named(ec2, group, f"{NAME}-alb")
    zone = stack.boto("route53").create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]
    certificate(stack, zone, DOMAIN)
    return stack


def named(ec2: Any, thing: str, name: str) -> None:
    ec2.create_tags(Resources=[thing], Tags=[{"Key": "Name", "Value": name}])


def certificate(stack: LocalStack, zone: str, *names: str) -> str:
    """ARN of an issued certificate."""
    acm = stack.boto("acm")
    arn = str(acm.request_certificate(DomainName=names[0], SubjectAlternativeNames=names)["CertificateArn"])
    options = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"]
    records = {one["ResourceRecord"]["Name"]: one["ResourceRecord"] for one in options}
    changes = [
        {
            "Action": "UPSERT",
            "ResourceRecordSet": {
                "Name": name, "Type": "CNAME", "TTL": 300, "ResourceRecords": [{"Value": record["Value"]}],
            },
        }
        for name, record in records.items()
    ]  # fmt: skip
    stack.boto("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    return arn


class Found:
    """What AWS has."""

    def __init__(self, stack: LocalStack) -> None:
        self.elb = stack.boto("elbv2")
        (self.balancer,) = self.elb.describe_load_balancers()["LoadBalancers"]
        self.groups = {one["TargetGroupName"]: one for one in self.elb.describe_target_groups()["TargetGroups"]}
        listeners = self.elb.describe_listeners(LoadBalancerArn=self.balancer["LoadBalancerArn"])["Listeners"]
        self.listeners = {one["Port"]: one for one in listeners}

    def attributes(self) -> dict[str, str]:
        arn = self.balancer["LoadBalancerArn"]
        answer = self.elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
        return {one["Key"]: one["Value"] for one in answer}

    def rules(self, port: int = 443) -> list[dict[str, Any]]:
        rules = self.elb.describe_rules(ListenerArn=self.listeners[port]["ListenerArn"])["Rules"]
        return [one for one in rules if not one["IsDefault"]]

    def weights(self) -> dict[str, int]:
        names = {group["TargetGroupArn"]: name for name, group in self.groups.items()}
        (action,) = self.rules()[0]["Actions"]
        return {names[one["TargetGroupArn"]]: one["Weight"] for one in action["ForwardConfig"]["TargetGroups"]}

    def swing(self, **weights: int) -> None:
        """What a deployment does to the rule."""
        groups = [
            {"TargetGroupArn": self.groups[f"{NAME}-{name}"]["TargetGroupArn"], "Weight": weight}
            for name, weight in weights.items()
        ]
        action = {"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}
        self.elb.modify_rule(RuleArn=self.rules()[0]["RuleArn"], Actions=[action])

    def certificates(self) -> list[str]:
        arn = self.listeners[443]["ListenerArn"]
        answer = self.elb.describe_listener_certificates(ListenerArn=arn)["Certificates"]
        return [one["CertificateArn"] for one in answer]


def test_a_load_balancer_from_nothing(network: LocalStack, tmp_path: Path) -> None:
    assert play(network, tmp_path, TASKS, check=True).ok().changed_tasks == ALL_TASKS
    assert network.boto("elbv2").describe_load_balancers()["LoadBalancers"] == []
    assert play(network, tmp_path, TASKS).ok().changed_tasks == ALL_TASKS
    assert play(network, tmp_path, TASKS, check=True).ok().recap["changed"] == 0
    assert play(network, tmp_path, TASKS).ok().recap["changed"] == 0
    found = Found(network)
    assert found.balancer["Scheme"] == "internet-facing" and len(found.balancer["AvailabilityZones"]) == 2
    attributes = found.attributes()
    assert attributes["idle_timeout.timeout_seconds"] == "30" and attributes["routing.http2.enabled"] == "true"
    assert attributes["deletion_protection.enabled"] == "true"
    assert found.listeners[443]["SslPolicy"] == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    (redirect,) = found.listeners[80]["DefaultActions"]
    assert redirect["RedirectConfig"]["Protocol"] == "HTTPS" and redirect["RedirectConfig"]["Port"] == "443"
    assert found.weights() == {f"{NAME}-blue": 100, f"{NAME}-green": 0}
    assert {group["HealthCheckPath"] for group in found.groups.values()} == {"/healthz"}
    assert all(group["LoadBalancerArns"] for group in found.groups.values()), "ECS wants both behind a load balancer"


def test_the_weights_are_the_deployment_s(network: LocalStack, tmp_path: Path) -> None:
    play(network, tmp_path, TASKS).ok()
    for weights in ({"blue": 90, "green": 10}, {"green": 100, "blue": 0}):
        Found(network).swing(**weights)
        assert play(network, tmp_path, TASKS).ok().recap["changed"] == 0
        assert Found(network).weights() == {f"{NAME}-{name}": weight for name, weight in weights.items()}
    moved = {**PRODUCTION, "priority": 50}
    assert play(network, tmp_path, {"Rule": ("listener_rule", {"listener_rules": [moved]})}).ok().recap["changed"] == 1
    assert Found(network).weights()[f"{NAME}-green"] == 100, "the rule is moved with the traffic where it is"


DRIFTS = {
    "attribute": ["Balancer"],
    "security groups": ["Balancer"],
    "health check": ["Groups"],
    "group attribute": ["Groups"],
    "policy": ["Listeners"],
    "redirect": ["Listeners"],
    "listener attribute": ["Listeners"],
    "condition": ["Rule"],
    "priority": ["Rule"],
    "a stranger's target group": ["Rule"],
    "one target group": ["Rule"],
    "tags": ["Balancer", "Groups", "Listeners", "Rule"],
}


@pytest.mark.parametrize("drift", DRIFTS)
def test_drift_is_repaired(network: LocalStack, tmp_path: Path, drift: str) -> None:
    play(network, tmp_path, TASKS).ok()
    found = Found(network)
    elb, arn = found.elb, found.balancer["LoadBalancerArn"]
    rule, blue = found.rules()[0]["RuleArn"], found.groups[f"{NAME}-blue"]["TargetGroupArn"]
    secure, plain = found.listeners[443]["ListenerArn"], found.listeners[80]["ListenerArn"]
    if drift == "attribute":
        wrong = {"Key": "routing.http.drop_invalid_header_fields.enabled", "Value": "false"}
        elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[wrong])
    elif drift == "security groups":
        groups = network.boto("ec2").describe_security_groups(GroupNames=["default"])["SecurityGroups"]
        other = next(one["GroupId"] for one in groups if one["VpcId"] == found.balancer["VpcId"])
        elb.set_security_groups(LoadBalancerArn=arn, SecurityGroups=[other])
    elif drift == "health check":
        elb.modify_target_group(TargetGroupArn=blue, HealthCheckPath="/", Matcher={"HttpCode": "200-499"})
    elif drift == "group attribute":
        wrong = {"Key": "deregistration_delay.timeout_seconds", "Value": "300"}
        elb.modify_target_group_attributes(TargetGroupArn=blue, Attributes=[wrong])
    elif drift == "policy":
        elb.modify_listener(ListenerArn=secure, SslPolicy="ELBSecurityPolicy-2016-08")
    elif drift == "redirect":
        fixed = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}
        elb.modify_listener(ListenerArn=plain, DefaultActions=[fixed])
    elif drift == "listener attribute":
        wrong = {"Key": "routing.http.response.server.enabled", "Value": "true"}
        elb.modify_listener_attributes(ListenerArn=secure, Attributes=[wrong])
    elif drift == "condition":
        elb.modify_rule(RuleArn=rule, Conditions=[{"Field": "path-pattern", "Values": ["/old/*"]}])
    elif drift == "priority":
        elb.set_rule_priorities(RulePriorities=[{"RuleArn": rule, "Priority": 7}])
    elif drift == "a stranger's target group":
        other = elb.create_target_group(
            Name="other", Protocol="HTTP", Port=80, VpcId=found.balancer["VpcId"], TargetType="ip"
        )["TargetGroups"][0]["TargetGroupArn"]
        elb.modify_rule(RuleArn=rule, Actions=[{"Type": "forward", "TargetGroupArn": other}])
    elif drift == "one target group":
        found.swing(blue=1)
    else:
        elb.remove_tags(ResourceArns=[arn, blue, secure, rule], TagKeys=["Project"])
    assert play(network, tmp_path, TASKS, check=True).ok().changed_tasks == DRIFTS[drift]
    assert play(network, tmp_path, TASKS).ok().changed_tasks == DRIFTS[drift]
    assert play(network, tmp_path, TASKS).ok().recap["changed"] == 0
    assert len(Found(network).rules()) == 1
    assert set(Found(network).weights()) == {f"{NAME}-blue", f"{NAME}-green"}


def test_things_of_others_stay(network: LocalStack, tmp_path: Path) -> None:
    play(network, tmp_path, TASKS).ok()
    found = Found(network)
    zone = network.boto("route53").list_hosted_zones()["HostedZones"][0]["Id"]
    other = certificate(network, zone, "other.example.com")
    listener = found.listeners[443]["ListenerArn"]
    found.elb.add_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": other}])
    fixed = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}
    host = {"Field": "host-header", "Values": ["other.example.com"]}
    found.elb.create_rule(ListenerArn=listener, Priority=5, Conditions=[host], Actions=[fixed])
    keep_alive = {"Key": "client_keep_alive.seconds", "Value": "600"}
    found.elb.modify_load_balancer_attributes(
        LoadBalancerArn=found.balancer["LoadBalancerArn"], Attributes=[keep_alive]
    )
    assert play(network, tmp_path, TASKS).ok().recap["changed"] == 0
    new = certificate(network, zone, "new.example.com")
    before = found.certificates()
    listeners = [{**LISTENERS[0], "certificates": ["new.example.com"]}]
    changed = {"Listeners": ("listener", {"listeners": listeners, "tags": TAGS})}
    assert play(network, tmp_path, changed).ok().recap["changed"] == 1
    after = Found(network)
    assert after.certificates()[0] == new and set(after.certificates()) == {*before, new}, "all names are served still"
    assert len(after.rules()) == 2 and after.attributes()["client_keep_alive.seconds"] == "600"
    assert play(network, tmp_path, changed).ok().recap["changed"] == 0


def test_a_rule_without_a_name_is_adopted(network: LocalStack, tmp_path: Path) -> None:
    play(network, tmp_path, {name: TASKS[name] for name in ("Balancer", "Groups", "Listeners")}).ok()
    found = Found(network)
    forward = {"Type": "forward", "TargetGroupArn": found.groups[f"{NAME}-blue"]["TargetGroupArn"]}
    path = {"Field": "path-pattern", "Values": ["/*"]}
    found.elb.create_rule(
        ListenerArn=found.listeners[443]["ListenerArn"], Priority=100, Conditions=[path], Actions=[forward]
    )
    before = found.rules()[0]["RuleArn"]
    play(network, tmp_path, {"Rule": TASKS["Rule"]}).ok()
    assert [one["RuleArn"] for one in Found(network).rules()] == [before]
    assert Found(network).weights() == {f"{NAME}-blue": 1, f"{NAME}-green": 0}


REFUSED = {
    "a long name": ("Balancer", "name", "a" * 33, "33 characters and AWS takes 32"),
    "internal-": ("Balancer", "name", "internal-alb", "begins with internal-"),
    "a hyphen": ("Balancer", "name", "alb-", "begins and ends with none"),
    "one zone": ("Balancer", "subnets", [f"{NAME}-1"], "at least two zones"),
    "no such group": ("Balancer", "security_groups", ["nobody"], "security_group nobody does not exist"),
    "no port": ("Listeners", "name", ALB, "a listener is called as its load balancer and its port"),
    "no certificate": ("Listeners", "certificates", [], "an HTTPS listener needs certificates"),
    "another region's": (
        "Listeners", "certificates", ["arn:aws:acm:eu-west-1:123456789012:certificate/1"], "of another region",
    ),
    "no listener": ("Rule", "name", "production", "a rule is called as its listener and a word"),
    "no condition": ("Rule", "conditions", [], "a rule needs a condition"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_before_anything_is_changed(network: LocalStack, tmp_path: Path, case: str) -> None:
    task, option, value, words = REFUSED[case]
    if task != "Balancer":
        play(network, tmp_path, {name: TASKS[name] for name in ("Balancer", "Groups")}).ok()
    if task == "Rule":
        play(network, tmp_path, {"Listeners": TASKS["Listeners"]}).ok()
    module, options = TASKS[task]
    (name,) = (name for name, given in options.items() if isinstance(given, list))
    wrong = {**options, name: [{**options[name][0], option: value}]}
    network.control.clear_calls()
    run = play(network, tmp_path, {task: (module, wrong)})
    assert run.rc != 0 and words in run.stdout
    assert not [one for one in network.control.calls() if not one["action"].startswith(("Describe", "List", "Get"))]


def test_a_certificate_that_is_not_issued_is_refused_with_its_records(network: LocalStack, tmp_path: Path) -> None:
    play(network, tmp_path, {name: TASKS[name] for name in ("Balancer", "Groups")}).ok()
    network.boto("acm").request_certificate(DomainName="pending.example.org")
    listeners = [{**LISTENERS[0], "certificates": ["pending.example.org"]}]
    run = play(network, tmp_path, {"Listeners": ("listener", {"listeners": listeners})})
    assert run.rc != 0 and "is PENDING_VALIDATION and cannot serve" in run.stdout
    assert "CNAME _" in run.stdout and "Nothing was changed" in run.stdout
    assert Found(network).listeners == {}


@pytest.mark.parametrize(("field", "value"), [("scheme", "internal"), ("vpc", "other-vpc")])
def test_what_cannot_change_is_refused(network: LocalStack, tmp_path: Path, field: str, value: str) -> None:
    play(network, tmp_path, {"Balancer": TASKS["Balancer"]}).ok()
    ec2 = network.boto("ec2")
    named(ec2, ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"], "other-vpc")
    wrong = {"load_balancers": [{**BALANCER, field: value}]}
    run = play(network, tmp_path, {"Balancer": ("load_balancer", wrong)})
    assert run.rc != 0 and "a load balancer keeps it for life" in run.stdout
    other = {**GROUPS, "target_groups": [{"name": "blue", "port": 9090}]}
    play(network, tmp_path, {"Groups": TASKS["Groups"]}).ok()
    run = play(network, tmp_path, {"Groups": ("target_group", other)})
    assert run.rc != 0 and "a target group keeps it for life" in run.stdout


def test_access_logs_need_a_bucket_that_takes_them(network: LocalStack, tmp_path: Path) -> None:
    s3 = network.boto("s3")
    s3.create_bucket(Bucket="shop-logs")
    account = network.boto("sts").get_caller_identity()["Account"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::shop-logs/alb/AWSLogs/{account}/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    s3.put_bucket_policy(Bucket="shop-logs", Policy=policy)
    logs = {
        "access_logs.s3.enabled": True, "access_logs.s3.bucket": "shop-logs", "access_logs.s3.prefix": "alb",
    }  # fmt: skip
    logged = {"load_balancers": [{**BALANCER, "attributes": {**ATTRIBUTES, **logs}}], "tags": TAGS}
    tasks = {"Balancer": ("load_balancer", logged)}
    play(network, tmp_path, tasks).ok()
    assert Found(network).attributes()["access_logs.s3.bucket"] == "shop-logs"
    assert play(network, tmp_path, tasks).ok().recap["changed"] == 0


def test_the_value_of_a_header_is_not_shown(network: LocalStack, tmp_path: Path) -> None:
    play(network, tmp_path, TASKS).ok()
    secret = "f3c0ffee-not-for-eyes"

    def rule(value: str) -> dict[str, Any]:
        header = {"field": "http-header", "header_name": "X-Origin-Verify", "header_values": [value]}
        conditions = [*PRODUCTION["conditions"], header]
        return {"Rule": ("listener_rule", {"listener_rules": [{**PRODUCTION, "conditions": conditions}], "tags": TAGS})}

    for value in (secret, "second-not-for-eyes"):
        run = play(network, tmp_path, rule(value), "--diff").ok()
        assert run.recap["changed"] == 1 and "not-for-eyes" not in run.stdout
        assert play(network, tmp_path, rule(value), "--diff").ok().recap["changed"] == 0
    (found,) = [one for one in Found(network).rules()[0]["Conditions"] if one["Field"] == "http-header"]
    assert found["HttpHeaderConfig"]["Values"] == ["second-not-for-eyes"]


def test_it_bears_slow_aws(network: LocalStack, tmp_path: Path) -> None:
    issued = {"Certificate": ("acm_certificate", {"certificates": [DOMAIN], "wait": True})}
    network.control.settings(transition_seconds=1.0)
    try:
        play(network, tmp_path, {**issued, **TASKS}).ok()
    finally:
        network.control.settings(transition_seconds=0)
    assert play(network, tmp_path, TASKS).ok().recap["changed"] == 0
