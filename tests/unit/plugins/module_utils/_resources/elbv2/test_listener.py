# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.listener import (
    LISTENER,
    create,
    place,
    read,
    same_certificates,
    update,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.listener_rule import (
    LISTENER_RULE,
    listener_of,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.listener_rule import (
    read as read_rules,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.listener_rule import (
    update as update_rule,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

PREFIX = "arn:aws:elasticloadbalancing:us-east-1:123456789012"
BALANCER, LISTENER_ARN = f"{PREFIX}:loadbalancer/app/alb/1", f"{PREFIX}:listener/app/alb/1/2"
ONE, TWO, THREE = (f"arn:aws:acm:us-east-1:123456789012:certificate/{number}" for number in (1, 2, 3))
FIXED = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
ACTION = {"fixed_response": {"status_code": "404"}}
WISH = {
    "name": "alb:443",
    "load_balancer": BALANCER,
    "protocol": "HTTPS",
    "ssl_policy": "policy",
    "certificates": [ONE],
    "default_action": ACTION,
}


class Elb(Ec2):
    """Also certificates of ACM, which are read in their region."""

    def in_region(self, _region):
        return self


def aws(*certificates, status="ISSUED", **listener):
    shown = {
        "ListenerArn": LISTENER_ARN,
        "LoadBalancerArn": BALANCER,
        "Port": 443,
        "Protocol": "HTTPS",
        "SslPolicy": "policy",
        "Certificates": [{"CertificateArn": certificates[0] if certificates else ONE}],
        "DefaultActions": [FIXED],
        **listener,
    }
    every = [{"CertificateArn": arn} for arn in (certificates or (ONE,))]
    options = [{"ResourceRecord": {"Name": "_a.example.com.", "Type": "CNAME", "Value": "_b.acm."}}]
    certificate = {
        "CertificateArn": TWO, "DomainName": "a.example.com", "Status": status, "DomainValidationOptions": options,
    }  # fmt: skip
    return Elb(
        {
            "describe_load_balancers": {
                "LoadBalancers": [{"LoadBalancerName": "alb", "LoadBalancerArn": BALANCER}],
            },
            "describe_listeners": {"Listeners": [shown]},
            "describe_listener_certificates": {"Certificates": every},
            "describe_tags": {"TagDescriptions": []},
            "describe_certificate": {"Certificate": certificate},
        }
    )


def found(*certificates, wish=None, **listener):
    return read(aws(*certificates, **listener), [wish or WISH])["alb:443"]


def changed(before, wish):
    calls = aws()
    list(update(calls, before, wish, plan(LISTENER, before, wish).fields))
    return calls.changes


def test_the_name_is_the_place():
    assert place("alb:443") == ("alb", 443) and listener_of("alb:443/production") == "alb:443"
    for wrong in ("alb", "alb:", ":443", "alb:http", "alb:70000"):
        with pytest.raises(Refusal, match="as mywebapp-prod-alb:443"):
            place(wrong)
    with pytest.raises(Refusal, match="its listener and a word"):
        listener_of("production")


def test_one_that_is_as_asked_for_needs_nothing():
    assert not plan(LISTENER, found(), WISH).needed


def test_a_load_balancer_that_is_known_is_not_looked_for():
    calls = aws()
    read(calls, [WISH])
    assert "describe_load_balancers" not in [operation for operation, _sent in calls.sent]
    assert read(aws(), [{"name": "alb:443"}])["alb:443"]["arn"] == LISTENER_ARN
    assert read(aws(), [{"name": "alb:80"}, {"name": "other:443"}]) == {}


def test_certificates_of_others_are_no_difference():
    assert same_certificates([ONE, TWO, THREE], [ONE, TWO])
    assert not same_certificates([ONE, TWO], [TWO]) and not same_certificates([ONE], [ONE, TWO])


def test_the_former_default_certificate_goes_on_serving_its_names():
    wish = {**WISH, "certificates": [TWO]}
    (added, sent), (modified, options) = changed(found(ONE, THREE, wish=wish), wish)
    assert added == "add_listener_certificates" and sent["Certificates"] == [{"CertificateArn": ONE}]
    assert modified == "modify_listener" and options["Certificates"] == [{"CertificateArn": TWO}]
    assert set(options) == {"ListenerArn", "Certificates"}


def test_further_certificates_are_added_alone():
    wish = {**WISH, "certificates": [ONE, TWO]}
    ((operation, sent),) = changed(found(wish=wish), wish)
    assert operation == "add_listener_certificates" and sent["Certificates"] == [{"CertificateArn": TWO}]


def test_plain_http_becomes_https_in_one_call_before_further_certificates():
    wish = {**WISH, "certificates": [ONE, TWO]}
    before = found(wish=wish, Protocol="HTTP", Certificates=[], SslPolicy=None)
    (modified, options), (added, _sent) = changed(before, wish)
    assert (modified, added) == ("modify_listener", "add_listener_certificates")
    assert options["Protocol"] == "HTTPS" and options["SslPolicy"] == "policy"
    assert options["Certificates"] == [{"CertificateArn": ONE}]


def test_a_certificate_that_is_not_issued_is_refused_with_its_records():
    with pytest.raises(Refusal, match=r"PENDING_VALIDATION and cannot serve.*CNAME _a.example.com. with the value _b"):
        read(aws(status="PENDING_VALIDATION"), [{**WISH, "certificates": [TWO]}])
    assert read(aws(TWO, status="EXPIRED"), [{**WISH, "certificates": [TWO]}]), "one that serves already is not asked"


def test_a_new_one_has_its_default_certificate():
    calls = aws()
    create(calls, {**WISH, "certificates": [ONE, TWO], "tags": {}})
    ((_operation, sent),) = calls.changes
    assert sent["Port"] == 443 and sent["Certificates"] == [{"CertificateArn": ONE}] and "Tags" not in sent
    create(calls, {**WISH, "name": "alb:80", "protocol": "HTTP", "certificates": None, "tags": {"a": "b"}})
    assert "SslPolicy" not in calls.changes[-1][1] and calls.changes[-1][1]["Tags"] == tags(a="b")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"certificates": []}, "needs certificates"),
        ({"protocol": "HTTP"}, "are HTTPS's"),
        ({"certificates": [ONE.replace("us-east-1", "eu-west-1")]}, "is of another region"),
    ],
)
def test_options_that_do_not_go_together(wrong, words):
    assert words in LISTENER.check({**WISH, **wrong})[0]


