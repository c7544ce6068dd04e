# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Load balancers: what AWS refuses, and how it gives things back."""

from __future__ import annotations

import json

import pytest

LOGS = {"access_logs.s3.enabled": "true", "access_logs.s3.bucket": "logs"}
FIXED = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
PATH = {"Field": "path-pattern", "Values": ["/*"]}


@pytest.fixture
def elb(client):
    return client("elbv2")


@pytest.fixture
def subnets(client):
    found = client("ec2").describe_subnets()["Subnets"]
    return sorted(one["SubnetId"] for one in found)


@pytest.fixture
def balancer(elb, subnets):
    made = elb.create_load_balancer(Name="alb", Subnets=subnets[:2], Scheme="internal")["LoadBalancers"]
    return made[0]["LoadBalancerArn"]


@pytest.fixture
def vpc(client):
    return client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]


@pytest.fixture
def groups(elb, vpc):
    return [
        elb.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")["TargetGroups"][0][
            "TargetGroupArn"
        ]
        for name in ("blue", "green")
    ]


@pytest.fixture
def listener(elb, balancer):
    made = elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[FIXED])
    return made["Listeners"][0]["ListenerArn"]


@pytest.fixture
def issue(client):
    def make(name="a.example.com"):
        acm, route53 = client("acm"), client("route53")
        arn = acm.request_certificate(DomainName=name)["CertificateArn"]
        (option,) = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"]
        zone = route53.create_hosted_zone(Name="example.com", CallerReference=name)["HostedZone"]["Id"]
        record = option["ResourceRecord"]
        change = {
            "Action": "UPSERT",
            "ResourceRecordSet": {
                "Name": record["Name"], "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": record["Value"]}],
            },
        }  # fmt: skip
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [change]})
        return arn

    return make


def attributes(elb, balancer):
    answer = elb.describe_load_balancer_attributes(LoadBalancerArn=balancer)["Attributes"]
    return {one["Key"]: one["Value"] for one in answer}


def as_list(values):
    return [{"Key": key, "Value": value} for key, value in values.items()]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Name": "a" * 33}, "ValidationError"),
        ({"Name": "internal-alb"}, "ValidationError"),
        ({"Name": "-alb"}, "ValidationError"),
        ({"Subnets": 1}, "ValidationError"),
        ({"Subnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]}, "SubnetNotFound"),
        ({"Scheme": "internet-facing"}, "InvalidSubnet"),
        ({"SecurityGroups": ["sg-0123456789abcdef0"]}, "InvalidSecurityGroup"),
    ],
)
def test_load_balancers_that_aws_does_not_make(elb, subnets, refused, changes, code):
    options = {"Name": "alb", "Subnets": subnets[:2], "Scheme": "internal", **changes}
    if options["Subnets"] == 1:
        options["Subnets"] = subnets[:1]
    assert refused(elb.create_load_balancer, **options) == code


def test_one_of_the_same_settings_is_made_once(elb, balancer, subnets, refused):
    again = elb.create_load_balancer(Name="alb", Subnets=subnets[:2], Scheme="internal")["LoadBalancers"]
    assert [one["LoadBalancerArn"] for one in again] == [balancer]
    assert refused(elb.create_load_balancer, Name="alb", Subnets=subnets[1:3], Scheme="internal") == (
        "DuplicateLoadBalancerName"
    )


def test_it_takes_its_time(elb, control, subnets):
    control.settings(transition_polls=1)
    elb.create_load_balancer(Name="alb", Subnets=subnets[:2], Scheme="internal")
    states = [elb.describe_load_balancers()["LoadBalancers"][0]["State"]["Code"] for _look in range(3)]
    assert states == ["provisioning", "active", "active"]


def test_attributes_have_defaults_and_names(elb, balancer, refused):
    found = attributes(elb, balancer)
    assert found["routing.http.desync_mitigation_mode"] == "defensive"
    assert found["load_balancing.cross_zone.enabled"] == "true" and found["access_logs.s3.enabled"] == "false"
    for wrong in ({"nothing.enabled": "true"}, {"routing.http2.enabled": "yes"}, {"idle_timeout.timeout_seconds": "0"}):
        given = as_list(wrong)
        assert refused(elb.modify_load_balancer_attributes, LoadBalancerArn=balancer, Attributes=given) == (
            "ValidationError"
        )


