# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""hosted_zone and dns_records as playbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.tasks import play
from tests.playbook_run import LocalStack

ZONE = "example.com"
TAGS = {"Project": "mywebapp", "Environment": "prod"}
RECORDS: list[dict[str, Any]] = [
    {"name": f"www.{ZONE}", "type": "A",
     "alias": {"dns_name": "d1.cloudfront.net", "hosted_zone_id": "Z2FDTNDATAQYW2"}},
    {"name": f"*.{ZONE}", "type": "TXT", "values": ["plain text"], "ttl": 60},
    {"name": ZONE, "type": "CAA", "values": ['0 issue "amazon.com"']},
]  # fmt: skip
TASKS = {
    "Zone": ("hosted_zone", {"hosted_zones": [ZONE], "tags": TAGS}),
    "Records": ("dns_records", {"zones": [{"name": ZONE, "records": RECORDS}]}),
}


@pytest.fixture
def empty(stack: LocalStack) -> LocalStack:
    stack.control.reset()
    return stack


def records(stack: LocalStack) -> dict[tuple[str, str], dict[str, Any]]:
    route53 = stack.boto("route53")
    zone = route53.list_hosted_zones()["HostedZones"][0]["Id"]
    sets = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return {(one["Name"], one["Type"]): one for one in sets}


def test_a_zone_and_its_records_from_nothing(empty: LocalStack, tmp_path: Path) -> None:
    assert play(empty, tmp_path, TASKS, "--check").ok().changed_tasks == list(TASKS)
    assert not empty.boto("route53").list_hosted_zones()["HostedZones"]
    assert play(empty, tmp_path, TASKS).ok().changed_tasks == list(TASKS)
    assert play(empty, tmp_path, TASKS).ok().changed_tasks == []
    assert play(empty, tmp_path, TASKS, "--check").ok().changed_tasks == []
    made = records(empty)
    assert made[f"www.{ZONE}.", "A"]["AliasTarget"]["DNSName"].rstrip(".") == "d1.cloudfront.net"
    assert made[f"\\052.{ZONE}.", "TXT"]["ResourceRecords"] == [{"Value": '"plain text"'}]
    assert len(empty.boto("route53").list_hosted_zones()["HostedZones"]) == 1


def test_one_batch_holds_what_differs_and_nothing_else(empty: LocalStack, tmp_path: Path) -> None:
    play(empty, tmp_path, TASKS).ok()
    route53 = empty.boto("route53")
    zone = route53.list_hosted_zones()["HostedZones"][0]["Id"]
    theirs = {"Name": f"mail.{ZONE}.", "Type": "MX", "TTL": 300, "ResourceRecords": [{"Value": "10 mx.example.net."}]}
    drifted = {**records(empty)[f"\\052.{ZONE}.", "TXT"], "TTL": 5}
    changes = [{"Action": "UPSERT", "ResourceRecordSet": one} for one in (theirs, drifted)]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    assert play(empty, tmp_path, TASKS, "--check").ok().changed_tasks == ["Records"]
    empty.control.clear_calls()
    assert play(empty, tmp_path, TASKS).ok().changed_tasks == ["Records"]
    assert [one["action"] for one in empty.control.calls("route53")].count("ChangeResourceRecordSets") == 1
    assert records(empty)[f"\\052.{ZONE}.", "TXT"]["TTL"] == 60
    assert records(empty)[f"mail.{ZONE}.", "MX"]["ResourceRecords"] == theirs["ResourceRecords"]


def test_two_public_zones_are_refused_and_a_private_one_is_left_alone(empty: LocalStack, tmp_path: Path) -> None:
    route53 = empty.boto("route53")
    vpc = empty.boto("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    route53.create_hosted_zone(
        Name=ZONE, CallerReference="private", VPC={"VPCRegion": "us-east-1", "VPCId": vpc},
        HostedZoneConfig={"PrivateZone": True, "Comment": ""},
    )  # fmt: skip
    for reference in ("1", "2"):
        route53.create_hosted_zone(Name=ZONE, CallerReference=reference)
    refused = play(empty, tmp_path, TASKS)
    assert refused.rc != 0
    assert "there are two public hosted zones example.com" in refused.stdout
    assert len(route53.list_hosted_zones()["HostedZones"]) == 3


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"name": "www.example.org", "type": "A", "values": ["192.0.2.1"]}, "is not in the zone example.com"),
        ({"name": f"www.{ZONE}", "type": "A"}, "needs one of values, alias, distribution and load_balancer"),
        ({"name": ZONE, "type": "CNAME", "values": ["www.example.org"]}, "cannot stand beside the NS, SOA"),
        ({"name": f"www.{ZONE}", "type": "A", "distribution": "mywebapp-prod-cdn"},
         "cloudfront_distribution mywebapp-prod-cdn does not exist"),
    ],
)  # fmt: skip
def test_bad_records_are_refused_before_anything_is_changed(
    empty: LocalStack, tmp_path: Path, record: dict[str, Any], words: str
) -> None:
    empty.boto("route53").create_hosted_zone(Name=ZONE, CallerReference="1")
    before = records(empty)
    refused = play(empty, tmp_path, {"Records": ("dns_records", {"zones": [{"name": ZONE, "records": [record]}]})})
    assert refused.rc != 0
    assert words in refused.stdout
    assert "Nothing was changed" in refused.stdout
    assert records(empty) == before


def test_a_zone_that_is_missing_is_named_with_its_role(empty: LocalStack, tmp_path: Path) -> None:
    refused = play(empty, tmp_path, {"Records": TASKS["Records"]})
    assert refused.rc != 0
    assert "hosted_zone example.com does not exist; the role edge makes it" in refused.stdout
