# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What site.yml leaves in the account, where roles meet."""

from __future__ import annotations

from typing import Any

import botocore.session

PREFIX = "mywebapp-prod"


def client(service: str) -> Any:
    return botocore.session.Session().create_client(service, region_name="us-east-1")


def alias_target(name: str) -> str:
    aliases = client("kms").list_aliases()["Aliases"]
    return next(alias["TargetKeyId"] for alias in aliases if alias["AliasName"] == f"alias/{PREFIX}-{name}")


def test_the_database_lies_in_the_database_subnets_under_its_own_key() -> None:
    cluster = client("rds").describe_db_clusters(DBClusterIdentifier=f"{PREFIX}-aurora")["DBClusters"][0]
    assert cluster["KmsKeyId"].endswith(alias_target("aurora"))
    group = client("rds").describe_db_subnet_groups(DBSubnetGroupName=cluster["DBSubnetGroup"])["DBSubnetGroups"][0]
    ids = [subnet["SubnetIdentifier"] for subnet in group["Subnets"]]
    subnets = client("ec2").describe_subnets(SubnetIds=ids)["Subnets"]
    names = {tag["Value"] for subnet in subnets for tag in subnet["Tags"] if tag["Key"] == "Name"}
    assert names == {f"{PREFIX}-database-1", f"{PREFIX}-database-2"}


def test_flow_logs_go_to_an_encrypted_group() -> None:
    (flow_log,) = client("ec2").describe_flow_logs()["FlowLogs"]
    wanted = flow_log["LogGroupName"]
    groups = client("logs").describe_log_groups(logGroupNamePrefix=wanted)["logGroups"]
    (group,) = [one for one in groups if one["logGroupName"] == wanted]
    assert flow_log["TrafficType"] == "ALL" and group["kmsKeyId"].endswith(alias_target("logs"))


def test_the_database_admits_the_tasks_only() -> None:
    wanted = [{"Name": "group-name", "Values": [f"{PREFIX}-aurora-sg", f"{PREFIX}-ecs-sg"]}]
    groups = {
        group["GroupName"]: group for group in client("ec2").describe_security_groups(Filters=wanted)["SecurityGroups"]
    }
    database, tasks = groups[f"{PREFIX}-aurora-sg"], groups[f"{PREFIX}-ecs-sg"]
    admitted = [pair["GroupId"] for rule in database["IpPermissions"] for pair in rule["UserIdGroupPairs"]]
    assert admitted == [tasks["GroupId"]] and not database["IpPermissionsEgress"]


def test_the_domain_leads_to_the_tasks_by_https_all_the_way() -> None:
    zones = client("route53").list_hosted_zones()["HostedZones"]
    records = client("route53").list_resource_record_sets(HostedZoneId=zones[0]["Id"])["ResourceRecordSets"]
    (alias,) = [one["AliasTarget"]["DNSName"] for one in records if one["Type"] == "A"]
    (distribution,) = client("cloudfront").list_distributions()["DistributionList"]["Items"]
    assert alias.rstrip(".") == distribution["DomainName"] and distribution["Status"] == "Deployed"
    (balancer,) = client("elbv2").describe_load_balancers()["LoadBalancers"]
    (origin,) = [one for one in distribution["Origins"]["Items"] if one["DomainName"] == balancer["DNSName"]]
    assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    service = client("ecs").describe_services(cluster=f"{PREFIX}-cluster", services=[f"{PREFIX}-service"])["services"][
        0
    ]
    (listener,) = [
        one
        for one in client("elbv2").describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
        if one["Protocol"] == "HTTPS"
    ]
    rules = client("elbv2").describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
    (serving,) = [
        group["TargetGroupArn"]
        for rule in rules
        for action in rule["Actions"]
        for group in action.get("ForwardConfig", {}).get("TargetGroups", [])
        if group["Weight"]
    ]
    health = client("elbv2").describe_target_health(TargetGroupArn=serving)["TargetHealthDescriptions"]
    assert [one["TargetHealth"]["State"] for one in health] == ["healthy"] * service["runningCount"]
    assert service["runningCount"] == service["desiredCount"]


def test_everything_bears_the_cost_tags() -> None:
    cluster = client("rds").describe_db_clusters(DBClusterIdentifier=f"{PREFIX}-aurora")["DBClusters"][0]
    (vpc,) = client("ec2").describe_vpcs(Filters=[{"Name": "tag:Name", "Values": [f"{PREFIX}-vpc"]}])["Vpcs"]
    for tags in (cluster["TagList"], vpc["Tags"]):
        assert {"Project", "Environment", "Owner", "CostCenter"} <= {tag["Key"] for tag in tags}
