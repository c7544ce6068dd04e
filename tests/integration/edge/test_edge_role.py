# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role edge against local_aws: the stack of the review adopted, made beside it, drifted, refused, interrupted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.drift import rounds
from tests.integration.edge.drifts import DRIFTS, NAMES, STATIC, Drift
from tests.integration.edge.looks import acl, distribution, is_closed, sids
from tests.playbook_run import LocalStack
from tests.writes import writes

PLAYBOOK = "playbooks/roles/edge.yml"
KEYS = "playbooks/roles/secrets.yml"
DR = {"stack_region": "us-west-2", "edge_waf_load_balancers": []}


def tasks(result: Any) -> list[str]:
    return [name.removeprefix("wellarchitected.webapp.edge : ") for name in result.changed_tasks]


@pytest.fixture(scope="class")
def adopted(reviewed_stack: LocalStack) -> LocalStack:
    reviewed_stack.play(KEYS, "--tags", "secrets_keys").ok()
    before = distribution(reviewed_stack.boto, NAMES)
    foretold = reviewed_stack.play(PLAYBOOK, check=True).ok()
    reviewed_stack.control.clear_calls()
    made = reviewed_stack.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(made)
    after = distribution(reviewed_stack.boto, NAMES)
    assert (after["Id"], after["ARN"]) == (before["Id"], before["ARN"]), "what was there is adopted, not made anew"
    return reviewed_stack