def statement(principal, account="123456789012", **changes):
    resource = f"arn:aws:s3:::logs/AWSLogs/{account}/*"
    return {"Effect": "Allow", "Principal": principal, "Action": "s3:PutObject", "Resource": resource, **changes}


SERVICE = {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
SOURCE = {"ArnLike": {"aws:SourceArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/*"}}


@pytest.mark.parametrize(
    ("found", "taken"),
    [
        (statement(SERVICE), True),
        (statement(SERVICE, Condition=SOURCE), True),
        (statement({"AWS": "arn:aws:iam::054676820928:root"}), True),
        (statement({"AWS": "arn:aws:iam::127311923021:root"}), False),
        (statement({"Service": "delivery.logs.amazonaws.com"}), False),
        (statement(SERVICE, account="210987654321"), False),
        (statement(SERVICE, Action="s3:GetObject"), False),
    ],
)
def test_the_policy_of_the_bucket_is_tried(client, elb, balancer, refused, found, taken):
    s3 = client("s3")
    s3.create_bucket(Bucket="logs", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    given = {"LoadBalancerArn": balancer, "Attributes": as_list(LOGS)}
    assert refused(elb.modify_load_balancer_attributes, **given) == "InvalidConfigurationRequest"
    s3.put_bucket_policy(Bucket="logs", Policy=json.dumps({"Version": "2012-10-17", "Statement": [found]}))
    if taken:
        elb.modify_load_balancer_attributes(**given)
        assert attributes(elb, balancer)["access_logs.s3.enabled"] == "true"
    else:
        assert refused(elb.modify_load_balancer_attributes, **given) == "InvalidConfigurationRequest"


def test_a_bucket_elsewhere_or_under_a_key_takes_no_logs(client, elb, balancer, refused):
    s3 = client("s3")
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement(SERVICE)]})
    given = {"LoadBalancerArn": balancer, "Attributes": as_list(LOGS)}
    assert refused(elb.modify_load_balancer_attributes, **given) == "InvalidConfigurationRequest"
    s3.create_bucket(Bucket="logs", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_bucket_policy(Bucket="logs", Policy=policy)
    key = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
    s3.put_bucket_encryption(Bucket="logs", ServerSideEncryptionConfiguration={"Rules": [key]})
    assert refused(elb.modify_load_balancer_attributes, **given) == "InvalidConfigurationRequest"


def test_deletion_protection_protects(elb, balancer, refused):
    protection = as_list({"deletion_protection.enabled": "true"})
    elb.modify_load_balancer_attributes(LoadBalancerArn=balancer, Attributes=protection)
    assert refused(elb.delete_load_balancer, LoadBalancerArn=balancer) == "OperationNotPermitted"


def test_a_forward_is_given_back_in_both_forms(elb, listener, groups):
    forward = {"Type": "forward", "TargetGroupArn": groups[0]}
    rule = elb.create_rule(ListenerArn=listener, Priority=9, Conditions=[PATH], Actions=[forward])["Rules"][0]
    ((action,), (condition,)) = rule["Actions"], rule["Conditions"]
    assert action["TargetGroupArn"] == groups[0]
    assert action["ForwardConfig"]["TargetGroups"] == [{"TargetGroupArn": groups[0], "Weight": 1}]
    assert condition["Values"] == condition["PathPatternConfig"]["Values"] == ["/*"] and rule["Transforms"] == []
    both = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in zip(groups, (100, 0), strict=True)]
    both_action = {"Type": "forward", "ForwardConfig": {"TargetGroups": both}}
    (changed,) = elb.modify_rule(RuleArn=rule["RuleArn"], Actions=[both_action])["Rules"][0]["Actions"]
    assert "TargetGroupArn" not in changed and changed["ForwardConfig"]["TargetGroups"] == both
    shown = elb.describe_target_groups()["TargetGroups"]
    assert all(one["LoadBalancerArns"] for one in shown)
    elb.modify_rule(RuleArn=rule["RuleArn"], Actions=[FIXED])
    assert not any(one["LoadBalancerArns"] for one in elb.describe_target_groups()["TargetGroups"])


def test_rules_come_in_the_order_of_their_priorities(elb, listener):
    for priority in (30, 7):
        elb.create_rule(ListenerArn=listener, Priority=priority, Conditions=[PATH], Actions=[FIXED])
    rules = elb.describe_rules(ListenerArn=listener)["Rules"]
    assert [one["Priority"] for one in rules] == ["7", "30", "default"]


