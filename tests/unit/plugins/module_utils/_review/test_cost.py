# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.cost import estimate, spot_share
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.prices import Price

DENIED = {"service": "kms", "operation": "list_keys", "code": "AccessDenied", "message": "no"}


def amounts(snapshot, **collections):
    given = {key.replace("__", "."): items for key, items in collections.items()}
    return {line.key: line.monthly_usd for line in estimate(snapshot(given)).lines}


def instances(kind, count=2):
    return [{"DBInstanceClass": kind} for _number in range(count)]


@pytest.mark.parametrize(("kind", "usd"), [("db.r6g.large", 379.60), ("db.t4g.medium", 106.58)])
def test_two_aurora_instances_cost_what_the_list_says(snapshot, kind, usd):
    assert amounts(snapshot, rds__db_instances=instances(kind), rds__db_clusters=[]) == {f"aurora.{kind}": usd}


def test_serverless_counts_its_least_capacity(snapshot):
    clusters = [{"ServerlessV2ScalingConfiguration": {"MinCapacity": 0.5}}]
    found = amounts(snapshot, rds__db_instances=instances("db.serverless"), rds__db_clusters=clusters)
    assert found == {"aurora.acu": 43.8}


def test_tasks_are_priced_by_architecture(snapshot):
    definitions = [
        {"taskDefinitionArn": "x", "cpu": "2048", "memory": "4096"},
        {"taskDefinitionArn": "a", "cpu": "512", "memory": "1024", "runtimePlatform": {"cpuArchitecture": "ARM64"}},
    ]
    services = [{"taskDefinition": "x", "desiredCount": 4}, {"taskDefinition": "a", "desiredCount": 4}]
    assert amounts(snapshot, ecs__task_definitions=definitions, ecs__services=services) == {
        "fargate.x86_64.vcpu": 236.40,
        "fargate.x86_64.gb": 51.92,
        "fargate.arm64.vcpu": 47.27,
        "fargate.arm64.gb": 10.40,
    }


def test_spot_is_a_line_of_its_own(snapshot):
    definitions = [{"taskDefinitionArn": "x", "cpu": "1024", "memory": "2048"}]
    strategy = [
        {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": 1},
    ]
    services = [{"taskDefinition": "x", "desiredCount": 4, "capacityProviderStrategy": strategy}]
    lines = estimate(snapshot({"ecs.task_definitions": definitions, "ecs.services": services})).lines
    vcpu = [(line.what, line.quantity, line.monthly_usd) for line in lines if line.key == "fargate.x86_64.vcpu"]
    assert vcpu == [("Fargate x86_64 vCPU", 3.0, 88.65), ("Fargate Spot x86_64 vCPU", 1.0, 8.87)]


@pytest.mark.parametrize(
    ("strategy", "share"),
    [
        ([], 0.0),
        ([{"capacityProvider": "FARGATE_SPOT", "weight": 1}], 1.0),
        ([{"capacityProvider": "FARGATE_SPOT", "base": 9, "weight": 0}], 1.0),
        (
            [{"capacityProvider": "FARGATE", "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 3}],
            0.75,
        ),
    ],
)
def test_the_share_on_spot(strategy, share):
    assert spot_share(strategy, 4) == share
    assert spot_share(strategy, 0) == 0.0


def test_the_network(snapshot):
    found = amounts(
        snapshot,
        ec2__nat_gateways=[
            {"State": "available", "NatGatewayAddresses": [{"PublicIp": "198.51.100.1"}]},
            {"State": "available", "NatGatewayAddresses": [{"PublicIp": "198.51.100.2"}]},
            {"State": "deleted", "NatGatewayAddresses": []},
        ],
        ec2__vpc_endpoints=[
            {"VpcEndpointType": "Gateway"},
            {"VpcEndpointType": "Interface", "SubnetIds": ["subnet-1", "subnet-2"]},
        ],
        elbv2__load_balancers=[{"Type": "application", "Scheme": "internet-facing", "AvailabilityZones": [{}, {}]}],
    )
    assert found == {
        "nat.gateway": 65.70,
        "vpc.public_ipv4": 14.60,
        "vpc.interface_endpoint": 14.60,
        "elb.application": 16.43,
    }


def test_a_regional_nat_gateway_is_billed_for_each_zone(snapshot):
    addresses = [{"PublicIp": "198.51.100.1", "AvailabilityZone": f"us-east-1{zone}"} for zone in "ab"]
    gateway = {"State": "available", "AvailabilityMode": "regional", "NatGatewayAddresses": addresses}
    assert amounts(snapshot, ec2__nat_gateways=[gateway])["nat.gateway"] == 65.70


def test_the_rest(snapshot):
    found = amounts(
        snapshot,
        elasticache__replication_groups=[
            {"Engine": "valkey", "CacheNodeType": "cache.t4g.micro", "MemberClusters": ["a", "b"]}
        ],
        elasticache__cache_clusters=[
            {"ReplicationGroupId": "g"},
            {"Engine": "redis", "CacheNodeType": "cache.t3.micro", "NumCacheNodes": 1},
        ],
        wafv2__web_acls=[{"Rules": [{}, {}]}],
        kms__keys=[{"KeyManager": "CUSTOMER"}, {"KeyManager": "AWS"}, {"KeyState": "PendingDeletion"}],
        secretsmanager__secrets=[{}, {}],
        cloudwatch__alarms=[{"MetricName": "CPUUtilization"}, {"AlarmRule": "ALARM(a)"}],
        cloudwatch__dashboards=[{}],
        logs__log_groups=[{"storedBytes": 10 * 1024**3}],
    )
    assert found == {
        "cache.valkey.cache.t4g.micro": 18.69,
        "cache.redis.cache.t3.micro": 12.41,
        "waf.web_acl": 5.0,
        "waf.rule": 2.0,
        "kms.key": 1.0,
        "secrets.secret": 0.8,
        "cloudwatch.alarm": 0.1,
        "cloudwatch.composite_alarm": 0.5,
        "cloudwatch.dashboard": 3.0,
        "cloudwatch.log_storage": 0.3,
    }


def test_what_cannot_be_priced_is_said_and_not_taken_for_nothing(snapshot):
    found = estimate(
        snapshot(
            {"rds.db_instances": instances("db.x99.large", 1), "rds.db_clusters": []},
            errors={"kms.keys": DENIED},
        )
    )
    assert "kms.keys: AccessDenied no" in found.missing
    assert "no price for aurora.db.x99.large" in found.missing
    assert found.lines[0].monthly_usd is None
    assert found.total_usd == 0


def test_own_prices_are_taken(snapshot):
    given = snapshot({"rds.db_instances": instances("db.x99.large"), "rds.db_clusters": []})
    assert estimate(given, {"aurora.db.x99.large": Price(1.0, "hour", "mine")}).total_usd == 1460.0
