# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""mywebapp-prod is loaded as the review describes it, on local_aws and on plain moto."""

from __future__ import annotations

import datetime
import http.client
import json
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from moto.server import ThreadedMotoServer

from local_aws.control import Control
from local_aws.server import start
from local_aws.stacks import as_reviewed
from local_aws.stacks._clients import Clients
from local_aws.stacks.as_reviewed.building import new_password


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with start(port=0) as server:
        Control(server.endpoint).reset()
        yield server.endpoint


@pytest.fixture(scope="module")
def stack(endpoint: str) -> SimpleNamespace:
    started = time.monotonic()
    loaded = as_reviewed.load(endpoint)
    return SimpleNamespace(seconds=time.monotonic() - started, **loaded)


@pytest.fixture(scope="module")
def aws(stack: SimpleNamespace) -> Clients:
    return Clients(stack.endpoint_url, as_reviewed.REGION)


def names(things: list[dict[str, Any]]) -> set[str]:
    return {tag["Value"] for thing in things for tag in thing.get("Tags", []) if tag["Key"] == "Name"}


def of_vpc(stack: SimpleNamespace) -> list[dict[str, Any]]:
    return [{"Name": "vpc-id", "Values": [stack.vpc_id]}]


def test_it_takes_seconds(stack: SimpleNamespace) -> None:
    assert stack.seconds < 10, "about 3 s, with the import of moto's services"


def test_three_tiers_of_subnets_in_two_zones(aws: Clients, stack: SimpleNamespace) -> None:
    subnets = aws.ec2.describe_subnets(Filters=of_vpc(stack))["Subnets"]
    assert names(subnets) == {f"mywebapp-prod-{tier}-{n}" for tier in ("public", "private", "database") for n in (1, 2)}
    assert {subnet["AvailabilityZone"] for subnet in subnets} == {"us-east-1a", "us-east-1b"}
    public = [subnet["SubnetId"] for subnet in subnets if subnet["MapPublicIpOnLaunch"]]
    assert sorted(public) == sorted(stack.ids["subnets"]["public"])


def test_each_private_subnet_has_the_nat_gateway_of_its_zone(aws: Clients, stack: SimpleNamespace) -> None:
    zone = {s["SubnetId"]: s["AvailabilityZone"] for s in aws.ec2.describe_subnets(Filters=of_vpc(stack))["Subnets"]}
    nats = aws.ec2.describe_nat_gateways(NatGatewayIds=stack.ids["nat_gateways"])["NatGateways"]
    nat_zone = {nat["NatGatewayId"]: zone[nat["SubnetId"]] for nat in nats}
    for table in aws.ec2.describe_route_tables(Filters=of_vpc(stack))["RouteTables"]:
        through = {route["NatGatewayId"] for route in table["Routes"] if route.get("NatGatewayId")}
        members = [entry["SubnetId"] for entry in table["Associations"] if entry.get("SubnetId")]
        if through:
            assert {nat_zone[nat] for nat in through} == {zone[subnet] for subnet in members}
        outward = [route for route in table["Routes"] if route["DestinationCidrBlock"] == "0.0.0.0/0"]
        assert bool(outward) != bool(set(members) & set(stack.ids["subnets"]["database"])) or not members


def test_security_groups_admit_the_tier_before(aws: Clients, stack: SimpleNamespace) -> None:
    groups = stack.ids["security_groups"]
    found = aws.ec2.describe_security_groups(GroupIds=list(groups.values()))["SecurityGroups"]
    ingress = {group["GroupId"]: group["IpPermissions"] for group in found}
    assert [(p["FromPort"], p["IpRanges"][0]["CidrIp"]) for p in ingress[groups["alb"]]] == [(80, "0.0.0.0/0")]
    for tier, before, port in (("ecs", "alb", 8080), ("aurora", "ecs", 3306)):
        (permission,) = ingress[groups[tier]]
        assert (permission["FromPort"], permission["ToPort"], permission["IpRanges"]) == (port, port, [])
        assert [pair["GroupId"] for pair in permission["UserIdGroupPairs"]] == [groups[before]]
    assert not [p for group in found for p in group["IpPermissionsEgress"] if p["IpProtocol"] == "-1"]


