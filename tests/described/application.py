# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an account holds of caches, load balancers, services, certificates, names, distributions and web ACLs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from tests.described.asking import Item, Names, answer, pages

Found = dict[str, list[Item]]
# What a deployment leaves in a service, and in no other in the same way.
_OF_DEPLOYMENTS = ("currentServiceDeployment", "currentServiceRevisions", "deployments", "events", "id")


def caches(client: Any, names: Names) -> Found:
    """Names of ElastiCache are ids; each thing with its tags."""
    lists = {
        "describe_replication_groups": "ReplicationGroups",
        "describe_cache_clusters": "CacheClusters",
        "describe_cache_subnet_groups": "CacheSubnetGroups",
        "describe_cache_parameter_groups": "CacheParameterGroups",
        "describe_users": "Users",
        "describe_user_groups": "UserGroups",
    }
    found = {operation: list(pages(client, operation, key)) for operation, key in lists.items()}
    for item in itertools.chain(*found.values()):
        item["Tags"] = answer(lambda arn=item["ARN"]: client.list_tags_for_resource(ResourceName=arn)["TagList"])
    for group in found["describe_cache_parameter_groups"]:
        asked = {"CacheParameterGroupName": group["CacheParameterGroupName"], "Source": "user"}
        group["Parameters"] = list(pages(client, "describe_cache_parameters", "Parameters", **asked))
    return found


def repositories(client: Any, names: Names) -> Found:
    found = list(pages(client, "describe_repositories", "repositories"))
    for item in found:
        named = {"repositoryName": item["repositoryName"]}
        item["Lifecycle"] = answer(lambda named=named: client.get_lifecycle_policy(**named)["lifecyclePolicyText"])
        item["Tags"] = client.list_tags_for_resource(resourceArn=item["repositoryArn"])["tags"]
    return {"repositories": found}


def balancers(client: Any, names: Names) -> Found:
    """Load balancers with their listeners and rules, target groups with how many targets are healthy."""
    found = list(pages(client, "describe_load_balancers", "LoadBalancers"))
    groups = list(pages(client, "describe_target_groups", "TargetGroups"))
    for item in [*found, *groups]:
        kind = "LoadBalancer" if item in found else "TargetGroup"
        arn, name = item[f"{kind}Arn"], item[f"{kind}Name"]
        # Metrics know both by the end of their ARN.
        names |= {arn: f"<{name}>", arn.rpartition(":")[2].removeprefix("loadbalancer/"): f"<{name}>"}
        operation = "load_balancer" if kind == "LoadBalancer" else "target_group"
        ask = getattr(client, f"describe_{operation}_attributes")
        item["Attributes"] = ask(**{f"{kind}Arn": arn})["Attributes"]
        item["Tags"] = _balancer_tags(client, arn)
    for item in found:
        asked = {"LoadBalancerArn": item["LoadBalancerArn"]}
        item["Listeners"] = list(pages(client, "describe_listeners", "Listeners", **asked))
        for listener in item["Listeners"]:
            _add_rules(client, listener, f"{item['LoadBalancerName']}:{listener['Port']}", names)
    for group in groups:
        health = client.describe_target_health(TargetGroupArn=group["TargetGroupArn"])["TargetHealthDescriptions"]
        group["Healthy"] = sum(one["TargetHealth"]["State"] == "healthy" for one in health)
    return {"load_balancers": found, "target_groups": groups}


def _add_rules(client: Any, listener: Item, name: str, names: Names) -> None:
    names[listener["ListenerArn"]] = f"<{name}>"
    listener["Tags"] = _balancer_tags(client, listener["ListenerArn"])
    listener["Rules"] = list(pages(client, "describe_rules", "Rules", ListenerArn=listener["ListenerArn"]))
    for rule in listener["Rules"]:
        names[rule["RuleArn"]] = f"<{name}/{rule['Priority']}>"
        rule["Tags"] = _balancer_tags(client, rule["RuleArn"])


def _balancer_tags(client: Any, arn: str) -> Any:
    return client.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"]


def services(client: Any, names: Names) -> Found:
    """Clusters, services with how often they were deployed, and every revision of the task definitions."""
    arns = list(pages(client, "list_clusters", "clusterArns"))
    include = ["CONFIGURATIONS", "SETTINGS", "TAGS"]
    clusters = client.describe_clusters(clusters=arns, include=include)["clusters"] if arns else []
    found = [item for arn in arns for item in _of_cluster(client, arn)]
    revisions = [
        client.describe_task_definition(taskDefinition=arn, include=["TAGS"])
        for arn in pages(client, "list_task_definitions", "taskDefinitionArns")
    ]
    return {"clusters": clusters, "services": found, "task_definitions": revisions}


def _of_cluster(client: Any, cluster: str) -> Iterator[Item]:
    arns = list(pages(client, "list_services", "serviceArns", cluster=cluster))
    if not arns:
        return
    for item in client.describe_services(cluster=cluster, services=arns, include=["TAGS"])["services"]:
        asked = {"cluster": cluster, "service": item["serviceName"]}
        deployed = pages(client, "list_service_deployments", "serviceDeployments", **asked)
        rest = {key: value for key, value in item.items() if key not in _OF_DEPLOYMENTS}
        yield {**rest, "Deployments": [one["status"] for one in deployed]}


