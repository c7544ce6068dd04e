# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""WAF as strict as AWS: regions, rules, capacity, tokens, logs, load balancers."""

from __future__ import annotations

import json

import pytest

HOME = "us-east-1"
SEEN = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "web"}
GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-web"


def acl(**changes):
    return {"Name": "web", "Scope": "CLOUDFRONT", "DefaultAction": {"Allow": {}}, "VisibilityConfig": SEEN, **changes}


def rule(statement, name="a", priority=0, **action):
    return {"Name": name, "Priority": priority, "Statement": statement, "VisibilityConfig": SEEN, **action}


def managed(name="AWSManagedRulesCommonRuleSet", **more):
    return rule({"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": name}}, OverrideAction={"None": {}}, **more)


def rate(**more):
    window = {key: more.pop(key) for key in ("EvaluationWindowSec",) if key in more}
    statement = {"RateBasedStatement": {"Limit": 2000, "AggregateKeyType": "IP", **window}}
    return rule(statement, **{"Action": {"Block": {}}, **more})


@pytest.fixture
def waf(client):
    return client("wafv2", region=HOME)


def whole(waf):
    (listed,) = waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    return waf.get_web_acl(Name="web", Scope="CLOUDFRONT", Id=listed["Id"])


def test_cloudfront_s_scope_is_in_one_region(client, waf, refused):
    elsewhere = client("wafv2", region="eu-west-1")
    assert refused(elsewhere.create_web_acl, **acl()) == "WAFInvalidParameterException"
    assert refused(elsewhere.list_web_acls, Scope="CLOUDFRONT") == "WAFInvalidParameterException"
    waf.create_web_acl(**acl())


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([managed(name="AWSManagedRulesNone")], "WAFNonexistentItemException"),
        ([rate(), rate(name="b")], "WAFInvalidParameterException"),
        ([rate(), rate(priority=1)], "WAFInvalidParameterException"),
        ([rate(EvaluationWindowSec=90)], "WAFInvalidParameterException"),
        ([rate(OverrideAction={"None": {}})], "WAFInvalidParameterException"),
        ([{**managed(), "Action": {"Block": {}}}], "WAFInvalidParameterException"),
        ([managed(priority=number) | {"Name": f"r{number}"} for number in range(8)],
         "WAFLimitsExceededException"),
        ([rule({"IPSetReferenceStatement": {"ARN": f"arn:aws:wafv2:{HOME}:123456789012:global/ipset/x/1"}},
               Action={"Block": {}})], "WAFNonexistentItemException"),
    ],
)  # fmt: skip
def test_rules_that_are_refused(waf, refused, rules, code):
    assert refused(waf.create_web_acl, **acl(Rules=rules)) == code
    assert waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"] == []


def test_what_is_read_is_what_aws_makes_of_it(waf):
    waf.create_web_acl(**acl(Rules=[managed(), rate(name="b", priority=1)]))
    found = whole(waf)["WebACL"]
    assert found["Capacity"] == 702
    assert found["Rules"][1]["Statement"]["RateBasedStatement"]["EvaluationWindowSec"] == 300
    assert waf.check_capacity(Scope="CLOUDFRONT", Rules=[managed(), rate(name="b", priority=1)])["Capacity"] == 702


def test_an_update_replaces_and_wants_the_token_of_now(waf, refused):
    waf.create_web_acl(**acl(Rules=[rate()], Description="first", TokenDomains=["web.example"]))
    before = whole(waf)
    named = {"Id": before["WebACL"]["Id"], "LockToken": before["LockToken"]}
    waf.update_web_acl(**acl(), **named)
    found = whole(waf)["WebACL"]
    assert found["Rules"] == [] and "TokenDomains" not in found and "Description" not in found
    assert refused(waf.update_web_acl, **acl(), **named) == "WAFOptimisticLockException"
    assert refused(waf.create_web_acl, **acl()) == "WAFDuplicateItemException"