def test_a_target_group_serves_one_load_balancer(elb, subnets, listener, groups, refused):
    elb.modify_listener(ListenerArn=listener, DefaultActions=[{"Type": "forward", "TargetGroupArn": groups[0]}])
    made = elb.create_load_balancer(Name="other", Subnets=subnets[:2], Scheme="internal")["LoadBalancers"]
    forward = {"Type": "forward", "TargetGroupArn": groups[0]}
    other = {"LoadBalancerArn": made[0]["LoadBalancerArn"], "Protocol": "HTTP", "Port": 80}
    assert refused(elb.create_listener, **other, DefaultActions=[forward]) == "TargetGroupAssociationLimit"


def test_a_port_is_taken_once(elb, balancer, listener, refused):
    again = {"LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": [FIXED]}
    assert refused(elb.create_listener, **again) == "DuplicateListener"


def test_https_needs_an_issued_certificate_of_the_region(client, elb, balancer, issue, refused):
    secure = {"LoadBalancerArn": balancer, "Protocol": "HTTPS", "Port": 443, "DefaultActions": [FIXED]}
    assert refused(elb.create_listener, **secure) == "ValidationError"
    pending = client("acm").request_certificate(DomainName="pending.example.org")["CertificateArn"]
    elsewhere = client("acm", "us-east-1").request_certificate(DomainName="a.example.com")["CertificateArn"]
    for arn, code in ((pending, "UnsupportedCertificate"), (elsewhere, "CertificateNotFound")):
        assert refused(elb.create_listener, **secure, Certificates=[{"CertificateArn": arn}]) == code
    good = {**secure, "Certificates": [{"CertificateArn": issue()}]}
    assert refused(elb.create_listener, **good, SslPolicy="ELBSecurityPolicy-Mine") == "SSLPolicyNotFound"
    made = elb.create_listener(**good)["Listeners"][0]
    assert made["SslPolicy"] == "ELBSecurityPolicy-2016-08" and made["MutualAuthentication"] == {"Mode": "off"}


def test_the_default_certificate_is_replaced_alone(elb, balancer, issue, refused):
    one, two, three = (issue(f"{name}.example.com") for name in "abc")
    secure = {"LoadBalancerArn": balancer, "Protocol": "HTTPS", "Port": 443, "DefaultActions": [FIXED]}
    listener = elb.create_listener(**secure, Certificates=[{"CertificateArn": one}])["Listeners"][0]["ListenerArn"]
    for _repeated in range(2):
        elb.add_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": two}])
    elb.modify_listener(ListenerArn=listener, Certificates=[{"CertificateArn": three}])
    found = elb.describe_listener_certificates(ListenerArn=listener)["Certificates"]
    assert {item["CertificateArn"]: item["IsDefault"] for item in found} == {three: True, two: False}
    default = [{"CertificateArn": three}]
    assert refused(elb.remove_listener_certificates, ListenerArn=listener, Certificates=default) == (
        "OperationNotPermitted"
    )


def test_a_listener_without_tls_shows_none(elb, balancer, listener):
    (shown,) = elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
    assert "SslPolicy" not in shown and "Certificates" not in shown
    found = elb.describe_listener_attributes(ListenerArn=listener)["Attributes"]
    assert {"Key": "routing.http.response.server.enabled", "Value": "true"} in found


def test_health_checks_and_attributes_of_groups(elb, groups, refused):
    wrong = {"TargetGroupArn": groups[0], "HealthCheckTimeoutSeconds": 30}
    assert refused(elb.modify_target_group, **wrong) == "ValidationError"
    changed = elb.modify_target_group(TargetGroupArn=groups[0], Matcher={"HttpCode": "200-299"})["TargetGroups"][0]
    assert changed["Matcher"] == elb.describe_target_groups(Names=["blue"])["TargetGroups"][0]["Matcher"]
    unknown = as_list({"nothing.enabled": "true"})
    assert (
        refused(elb.modify_target_group_attributes, TargetGroupArn=groups[0], Attributes=unknown) == "ValidationError"
    )
    found = elb.describe_target_group_attributes(TargetGroupArn=groups[0])["Attributes"]
    assert {"Key": "deregistration_delay.timeout_seconds", "Value": "300"} in found
