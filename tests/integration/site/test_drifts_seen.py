# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody has changed by hand of the application is seen by the review, too, where a check covers it.

That each role sees and repairs all of its drifts is tried with the role.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.integration.site.test_review import review
from tests.playbook_run import LocalStack

# The check that fails for a drift, by role and the drift's name.
SEEN: dict[str, dict[str, str]] = {
    "edge": {
        "access logs are kept for ever": "s3_lifecycle",
        "the logs' bucket of the other region is open": "s3_bucket_public_access_block",
        "replicas are reached without TLS": "s3_tls_only",
        "replicas do not log": "s3_access_logging",
        "static files stay in the dear class": "s3_lifecycle",
        "the static bucket has ACLs": "s3_acl_disabled",
        "the static bucket does not log": "s3_access_logging",
        "nothing is replicated": "s3_cross_region_replication",
        "replication is switched off": "s3_cross_region_replication",
        "the static bucket has lost its tags": "required_tags_present",
        "the static bucket is open": "s3_bucket_public_access_block",
        "WAF's logs are kept for a day": "log_retention_minimum",
        "a rule group only counts": "waf_core_rule_set",
        "SQL injection is not looked for": "waf_sqli_rule_set",
        "clients may ask more often": "waf_rate_limit",
        "WAF does not log": "waf_logging_enabled",
        "the regional logs are kept for a day": "log_retention_minimum",
        "the load balancer has no web ACL": "waf_attached_alb",
        "the regional web ACL has no core rules": "waf_core_rule_set",
        "no web ACL stands before CloudFront": "waf_attached_cloudfront",
        "viewers may use HTTP": "cloudfront_viewer_https",
        "nothing is compressed": "cloudfront_compression",
        "the bucket is asked without a signature": "cloudfront_origin_access_control",
        "access logs are not delivered": "cloudfront_access_logging",
        "CloudFront's own certificate serves": "cloudfront_custom_certificate",
        "the account admits public buckets": "s3_account_public_access_block",
    },
    "ecs_service": {
        "images are not scanned": "ecr_scan_on_push",
        "tags can be moved": "ecr_tag_immutable",
        "logs are kept for ever": "data_lifecycle_enforced",
        "Container Insights is off": "ecs_container_insights",
        "the cluster lost a tag": "required_tags_present",
        "the execution role may do everything": "ecs_role_least_privilege",
        "the application may do everything": "ecs_role_least_privilege",
        "the bucket of the logs is open": "s3_bucket_public_access_block",
        "the load balancer may be deleted": "alb_deletion_protection",
        "invalid headers pass": "alb_drop_invalid_headers",
        "access is not logged": "alb_access_logging",
        "an old TLS policy": "alb_tls_policy",
        "no alarm": "alarm_alb_5xx",
        "the root file system can be written to": "ecs_readonly_rootfs",
        "a password in plain text": "ecs_no_plaintext_secrets",
        "another architecture": "fargate_arm64",
        "rolling deployments": "ecs_safe_deployment",
        "alarms roll nothing back": "ecs_deployment_rollback",
        "tasks are not tagged": "ecs_propagate_tags",
        "an old platform": "ecs_platform_version_latest",
        "the service lost a tag": "required_tags_present",
        "memory is not looked at": "alarm_ecs_memory",
        "nothing scales": "ecs_autoscaling_target",
    },
    "cache": {
        "no snapshots": "elasticache_backup",
        "no failover": "elasticache_auto_failover",
        "a single node": "elasticache_auto_failover",
        "no minor upgrades": "elasticache_auto_minor_upgrade",
        "clients without TLS": "elasticache_encryption_in_transit",
        "no users": "elasticache_auth",
        "a log kept for a day": "log_retention_minimum",
    },
    "delivery": {
        "artifacts without TLS": "s3_tls_only",
        "a bucket that may be opened": "s3_bucket_public_access_block",
        "artifacts that are kept for ever": "s3_lifecycle",
        "access logs that may be read by everybody": "s3_bucket_public_access_block",
        "logs kept for a day": "log_retention_minimum",
    },
}
# What else fails then: a revision that is registered by hand has no tags.
BESIDES = {"Task definition": "required_tags_present"}


def drifts(role: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The drifts of a role by their names, and the names of its things."""
    module = import_module(f"tests.integration.{role}.drifts")
    return {drift.name: drift for drift in module.DRIFTS}, module.NAMES


def rounds() -> list[list[tuple[str, str]]]:
    """(role, drift) in as few rounds as it takes for each to be alone in its task and with its check."""
    found: list[list[tuple[str, str]]] = []
    taken: list[set[str]] = []
    for role, seen in SEEN.items():
        known, _names = drifts(role)
        for name, check in seen.items():
            task = known[name].task
            marks = {f"{role}: {task}", check, BESIDES.get(task, check)}
            free = next((number for number, marked in enumerate(taken) if not marks & marked), None)
            if free is None:
                found.append([])
                taken.append(set())
                free = -1
            found[free].append((role, name))
            taken[free] |= marks
    return found


def failed(account: LocalStack, directory: Path) -> set[tuple[str, str]]:
    """(check, resource) of what fails."""
    _result, report = review(account, directory)
    return {(one["check_id"], one["resource"]) for one in report["findings"] if one["status"] == "FAIL"}


@pytest.fixture(scope="module")
def converged(stack: LocalStack) -> LocalStack:
    """With a pipeline, as somebody has completed its connection."""
    stack.control.settings(handshakes=True)
    stack.play("site.yml").ok()
    stack.play("playbooks/roles/delivery.yml").ok()
    return stack


@pytest.fixture(scope="module")
def before(converged: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    return failed(converged, tmp_path_factory.mktemp("before"))


@pytest.mark.parametrize("together", rounds(), ids=lambda found: "; ".join(name for _role, name in found))
def test_the_review_sees_it(
    converged: LocalStack, before: set[tuple[str, str]], together: list[tuple[str, str]], tmp_path: Path
) -> None:
    with converged.copy() as account:
        for role, name in together:
            known, names = drifts(role)
            known[name].put_in(account.boto, names)
        said = {check for check, _resource in failed(account, tmp_path) - before}
    assert [name for role, name in together if SEEN[role][name] not in said] == []