def test_the_load_balancer_forwards_http(aws: Clients, stack: SimpleNamespace) -> None:
    (balancer,) = aws.elbv2.describe_load_balancers(Names=["mywebapp-prod-alb"])["LoadBalancers"]
    assert (balancer["Scheme"], len(balancer["AvailabilityZones"])) == ("internet-facing", 2)
    (listener,) = aws.elbv2.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    assert (listener["Protocol"], listener["Port"]) == ("HTTP", 80)
    assert [action["Type"] for action in listener["DefaultActions"]] == ["forward"]
    targets = aws.elbv2.describe_target_health(TargetGroupArn=stack.ids["target_group"])["TargetHealthDescriptions"]
    assert [target["TargetHealth"]["State"] for target in targets] == ["healthy"] * 4


def test_the_service_runs_four_tasks_with_the_password_in_plain_text(aws: Clients, stack: SimpleNamespace) -> None:
    (service,) = aws.ecs.describe_services(cluster="mywebapp-prod-cluster", services=["mywebapp-prod-service"])[
        "services"
    ]
    assert (service["desiredCount"], service["runningCount"], service["launchType"]) == (4, 4, "FARGATE")
    task = aws.ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    (container,) = task["containerDefinitions"]
    assert (task["cpu"], task["memory"], container["memory"]) == ("2048", "4096", 256)
    assert container["logConfiguration"]["logDriver"] == "awslogs"
    assert {"name": "DB_PASSWORD", "value": stack.password} in container["environment"]
    assert not container.get("secrets")


def test_the_cluster_is_unencrypted_and_unprotected(aws: Clients, stack: SimpleNamespace) -> None:
    (cluster,) = aws.rds.describe_db_clusters(DBClusterIdentifier="mywebapp-prod-aurora")["DBClusters"]
    assert cluster["StorageEncrypted"] is False
    assert cluster.get("StorageEncryptionType", "none") == "none"
    assert cluster["BackupRetentionPeriod"] == 7
    assert cluster["DeletionProtection"] is False
    assert cluster["Engine"] == "aurora-mysql"
    assert not cluster.get("MasterUserSecret")
    filters = [{"Name": "db-cluster-id", "Values": [cluster["DBClusterIdentifier"]]}]
    instances = aws.rds.describe_db_instances(Filters=filters)["DBInstances"]
    assert [instance["DBInstanceClass"] for instance in instances] == ["db.r6g.large"] * 2
    assert {instance["AvailabilityZone"] for instance in instances} == {"us-east-1a", "us-east-1b"}
    assert not [one for one in instances if one.get("PerformanceInsightsEnabled") or one.get("MonitoringInterval")]


def test_clusters_made_later_are_encrypted_by_default(endpoint: str, stack: SimpleNamespace) -> None:
    assert Control(endpoint).settings()["default_encryption"] is True


def test_the_static_bucket_is_public(aws: Clients, stack: SimpleNamespace) -> None:
    bucket = stack.ids["static_bucket"]
    policy = json.loads(aws.s3.get_bucket_policy(Bucket=bucket)["Policy"])
    assert [statement["Principal"] for statement in policy["Statement"]] == ["*"]
    with pytest.raises(aws.s3.exceptions.ClientError, match="NoSuchPublicAccessBlockConfiguration"):
        aws.s3.get_public_access_block(Bucket=bucket)


def test_the_terraform_state_has_the_password(aws: Clients, stack: SimpleNamespace) -> None:
    bucket = stack.ids["state_bucket"]
    state = json.loads(aws.s3.get_object(Bucket=bucket, Key="terraform.tfstate")["Body"].read())
    attributes = {one["type"]: one["instances"][0]["attributes"] for one in state["resources"]}
    assert attributes["aws_rds_cluster"]["master_password"] == stack.password
    assert attributes["random_password"]["result"] == stack.password
    assert "Status" not in aws.s3.get_bucket_versioning(Bucket=bucket)
    with pytest.raises(aws.s3.exceptions.ClientError, match="NoSuchBucketPolicy"):
        aws.s3.get_bucket_policy(Bucket=bucket)