@pytest.mark.parametrize(
    ("destinations", "code"),
    [
        (["arn:aws:logs:us-east-1:123456789012:log-group:web"], "WAFInvalidParameterException"),
        ([f"{GROUP}:*"], "WAFInvalidParameterException"),
        ([f"{GROUP}-none"], "WAFLogDestinationPermissionIssueException"),
    ],
)
def test_logs_go_to_what_waf_takes(client, waf, refused, destinations, code):
    client("logs", region=HOME).create_log_group(logGroupName="aws-waf-logs-web")
    arn = waf.create_web_acl(**acl())["Summary"]["ARN"]
    wanted = {"ResourceArn": arn, "LogDestinationConfigs": destinations}
    assert refused(waf.put_logging_configuration, LoggingConfiguration=wanted) == code


def test_waf_writes_its_own_permission(client, waf):
    logs = client("logs", region=HOME)
    logs.create_log_group(logGroupName="aws-waf-logs-web")
    arn = waf.create_web_acl(**acl())["Summary"]["ARN"]
    header = {"SingleHeader": {"Name": "Cookie"}}
    wanted = {"ResourceArn": arn, "LogDestinationConfigs": [GROUP], "RedactedFields": [header]}
    for _time in range(2):
        waf.put_logging_configuration(LoggingConfiguration=wanted)
    (policy,) = logs.describe_resource_policies()["resourcePolicies"]
    (statement,) = json.loads(policy["policyDocument"])["Statement"]
    assert statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert statement["Resource"] == [f"{GROUP}:log-stream:*"]
    found = waf.get_logging_configuration(ResourceArn=arn)["LoggingConfiguration"]
    assert found["RedactedFields"] == [{"SingleHeader": {"Name": "cookie"}}] and found["LogScope"] == "CUSTOMER"


def test_a_bucket_s_policy_is_written_to_as_well(client, waf):
    s3 = client("s3", region=HOME)
    s3.create_bucket(Bucket="aws-waf-logs-web")
    arn = waf.create_web_acl(**acl())["Summary"]["ARN"]
    wanted = {"ResourceArn": arn, "LogDestinationConfigs": ["arn:aws:s3:::aws-waf-logs-web"]}
    for _time in range(2):
        waf.put_logging_configuration(LoggingConfiguration=wanted)
    (statement,) = json.loads(s3.get_bucket_policy(Bucket="aws-waf-logs-web")["Policy"])["Statement"]
    assert statement["Resource"] == "arn:aws:s3:::aws-waf-logs-web/AWSLogs/123456789012/WAFLogs/*"


@pytest.mark.parametrize("address", ["192.0.2.1", "0.0.0.0/0", "192.0.2.1/24", "nowhere"])
def test_addresses_are_ranges(waf, refused, address):
    wanted = {"Name": "a", "Scope": "CLOUDFRONT", "IPAddressVersion": "IPV4", "Addresses": [address]}
    assert refused(waf.create_ip_set, **wanted) == "WAFInvalidParameterException"


def test_groups_say_what_they_take_and_have(waf, refused):
    asked = {"VendorName": "AWS", "Scope": "CLOUDFRONT"}
    core = waf.describe_managed_rule_group(Name="AWSManagedRulesCommonRuleSet", **asked)
    assert core["Capacity"] == 700 and {"SizeRestrictions_BODY"} <= {one["Name"] for one in core["Rules"]}
    assert refused(waf.describe_managed_rule_group, Name="None", **asked) == "WAFNonexistentItemException"
    listed = waf.list_available_managed_rule_groups(Scope="CLOUDFRONT")["ManagedRuleGroups"]
    assert "AWSManagedRulesSQLiRuleSet" in {one["Name"] for one in listed}


def test_a_distribution_names_its_acl_itself(waf, refused):
    arn = waf.create_web_acl(**acl())["Summary"]["ARN"]
    distribution = "arn:aws:cloudfront::123456789012:distribution/E1"
    assert refused(waf.associate_web_acl, WebACLArn=arn, ResourceArn=distribution) == "WAFInvalidParameterException"


def test_a_load_balancer_that_is_not_there_has_no_acl(waf, refused):
    arn = waf.create_web_acl(**acl(Scope="REGIONAL"))["Summary"]["ARN"]
    nowhere = f"arn:aws:elasticloadbalancing:{HOME}:123456789012:loadbalancer/app/web/1"
    assert refused(waf.associate_web_acl, WebACLArn=arn, ResourceArn=nowhere) == "WAFNonexistentItemException"
    assert waf.list_resources_for_web_acl(WebACLArn=arn)["ResourceArns"] == []