def certificates(client: Any, names: Names) -> Found:
    found = []
    for listed in pages(client, "list_certificates", "CertificateSummaryList"):
        asked = {"CertificateArn": listed["CertificateArn"]}
        names[listed["CertificateArn"]] = f"<{listed['DomainName']}>"
        tags = client.list_tags_for_certificate(**asked)["Tags"]
        found.append({**client.describe_certificate(**asked)["Certificate"], "Tags": tags})
    return {"certificates": found}


def alarms(client: Any, names: Names) -> Found:
    """Without those that belong to scaling policies."""
    found = [
        {**item, "Tags": client.list_tags_for_resource(ResourceARN=item["AlarmArn"])["Tags"]}
        for item in pages(client, "describe_alarms", "MetricAlarms")
        if not item["AlarmName"].startswith("TargetTracking-")
    ]
    return {"alarms": found}


def acls(client: Any, names: Names, scopes: tuple[str, ...]) -> Found:
    """Web ACLs with their logging, tags and load balancers, and sets of addresses."""
    found: Found = {"web_acls": [], "ip_sets": []}
    for scope in scopes:
        for key, kind, plural in (("WebACLs", "web_acl", "web_acls"), ("IPSets", "ip_set", "ip_sets")):
            for listed in getattr(client, f"list_{plural}")(Scope=scope)[key]:
                asked = {"Name": listed["Name"], "Scope": scope, "Id": listed["Id"]}
                names |= {listed["ARN"]: f"<{listed['Name']}>", listed["Id"]: f"<{listed['Name']}>"}
                item = getattr(client, f"get_{kind}")(**asked)[key[:-1]]
                item["Tags"] = client.list_tags_for_resource(ResourceARN=listed["ARN"])["TagInfoForResource"]["TagList"]
                found[plural].append({**item, **(_of_acl(client, listed["ARN"], scope) if kind == "web_acl" else {})})
    return found


def _of_acl(client: Any, arn: str, scope: str) -> Item:
    logging = answer(lambda: client.get_logging_configuration(ResourceArn=arn)["LoggingConfiguration"])
    asked = {"WebACLArn": arn, "ResourceType": "APPLICATION_LOAD_BALANCER"}
    regional = scope == "REGIONAL"
    return {
        "Logging": logging,
        "Before": client.list_resources_for_web_acl(**asked)["ResourceArns"] if regional else [],
    }


def deliveries(client: Any, names: Names) -> Found:
    return {
        "sources": list(pages(client, "describe_delivery_sources", "deliverySources")),
        "destinations": list(pages(client, "describe_delivery_destinations", "deliveryDestinations")),
        "deliveries": [
            {key: value for key, value in item.items() if key != "id"}
            for item in pages(client, "describe_deliveries", "deliveries")
        ],
    }


def zones(client: Any, names: Names) -> Found:
    """Hosted zones with their records and tags."""
    found = list(pages(client, "list_hosted_zones", "HostedZones"))
    for item in found:
        number = item["Id"].rpartition("/")[2]
        names[number] = f"<{item['Name']}>"
        item["Records"] = list(pages(client, "list_resource_record_sets", "ResourceRecordSets", HostedZoneId=number))
        asked = {"ResourceType": "hostedzone", "ResourceId": number}
        item["Tags"] = client.list_tags_for_resource(**asked)["ResourceTagSet"]["Tags"]
    return {"hosted_zones": found}


def distributions(client: Any, names: Names) -> Found:
    """Distributions with the whole of their documents, and what these name."""
    found: Found = {"distributions": []}
    for listed in pages(client, "list_distributions", "DistributionList.Items"):
        called = f"<{listed['Comment']}>"
        names |= {listed["Id"]: called, listed["DomainName"]: called}
        config = client.get_distribution_config(Id=listed["Id"])["DistributionConfig"]
        tags = client.list_tags_for_resource(Resource=listed["ARN"])["Tags"]["Items"]
        metrics = answer(lambda number=listed["Id"]: _metrics(client, number))
        found["distributions"].append({**config, "Tags": tags, "Metrics": metrics})
    for sort in ("cache", "origin_request", "response_headers"):
        member = f"{sort.title().replace('_', '')}Policy"
        listed = getattr(client, f"list_{sort}_policies")(Type="custom")[f"{member}List"].get("Items", [])
        names |= {one[member]["Id"]: f"<{one[member][f'{member}Config']['Name']}>" for one in listed}
        found[f"{sort}_policies"] = [one[member][f"{member}Config"] for one in listed]
    for operation, key in (
        ("list_origin_access_controls", "OriginAccessControlList.Items"),
        ("list_vpc_origins", "VpcOriginList.Items"),
    ):
        found[operation] = list(pages(client, operation, key))
        names |= {one["Id"]: f"<{one['Name']}>" for one in found[operation]}
    return found


def _metrics(client: Any, number: str) -> Any:
    return client.get_monitoring_subscription(DistributionId=number)["MonitoringSubscription"]


def application(boto: Callable[[str], Any], names: Names, home: bool) -> Found:
    """All of it that a region has; home: with what an account has once."""
    found = {
        **caches(boto("elasticache"), names),
        **repositories(boto("ecr"), names),
        **balancers(boto("elbv2"), names),
        **services(boto("ecs"), names),
        **certificates(boto("acm"), names),
        **alarms(boto("cloudwatch"), names),
        **acls(boto("wafv2"), names, ("CLOUDFRONT", "REGIONAL") if home else ("REGIONAL",)),
        **deliveries(boto("logs"), names),
    }
    return {**found, **zones(boto("route53"), names), **distributions(boto("cloudfront"), names)} if home else found