def test_the_distribution_is_untuned(aws: Clients, stack: SimpleNamespace) -> None:
    found = aws.cloudfront.get_distribution_config(Id=stack.ids["distribution"])["DistributionConfig"]
    assert found["ViewerCertificate"]["CloudFrontDefaultCertificate"] is True
    assert not found["WebACLId"]
    assert found["DefaultCacheBehavior"]["Compress"] is False
    origins = {origin["Id"]: origin for origin in found["Origins"]["Items"]}
    assert not origins["s3-static"].get("OriginAccessControlId")
    assert not origins["s3-static"].get("S3OriginConfig", {}).get("OriginAccessIdentity")
    assert origins["alb"]["CustomOriginConfig"]["OriginProtocolPolicy"] == "http-only"


def test_nothing_has_cost_tags(aws: Clients, stack: SimpleNamespace) -> None:
    mappings = aws.resourcegroupstaggingapi.get_resources()["ResourceTagMappingList"]
    assert {tag["Key"] for mapping in mappings for tag in mapping["Tags"]} == {"Name"}


@pytest.mark.parametrize(
    ("namespace", "metric", "dimensions", "most"),
    [
        (
            "AWS/ECS",
            "CPUUtilization",
            {"ClusterName": "mywebapp-prod-cluster", "ServiceName": "mywebapp-prod-service"},
            9,
        ),
        ("AWS/RDS", "CPUUtilization", {"DBInstanceIdentifier": "mywebapp-prod-aurora-1"}, 11),
        ("AWS/RDS", "DatabaseConnections", {"DBInstanceIdentifier": "mywebapp-prod-aurora-2"}, 0),
    ],
)
def test_fourteen_days_of_low_use(
    aws: Clients, namespace: str, metric: str, dimensions: dict[str, str], most: float
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    points = aws.cloudwatch.get_metric_statistics(
        Namespace=namespace,
        MetricName=metric,
        Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()],
        StartTime=now - datetime.timedelta(days=14),
        EndTime=now,
        Period=86400,
        Statistics=["Maximum"],
    )["Datapoints"]
    assert len(points) >= 14
    assert max(point["Maximum"] for point in points) == pytest.approx(most)


@pytest.mark.parametrize(
    ("service", "operation", "key"),
    [
        ("cloudwatch", "describe_alarms", "MetricAlarms"),
        ("cloudwatch", "list_dashboards", "DashboardEntries"),
        ("codepipeline", "list_pipelines", "pipelines"),
        ("ec2", "describe_flow_logs", "FlowLogs"),
        ("ec2", "describe_vpc_endpoints", "VpcEndpoints"),
        ("cloudtrail", "describe_trails", "trailList"),
        ("guardduty", "list_detectors", "DetectorIds"),
        ("config", "describe_configuration_recorders", "ConfigurationRecorders"),
        ("backup", "list_backup_plans", "BackupPlansList"),
        ("elasticache", "describe_replication_groups", "ReplicationGroups"),
        ("elasticache", "describe_cache_clusters", "CacheClusters"),
        ("secretsmanager", "list_secrets", "SecretList"),
        ("acm", "list_certificates", "CertificateSummaryList"),
        ("sns", "list_topics", "Topics"),
    ],
)
def test_what_the_review_misses_is_missing(
    aws: Clients, stack: SimpleNamespace, service: str, operation: str, key: str
) -> None:
    assert getattr(getattr(aws, service), operation)().get(key, []) == []


def test_nothing_scales(aws: Clients, stack: SimpleNamespace) -> None:
    scaling = getattr(aws, "application-autoscaling")
    assert scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"] == []


def test_the_result_is_json_and_has_the_password_once(stack: SimpleNamespace) -> None:
    assert json.dumps(vars(stack)).count(stack.password) == 1
    assert len(stack.password) == 24


def test_each_password_is_another_one() -> None:
    assert len({new_password() for _unused in range(20)}) == 20


def test_a_second_load_is_refused(endpoint: str, stack: SimpleNamespace) -> None:
    with pytest.raises(as_reviewed.AlreadyLoaded, match="has mywebapp-prod-vpc"):
        as_reviewed.load(endpoint)


def test_plain_moto_takes_it_too() -> None:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    url = "http://{}:{}".format(*server.get_host_and_port())
    try:
        forget(url)
        as_reviewed.load(url)
        (cluster,) = Clients(url, as_reviewed.REGION).rds.describe_db_clusters()["DBClusters"]
        assert cluster["StorageEncrypted"] is False
    finally:
        forget(url)
        server.stop()


def forget(url: str) -> None:
    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    connection.request("POST", "/moto-api/reset")
    assert connection.getresponse().status == 200
    connection.close()
