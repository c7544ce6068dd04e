# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Review, harden, review again, on the stack of the review document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.registry import all_checks

from local_aws.server import Server
from tests.integration.ecs_service.traffic import watched
from tests.playbook_run import LocalStack, PlaybookResult

# What network, secrets, cache and aurora close on an adopted stack. The password in the Terraform state and the storage
# of the existing cluster stay, which only people and a migration can change.
CLOSED = (
    "vpc_flow_logs_enabled",
    "vpc_endpoints_private_services",
    "vpc_gateway_endpoint_s3",
    "parameter_store_used",
    "aurora_master_secret_managed",
    "aurora_backup_retention",
    "aurora_deletion_protection",
    "aurora_copy_tags_to_snapshot",
    "aurora_performance_insights",
    "elasticache_present",
)
# What is worse after the hardening of these roles, and why that is right.
WORSE = {
    "secret_rotation_enabled",  # a new secret without a Lambda function to rotate it: a trade-off that is said
    "fargate_spot_used",  # as a provider of capacity Spot could be used; whether it is, is a choice
    "alarms_have_actions",  # the alarms of deployments act by rolling them back
    "aurora_not_burstable_in_prod",  # the local inventory takes the smaller class, as the document asks
}
# Of the application's roles what is left whatever the stack was before, and why.
LEFT = {
    "cicd_pipeline_present": "somebody completes the connection to the repository before there is a pipeline",
    "alb_health_check_sound": "where the application says that it works is its own: ecs_service_health_path",
    "fargate_spot_used": "whether tasks may be interrupted is a choice: ecs_service_spot_percent",
    "xray_tracing_enabled": "the agent's image must be where tasks reach it: ecs_service_tracing",
}
# And what is left of what was there before.
LEFT_AS_FOUND = {
    "s3_access_logging": "the bucket of the Terraform state is the team's",
    "s3_cross_region_replication": "the bucket of the Terraform state is the team's",
    "s3_in_backup_or_replicated": "the bucket of the Terraform state is the team's",
    "s3_lifecycle": "the inventory keeps old versions of the Terraform state for a year",
    "ecs_task_utilization": "the metrics are those of the tasks as they were",
}
APPLICATION = ("ecs_service", "edge", "cache", "delivery")
STAYING = ("aurora_storage_encrypted", "tfstate_bucket_secured")


def review(stack: LocalStack, directory: Path, **extra_vars: Any) -> tuple[PlaybookResult, dict[str, Any]]:
    """(the run, its JSON report)."""
    values = {"wa_review_report_dir": str(directory), **extra_vars}
    result = stack.play("playbooks/review.yml", extra_vars=values)
    return result, json.loads((directory / "review.json").read_text(encoding="utf-8"))


def statuses(report: Mapping[str, Any]) -> dict[str, set[str]]:
    """The statuses of each check."""
    found: dict[str, set[str]] = {}
    for finding in report["findings"]:
        found.setdefault(finding["check_id"], set()).add(finding["status"])
    return found


def identities(stack: LocalStack) -> set[str]:
    """ARNs and ids of what serves or holds data."""
    elb, ecs = stack.boto("elbv2"), stack.boto("ecs")
    clusters = ecs.list_clusters()["clusterArns"]
    return {
        *(one["LoadBalancerArn"] for one in elb.describe_load_balancers()["LoadBalancers"]),
        *(one["TargetGroupArn"] for one in elb.describe_target_groups()["TargetGroups"]),
        *clusters,
        *(arn for cluster in clusters for arn in ecs.list_services(cluster=cluster)["serviceArns"]),
        *(one["Name"] for one in stack.boto("s3").list_buckets()["Buckets"]),
        *(one["ARN"] for one in stack.boto("cloudfront").list_distributions()["DistributionList"]["Items"]),
        *(one["Id"] for one in stack.boto("route53").list_hosted_zones()["HostedZones"]),
        *(one["DbClusterResourceId"] for one in stack.boto("rds").describe_db_clusters()["DBClusters"]),
        *(one["DbiResourceId"] for one in stack.boto("rds").describe_db_instances()["DBInstances"]),
        *(one["ARN"] for one in stack.boto("elasticache").describe_cache_clusters()["CacheClusters"]),
    }


@pytest.fixture(scope="module")
def reports(
    server: Server, reviewed_stack: LocalStack, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, set[str]]]:
    before, first = review(reviewed_stack, tmp_path_factory.mktemp("before"))
    assert before.rc == 2, before.stdout
    found = identities(reviewed_stack)
    with watched(server) as traffic:
        reviewed_stack.play("site.yml").ok()
    assert traffic.seen and (traffic.short_of(4), traffic.turned_away) == ([], [])
    assert len(found) >= 10 and found <= identities(reviewed_stack), "what serves or holds data stays"
    assert reviewed_stack.play("site.yml").ok().recap["changed"] == 0
    _unused, second = review(reviewed_stack, tmp_path_factory.mktemp("after"))
    return [statuses(first), statuses(second)]


@pytest.mark.parametrize("check", CLOSED)
def test_what_the_roles_answer_for_is_closed(reports: list[dict[str, set[str]]], check: str) -> None:
    before, after = reports
    assert "FAIL" in before[check] and after[check] == {"PASS"}


def test_every_check_of_the_cache_passes(reports: list[dict[str, set[str]]]) -> None:
    _before, after = reports
    found = {check: said for check, said in after.items() if check.startswith("elasticache_")}
    assert len(found) == 8 and set.union(*found.values()) == {"PASS"}


def left_of_the_application(report: Mapping[str, set[str]]) -> set[str]:
    """The checks of the application's roles that are neither passed nor without an object."""
    own = {one.id for one in all_checks() if one.role in APPLICATION}
    return {check for check in own if report.get(check, set()) & {"FAIL", "UNKNOWN"}}


def test_of_the_application_is_left_what_has_a_reason(reports: list[dict[str, set[str]]]) -> None:
    _before, after = reports
    assert left_of_the_application(after) == LEFT.keys() | LEFT_AS_FOUND.keys()


@pytest.mark.parametrize("check", STAYING)
def test_what_only_people_or_a_migration_can_change_stays_flagged(
    reports: list[dict[str, set[str]]], check: str
) -> None:
    assert all("FAIL" in report[check] for report in reports)


def test_no_check_is_worse_for_the_hardening(reports: list[dict[str, set[str]]]) -> None:
    before, after = reports
    worse = {check for check in after if "FAIL" in after[check] and "FAIL" not in before.get(check, set())}
    assert worse <= WORSE


def test_a_denied_api_is_unknown_with_its_error_and_has_an_exit_of_its_own(
    reviewed_stack: LocalStack, reports: object, tmp_path: Path
) -> None:
    reviewed_stack.control.faults({"kind": "denied", "action": "rds:Describe*"})
    try:
        result, report = review(reviewed_stack, tmp_path, wa_review_fail_on="none")
    finally:
        reviewed_stack.control.clear_faults()
    assert result.rc == 4, result.stdout
    unknown = [finding for finding in report["findings"] if finding["status"] == "UNKNOWN"]
    assert {finding["check_id"] for finding in unknown} >= {"aurora_storage_encrypted", "aurora_not_public"}
    assert all("AccessDenied" in finding["error"]["code"] for finding in unknown)


def test_no_secret_stands_in_a_report(reviewed_stack: LocalStack, reports: object, tmp_path: Path) -> None:
    result, _unused = review(reviewed_stack, tmp_path, wa_review_return_findings=True)
    held = [secret for secret in reviewed_stack.control.secrets() if len(secret) > 7]
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert held and [secret for secret in held if secret in written + result.stdout] == []