class TestAdopted:
    """What stood before the application as the review found it, and then hardened."""

    def test_the_bucket_is_closed_once_cloudfront_reads_it_otherwise(self, adopted: LocalStack) -> None:
        """No request of a viewer is refused in between: admitted, signed, and only then closed."""
        done = writes(adopted.control)
        admitted, signed = done.index("PutBucketPolicy"), done.index("UpdateDistribution")
        closed = len(done) - 1 - done[::-1].index("PutPublicAccessBlock")
        assert admitted < signed < closed
        assert is_closed(adopted.boto, NAMES["static"])
        assert sids(adopted.boto, NAMES["static"]) == {"DistributionsThatMayRead", "DenyInsecureTransport"}

    def test_a_second_run_changes_nothing(self, adopted: LocalStack) -> None:
        adopted.control.clear_calls()
        assert adopted.play(PLAYBOOK).ok().recap["changed"] == 0
        assert adopted.play(PLAYBOOK, check=True).ok().recap["changed"] == 0
        assert writes(adopted.control) == []

    def test_a_run_for_the_dr_region_leaves_the_primary_s_alone(self, adopted: LocalStack) -> None:
        adopted.control.clear_calls()
        assert tasks(adopted.play(PLAYBOOK, extra_vars=DR).ok()) == ["Certificate for the load balancer"]
        assert writes(adopted.control) == ["RequestCertificate"]
        assert adopted.play(PLAYBOOK, extra_vars=DR).ok().recap["changed"] == 0

    def test_what_others_have_put_there_stays(self, adopted: LocalStack) -> None:
        s3 = adopted.boto("s3")
        document = json.loads(s3.get_bucket_policy(Bucket=NAMES["static"])["Policy"])
        theirs = {
            "Sid": "Theirs",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{NAMES['static']}/*",
        }
        document["Statement"].append(theirs)
        s3.put_bucket_policy(Bucket=NAMES["static"], Policy=json.dumps(document))
        rule = {"ID": "theirs", "Status": "Enabled", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 1}}
        kept = s3.get_bucket_lifecycle_configuration(Bucket=NAMES["static"])["Rules"]
        s3.put_bucket_lifecycle_configuration(
            Bucket=NAMES["static"], LifecycleConfiguration={"Rules": [*kept[1:], rule]}
        )
        assert STATIC in tasks(adopted.play(PLAYBOOK).ok())
        assert "Theirs" in sids(adopted.boto, NAMES["static"])
        rules = s3.get_bucket_lifecycle_configuration(Bucket=NAMES["static"])["Rules"]
        assert {"theirs", "move-to-standard-ia", "expire-noncurrent-versions"} <= {one["ID"] for one in rules}

    @pytest.mark.parametrize("together", rounds(DRIFTS), ids=lambda drifts: "; ".join(one.name for one in drifts))
    def test_drift_is_seen_and_repaired(self, adopted: LocalStack, together: list[Drift]) -> None:
        for drift in together:
            drift.put_in(adopted.boto, NAMES)
        expected = {drift.task for drift in together}
        assert expected <= set(tasks(adopted.play(PLAYBOOK, check=True).ok()))
        assert expected <= set(tasks(adopted.play(PLAYBOOK).ok()))
        assert [drift.name for drift in together if not drift.repaired(adopted.boto, NAMES)] == []

    def test_a_zone_that_somebody_else_keeps_is_told_the_records_to_make(self, adopted: LocalStack) -> None:
        given = {"edge_hosted_zone": "", "edge_domain": "shop.example.com"}
        result = adopted.play(PLAYBOOK, "--tags", "edge_certificate", extra_vars=given).ok()
        text = " ".join(result.stdout.split())
        assert "PENDING_VALIDATION" in text and "shop.example.com" in text
        assert adopted.play(PLAYBOOK, "--tags", "edge_certificate", extra_vars=given).ok().recap["changed"] == 0

    def test_rules_that_only_count_and_addresses_that_are_blocked(self, adopted: LocalStack) -> None:
        given = {"edge_waf_count_only": True, "edge_waf_blocked_addresses": ["192.0.2.0/24"]}
        adopted.play(PLAYBOOK, "--tags", "edge_waf", extra_vars=given).ok()
        found = acl(adopted.boto, NAMES["acl"], "CLOUDFRONT")["Rules"]
        assert found[0]["Name"] == "blocked"
        assert all("Count" in {**rule.get("Action", {}), **rule.get("OverrideAction", {})} for rule in found)
        assert adopted.play(PLAYBOOK, "--tags", "edge_waf", extra_vars=given).ok().recap["changed"] == 0
        adopted.play(PLAYBOOK, "--tags", "edge_waf").ok()
        assert "blocked" not in {rule["Name"] for rule in acl(adopted.boto, NAMES["acl"], "CLOUDFRONT")["Rules"]}


@pytest.fixture(scope="class")
def bare(stack: LocalStack) -> LocalStack:
    """An account with the keys alone, in which a run would have everything to make."""
    stack.control.reset()
    stack.play(KEYS, "--tags", "secrets_keys").ok()
    return stack


class TestBadInput:
    """Refused before anything is changed."""

    @pytest.mark.parametrize(
        ("variables", "words"),
        [
            ({"edge_waf_log_kms_key": "nowhere"}, "playbooks/roles/secrets.yml"),
            ({"edge_load_balancer": "nowhere-alb"}, "playbooks/roles/ecs_service.yml"),
            (
                {"edge_hosted_zone": "nowhere.example", "edge_hosted_zone_create": False},
                "hosted_zone nowhere.example does not exist",
            ),
            ({"stack_account_id": "999999999999"}, "999999999999"),
            (
                {
                    "edge_waf_rules": [
                        {"name": f"r{n}", "managed_rule_group": "AWSManagedRulesCommonRuleSet"} for n in range(8)
                    ]
                },
                "5600 capacity units, and an ACL has 5000",
            ),
            ({"edge_waf_rules": [{"name": "core", "managed_rule_group": "CoreRules"}]}, "offers no managed rule group"),
            ({"edge_waf_rules": [{"name": "rate", "rate_limt": 2000}]}, "rate_limt"),
            ({"edge_waf_rate_limit": 5}, "WAF takes 10 to 2000000000"),
            ({"edge_waf_log_group": "shop-logs"}, "called aws-waf-logs-"),
            ({"edge_waf_blocked_addresses": ["0.0.0.0/0"]}, "every address"),
            ({"edge_static_standard_ia_days": 7}, "S3 takes 30 and more"),
            ({"edge_cache_min_ttl": 7200}, "give seconds that do not fall"),
            ({"edge_certificate": "arn:aws:acm:us-west-2:123456789012:certificate/a"}, "is not of us-east-1"),
        ],
        ids=lambda given: next(iter(given)) if isinstance(given, dict) else "",
    )
    def test_what_cannot_be_is_refused_first(self, bare: LocalStack, variables: dict[str, Any], words: str) -> None:
        alone = {"edge_load_balancer": "", "edge_waf_load_balancers": []}
        bare.control.clear_calls()
        result = bare.play(PLAYBOOK, extra_vars={**alone, **variables})
        assert result.rc != 0 and words in " ".join(result.stdout.split())
        assert writes(bare.control) == []

    def test_a_certificate_that_is_not_issued_is_refused_first(self, bare: LocalStack) -> None:
        acm = bare.boto("acm")
        arn = acm.request_certificate(DomainName="late.example.org", ValidationMethod="DNS")["CertificateArn"]
        given = {"edge_load_balancer": "", "edge_waf_load_balancers": [], "edge_certificate": arn}
        bare.control.clear_calls()
        result = bare.play(PLAYBOOK, extra_vars=given)
        assert result.rc != 0 and "is PENDING_VALIDATION and cannot serve" in " ".join(result.stdout.split())
        assert writes(bare.control) == []


class TestAlone:
    def test_an_empty_account_is_told_which_roles_make_what_is_missing(self, stack: LocalStack) -> None:
        stack.control.reset()
        stack.control.clear_calls()
        result = stack.play(PLAYBOOK)
        text = " ".join(result.stdout.split())
        assert result.rc == 2 and "the role secrets makes it" in text and "the role ecs_service makes it" in text
        assert writes(stack.control) == []

    def test_static_files_alone_from_nothing(self, stack: LocalStack) -> None:
        """A stack without a load balancer: check mode foretells the run, and a second one has nothing to do."""
        stack.control.reset()
        stack.play(KEYS, "--tags", "secrets_keys").ok()
        given = {"edge_load_balancer": "", "edge_waf_load_balancers": []}
        foretold = stack.play(PLAYBOOK, check=True, extra_vars=given).ok()
        made = stack.play(PLAYBOOK, extra_vars=given).ok()
        assert tasks(foretold) == tasks(made)
        assert "DistributionsThatMayRead" in sids(stack.boto, NAMES["static"])
        assert is_closed(stack.boto, NAMES["static"])
        assert stack.play(PLAYBOOK, extra_vars=given).ok().recap["changed"] == 0
        assert stack.play(PLAYBOOK, check=True, extra_vars=given).ok().recap["changed"] == 0

    def test_zone_and_certificate_come_before_the_load_balancer_that_needs_one(self, stack: LocalStack) -> None:
        stack.control.reset()
        foretold = stack.play("playbooks/domain.yml", check=True).ok()
        made = stack.play("playbooks/domain.yml").ok()
        assert tasks(foretold) == tasks(made) and len(tasks(made)) == 3
        (certificate,) = stack.boto("acm").list_certificates()["CertificateSummaryList"]
        assert (certificate["DomainName"], certificate["Status"]) == (NAMES["domain"], "ISSUED")
        assert stack.play("playbooks/domain.yml").ok().recap["changed"] == 0
        given = {"edge_load_balancer": "", "edge_waf_load_balancers": []}
        stack.play(KEYS, "--tags", "secrets_keys").ok()
        rest = tasks(stack.play(PLAYBOOK, extra_vars=given).ok())
        assert not {"Hosted zone of the domain", "Certificate for CloudFront"} & set(rest)
