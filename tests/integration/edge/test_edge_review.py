# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the review says of the stack after the role edge, and that a run that was killed comes to the same end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.registry import all_checks

from tests.described import described, differences
from tests.playbook_run import LocalStack

pytestmark = pytest.mark.long

PLAYBOOK, KEYS = "playbooks/roles/edge.yml", "playbooks/roles/secrets.yml"
# Checks of the role that do not pass then, each with its reason.
LEFT = {"data_lifecycle_enforced": "images in ECR end by the role ecs_service, which this account has not seen"}
# Calls that leave something half made.
CALLS = [
    "route53:CreateHostedZone",
    "acm:RequestCertificate",
    "s3:CreateBucket",
    "iam:CreateRole",
    "s3:PutBucketReplication",
    "logs:CreateLogGroup",
    "wafv2:CreateWebACL",
    "wafv2:PutLoggingConfiguration",
    "cloudfront:CreateCachePolicy",
    "cloudfront:CreateOriginAccessControl",
    "cloudfront:UpdateDistribution",
    "route53:ChangeResourceRecordSets",
    "logs:PutDeliverySource",
    "logs:CreateDelivery",
    "s3control:PutPublicAccessBlock",
]


@pytest.fixture(scope="module")
def before(reviewed_stack: LocalStack) -> Iterator[LocalStack]:
    """A copy of the account ahead of the role."""
    reviewed_stack.play(KEYS, "--tags", "secrets_keys").ok()
    with reviewed_stack.copy() as account:
        yield account


@pytest.fixture(scope="module")
def converged(reviewed_stack: LocalStack, before: LocalStack) -> LocalStack:
    reviewed_stack.play(PLAYBOOK).ok()
    return reviewed_stack


def test_what_the_role_answers_for_is_closed(converged: LocalStack, tmp_path: Path) -> None:
    converged.play("playbooks/review.yml", extra_vars={"wa_review_report_dir": str(tmp_path)})
    report = json.loads((tmp_path / "review.json").read_text(encoding="utf-8"))
    ours = {one.id for one in all_checks() if one.role == "edge"}
    found: dict[str, list[str]] = {}
    for finding in report["findings"]:
        # The bucket of Terraform's state is the role secrets'.
        theirs = "terraform-state" in finding["resource"]
        if finding["check_id"] in ours and not theirs and finding["status"] in ("FAIL", "UNKNOWN"):
            found.setdefault(finding["check_id"], []).append(f"{finding['status']} {finding['evidence']}")
    assert found.keys() == LEFT.keys(), found


def test_a_run_that_was_killed_again_and_again_comes_to_the_same_end(converged: LocalStack, before: LocalStack) -> None:
    killed = [call for call in CALLS if before.play_killed(PLAYBOOK, call)]
    assert killed == CALLS
    before.play(PLAYBOOK).ok()
    assert differences(described(converged), described(before)) == []
    assert before.play(PLAYBOOK).ok().recap["changed"] == 0
