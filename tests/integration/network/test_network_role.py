# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role network against local_aws: adopted, made from nothing, drifted, refused, with one way out or another."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drift import rounds
from tests.integration.network.drifts import DRIFTS, NAMES, Drift, found, id_of, one, routes
from tests.playbook_run import LocalStack

PLAYBOOK = "playbooks/roles/network.yml"
KEY = "mywebapp-prod-logs"
KEY_POLICY = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
  {"Effect": "Allow", "Principal": {"Service": "logs.REGION.amazonaws.com"},
   "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
   "Resource": "*"}]}"""
TASKS = [
    "VPC",
    "Subnets",
    "Internet gateway",
    "Begin the NAT gateways",
    "Security groups",
    "Network ACLs",
    "Endpoints of AWS services",
    "Route tables",
    "Endpoints of AWS services",
    "Log group of the flow logs",
    "Role that writes the flow logs",
    "Flow logs",
]
# There are as many NAT gateways as are asked for.
ADOPTED = [name for name in TASKS if name != "Begin the NAT gateways"]
ADOPTED.insert(ADOPTED.index("Route tables"), "NAT gateways")

THREE_ZONES = {"network_availability_zones": ["us-east-1a", "us-east-1b", "us-east-1c"]}


def tasks(result: Any) -> list[str]:
    return [name.removeprefix("wellarchitected.webapp.network : ") for name in result.changed_tasks]


def make_key(stack: LocalStack, region: str = "us-east-1") -> None:
    """What the role secrets makes."""
    kms = stack.boto("kms", region)
    key = kms.create_key(Policy=KEY_POLICY.replace("REGION", region))["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=f"alias/{KEY}", TargetKeyId=key)


def every_name(stack: LocalStack, kind: str, suffixes: list[str]) -> list[str]:
    return [suffix for suffix in suffixes if found(stack.boto, kind, f"{NAMES['prefix']}-{suffix}")]


@pytest.fixture(scope="class")
def adopted(reviewed_stack: LocalStack) -> LocalStack:
    make_key(reviewed_stack)
    before = {kind: id_of(reviewed_stack.boto, NAMES, kind, suffix) for kind, suffix in KEPT.items()}
    foretold = reviewed_stack.play(PLAYBOOK, check=True).ok()
    made = reviewed_stack.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(made) == ADOPTED
    after = {kind: id_of(reviewed_stack.boto, NAMES, kind, suffix) for kind, suffix in KEPT.items()}
    assert after == before, "what was there is adopted, not made anew"
    return reviewed_stack


KEPT = {"vpc": "vpc", "subnet": "database-2", "igw": "igw", "nat": "nat-2", "table": "private-2-rt", "group": "ecs-sg"}


class TestAdopted:
    """The network of the review, as it was found and then hardened."""

    def test_a_second_run_changes_nothing(self, adopted: LocalStack) -> None:
        assert adopted.play(PLAYBOOK).ok().recap["changed"] == 0
        assert adopted.play(PLAYBOOK, check=True).ok().recap["changed"] == 0

    def test_rules_of_the_reviewed_stack_are_still_there(self, adopted: LocalStack) -> None:
        ports = {
            suffix: sorted(rule["FromPort"] for rule in one(adopted.boto, NAMES, "group", suffix)["IpPermissions"])
            for suffix in ("alb-sg", "ecs-sg", "aurora-sg")
        }
        assert ports == {"alb-sg": [80, 443], "ecs-sg": [8080], "aurora-sg": [3306]}

    @pytest.mark.parametrize("together", rounds(DRIFTS), ids=lambda drifts: "; ".join(one.name for one in drifts))
    def test_drift_is_seen_and_repaired(self, adopted: LocalStack, together: list[Drift]) -> None:
        for drift in together:
            drift.put_in(adopted.boto, NAMES)
        expected = {drift.task for drift in together}
        assert expected <= set(tasks(adopted.play(PLAYBOOK, check=True).ok()))
        assert expected <= set(tasks(adopted.play(PLAYBOOK).ok()))
        assert [drift.name for drift in together if not drift.repaired(adopted.boto, NAMES)] == []

    @pytest.mark.parametrize(
        ("variables", "words"),
        [
            ({"network_vpc_cidr": "10.9.0.0/16"}, "is not inside network_vpc_cidr 10.9.0.0/16"),
            ({"network_private_cidrs": ["10.0.0.0/24", "10.0.11.0/24"]}, "overlap"),
            ({"network_availability_zones": ["us-east-1a"]}, "name 2 or 3 different zones"),
            ({"network_availability_zones": ["us-east-1a", "eu-west-1a"]}, "is none of region us-east-1"),
            ({"network_nat_mode": "none", "network_interface_endpoints": []}, "no way to ecr.api"),
            ({"network_vpc_cidr": "10.0.0.0/17"}, "a VPC keeps its CIDR"),
            ({"stack_account_id": "999999999999"}, "999999999999"),
            ({"network_logs_kms_key": "nowhere"}, "playbooks/roles/secrets.yml"),
        ],
        ids=["outside", "overlap", "one zone", "other region", "no way out", "another CIDR", "account", "key"],
    )
    def test_what_cannot_work_is_refused(self, adopted: LocalStack, variables: dict[str, Any], words: str) -> None:
        result = adopted.play(PLAYBOOK, extra_vars=variables)
        assert result.rc != 0 and result.recap["changed"] == 0
        assert words in " ".join(result.stdout.split())

    @pytest.mark.parametrize(
        ("mode", "gateways"),
        [("single", ["nat-1"]), ("regional", ["nat-regional"]), ("none", []), ("per_az", ["nat-1", "nat-2"])],
    )
    def test_a_nat_mode_takes_over_from_another(self, adopted: LocalStack, mode: str, gateways: list[str]) -> None:
        """Whatever mode the test before has left."""
        variables = {"network_nat_mode": mode}
        foretold = adopted.play(PLAYBOOK, check=True, extra_vars=variables).ok()
        assert tasks(foretold) == tasks(adopted.play(PLAYBOOK, extra_vars=variables).ok())
        every = ["nat-1", "nat-2", "nat-3", "nat-regional"]
        assert every_name(adopted, "nat", every) == gateways
        assert every_name(adopted, "address", every) == [name for name in gateways if name != "nat-regional"]
        leads_to = [*routes(adopted.boto, NAMES, "private-1-rt").values()]
        assert leads_to == [id_of(adopted.boto, NAMES, "nat", name) for name in gateways[:1]]
        assert adopted.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0

    def test_endpoints_that_are_not_asked_for_go(self, adopted: LocalStack) -> None:
        variables = {"network_interface_endpoints": ["logs"]}
        assert tasks(adopted.play(PLAYBOOK, extra_vars=variables).ok()) == ["Endpoints of AWS services"]
        every = ["s3", "ecr-api", "ecr-dkr", "logs", "secretsmanager"]
        assert every_name(adopted, "endpoint", every) == ["s3", "logs"]
        assert adopted.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0


class TestMade:
    """A network made from nothing, over three zones."""

    def test_check_mode_foretells_the_run(self, stack: LocalStack) -> None:
        stack.control.reset()
        make_key(stack)
        foretold = stack.play(PLAYBOOK, check=True, extra_vars=THREE_ZONES).ok()
        made = stack.play(PLAYBOOK, extra_vars=THREE_ZONES).ok()
        assert tasks(foretold) == tasks(made) == TASKS
        assert stack.play(PLAYBOOK, extra_vars=THREE_ZONES).ok().recap["changed"] == 0

    def test_nothing_admits_ssh_from_everywhere(self, stack: LocalStack) -> None:
        for tier in ("public", "private", "database"):
            entries = one(stack.boto, NAMES, "acl", f"{tier}-acl")["Entries"]
            for entry in entries:
                if not entry["Egress"] and entry["RuleAction"] == "allow" and entry["CidrBlock"] == "0.0.0.0/0":
                    ports = entry.get("PortRange", {"From": 0, "To": 0})
                    assert not any(ports["From"] <= port <= ports["To"] for port in (22, 3389))

    def test_the_database_has_no_way_out(self, stack: LocalStack) -> None:
        assert routes(stack.boto, NAMES, "database-rt") == {}
        assert one(stack.boto, NAMES, "group", "aurora-sg")["IpPermissionsEgress"] == []

    def test_a_flow_log_records_all_traffic(self, stack: LocalStack) -> None:
        flow_log = one(stack.boto, NAMES, "flow_log", "flow-logs")
        assert flow_log["TrafficType"] == "ALL" and flow_log["ResourceId"] == id_of(stack.boto, NAMES, "vpc", "vpc")

    def test_the_stack_of_the_dr_region_shares_the_role_of_the_flow_logs(self, stack: LocalStack) -> None:
        """IAM knows no regions, so neither host may change what the other has made."""
        there = {"stack_region": "us-west-2"}
        make_key(stack, there["stack_region"])
        stack.play(PLAYBOOK, extra_vars=THREE_ZONES).ok()
        first = stack.play(PLAYBOOK, extra_vars=there).ok()
        assert tasks(first) == [name for name in TASKS if name != "Role that writes the flow logs"]
        assert stack.play(PLAYBOOK, extra_vars=THREE_ZONES).ok().recap["changed"] == 0
        assert stack.play(PLAYBOOK, extra_vars=there).ok().recap["changed"] == 0