RULE = {
    "name": "alb:443/production",
    "listener": LISTENER_ARN,
    "priority": 10,
    "conditions": [{"field": "path-pattern", "values": ["/*"]}],
    "action": ACTION,
    "tags": {"Name": "alb:443/production"},
}
PATHS = [{"Field": "path-pattern", "Values": ["/*"], "PathPatternConfig": {"Values": ["/*"]}}]


def rules(*named, wish=None):
    """named: the Name tag of each rule, None for none."""
    wish = wish or RULE
    calls = aws()
    shown = [
        {
            "RuleArn": f"rule-{number}",
            "Priority": str(number),
            "Conditions": PATHS,
            "Actions": [FIXED],
            "IsDefault": False,
        }
        for number, _name in enumerate(named, start=1)
    ]
    default = {"RuleArn": "rule-0", "Priority": "default", "Conditions": [], "Actions": [FIXED], "IsDefault": True}
    calls.answers["describe_rules"] = {"Rules": [*shown, default]}
    tagged = [
        {"ResourceArn": f"rule-{number}", "Tags": tags(Name=name)} for number, name in enumerate(named, start=1) if name
    ]
    calls.answers["describe_tags"] = {"TagDescriptions": tagged}
    return {name: state["arn"] for name, state in read_rules(calls, [wish]).items()}


def test_a_rule_is_found_by_its_name_before_one_of_the_same_conditions():
    assert rules(None, RULE["name"]) == {RULE["name"]: "rule-2"}
    assert rules(None, "other") == {RULE["name"]: "rule-1"}
    assert rules("other") == {}
    assert rules(None, wish={"name": RULE["name"]}) == {}, "who refers to a rule knows its name alone"


def test_two_rules_of_a_name_are_refused():
    with pytest.raises(Refusal, match="two rules are called alb:443/production: rule-1 and rule-2"):
        rules(RULE["name"], RULE["name"])


def test_only_what_differs_of_a_rule_is_sent():
    before = {"arn": "rule-1", "listener": LISTENER_ARN, "priority": 5, "conditions": [], "action": {}, "actions": []}
    calls = aws()
    list(update_rule(calls, before, RULE, frozenset({"priority"})))
    list(update_rule(calls, before, RULE, frozenset({"conditions"})))
    (moved, where), (modified, sent) = calls.changes
    assert (moved, modified) == ("set_rule_priorities", "modify_rule") and "Actions" not in sent
    assert where["RulePriorities"] == [{"RuleArn": "rule-1", "Priority": 10}]


def test_priorities_have_bounds():
    assert "AWS takes 1 to 50000" in LISTENER_RULE.check({**RULE, "priority": 0})[0]
