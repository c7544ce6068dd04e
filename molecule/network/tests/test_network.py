# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the role network leaves in the account."""

from __future__ import annotations

import json
from typing import Any

import botocore.session

PREFIX = "mywebapp-prod"
EVERYWHERE = "0.0.0.0/0"
ADMIN_PORTS = (22, 3389)


def client(service: str) -> Any:
    return botocore.session.Session().create_client(service, region_name="us-east-1")


def vpc_id() -> str:
    [vpc] = client("ec2").describe_vpcs(Filters=[{"Name": "tag:Name", "Values": [f"{PREFIX}-vpc"]}])["Vpcs"]
    return str(vpc["VpcId"])


def in_vpc(operation: str, key: str, parameter: str = "Filters") -> list[dict[str, Any]]:
    wanted = {parameter: [{"Name": "vpc-id", "Values": [vpc_id()]}]}
    return getattr(client("ec2"), operation)(**wanted)[key]


def name(thing: dict[str, Any]) -> str:
    tags = {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}
    return tags.get("Name", "").removeprefix(f"{PREFIX}-")


def named(operation: str, key: str) -> dict[str, dict[str, Any]]:
    return {name(thing): thing for thing in in_vpc(operation, key) if name(thing)}


def test_three_tiers_in_two_zones_without_public_addresses() -> None:
    subnets = named("describe_subnets", "Subnets")
    assert set(subnets) == {f"{tier}-{number}" for tier in ("public", "private", "database") for number in (1, 2)}
    for tier in ("public", "private", "database"):
        assert len({subnets[f"{tier}-{number}"]["AvailabilityZone"] for number in (1, 2)}) == 2
    assert not any(subnet["MapPublicIpOnLaunch"] for subnet in subnets.values())


def test_each_zone_has_its_way_out_and_the_database_has_none() -> None:
    tables = named("describe_route_tables", "RouteTables")
    subnets = {subnet["SubnetId"]: subnet for subnet in in_vpc("describe_subnets", "Subnets")}
    gateways = {one["NatGatewayId"]: one for one in in_vpc("describe_nat_gateways", "NatGateways", "Filter")}
    for number in (1, 2):
        table = tables[f"private-{number}-rt"]
        [route] = [one for one in table["Routes"] if one.get("DestinationCidrBlock") == EVERYWHERE]
        [association] = [one for one in table["Associations"] if one.get("SubnetId")]
        stands_in = subnets[gateways[route["NatGatewayId"]]["SubnetId"]]["AvailabilityZone"]
        assert stands_in == subnets[association["SubnetId"]]["AvailabilityZone"], "no traffic crosses zones"
    assert [route["GatewayId"] for route in tables["database-rt"]["Routes"]] == ["local"]


def test_no_address_is_idle() -> None:
    assert all(address.get("AssociationId") for address in client("ec2").describe_addresses()["Addresses"])


def test_the_default_security_group_is_closed() -> None:
    [group] = [one for one in in_vpc("describe_security_groups", "SecurityGroups") if one["GroupName"] == "default"]
    assert group["IpPermissions"] == [] and group["IpPermissionsEgress"] == []


def test_the_database_answers_the_tasks_alone() -> None:
    groups = {one["GroupName"]: one for one in in_vpc("describe_security_groups", "SecurityGroups")}
    database, tasks = groups[f"{PREFIX}-aurora-sg"], groups[f"{PREFIX}-ecs-sg"]
    [rule] = database["IpPermissions"]
    assert rule["FromPort"] == rule["ToPort"] == 3306 and not rule["IpRanges"]
    assert [pair["GroupId"] for pair in rule["UserIdGroupPairs"]] == [tasks["GroupId"]]
    assert database["IpPermissionsEgress"] == []


def test_network_acls_admit_no_administration_from_everywhere() -> None:
    acls = named("describe_network_acls", "NetworkAcls")
    for tier in ("public", "private", "database"):
        acl = acls[f"{tier}-acl"]
        assert len(acl["Associations"]) == 2
        for entry in acl["Entries"]:
            if entry["RuleAction"] == "allow" and not entry["Egress"] and entry["CidrBlock"] == EVERYWHERE:
                assert entry["Protocol"] != "-1"
                ports = entry.get("PortRange") or {"From": -1, "To": -1}
                assert not any(ports["From"] <= port <= ports["To"] for port in ADMIN_PORTS)


def test_endpoints_are_restricted() -> None:
    endpoints = {one["ServiceName"].partition("us-east-1.")[2]: one for one in in_vpc_endpoints()}
    assert set(endpoints) == {"s3", "ecr.api", "ecr.dkr", "logs", "secretsmanager"}
    assert endpoints["s3"]["VpcEndpointType"] == "Gateway"
    for service, endpoint in endpoints.items():
        assert service == "s3" or (endpoint["PrivateDnsEnabled"] and len(endpoint["SubnetIds"]) == 2)
        for statement in json.loads(endpoint["PolicyDocument"])["Statement"]:
            assert statement.get("Condition") or statement["Resource"] != "*", service
    assert "starport-layer-bucket" in endpoints["s3"]["PolicyDocument"], "ECR keeps its layers there"


def in_vpc_endpoints() -> list[dict[str, Any]]:
    return in_vpc("describe_vpc_endpoints", "VpcEndpoints")


def test_all_traffic_is_recorded_encrypted_and_kept_for_a_while() -> None:
    [flow_log] = client("ec2").describe_flow_logs(Filter=[{"Name": "resource-id", "Values": [vpc_id()]}])["FlowLogs"]
    assert flow_log["TrafficType"] == "ALL" and flow_log["DeliverLogsPermissionArn"]
    wanted = flow_log["LogGroupName"]
    [group] = client("logs").describe_log_groups(logGroupNamePrefix=wanted)["logGroups"]
    assert group["logGroupName"] == wanted and group["retentionInDays"] and group["kmsKeyId"]


def test_everything_bears_the_owner() -> None:
    for operation, key in (("describe_subnets", "Subnets"), ("describe_vpc_endpoints", "VpcEndpoints")):
        for thing in in_vpc(operation, key):
            assert {"Project", "Environment", "Owner", "CostCenter", "ManagedBy"} <= {
                tag["Key"] for tag in thing["Tags"]
            }
