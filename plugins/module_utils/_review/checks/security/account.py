# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The account's root user."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ..common import fact, verdict

_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"


@check(
    id="root_mfa_enabled",
    pillar="security",
    best_practice="SEC01-BP02",
    severity="critical",
    resource_type="AwsAccount",
    title="The root user signs in with MFA",
    needs=("iam.account_summary",),
    recommendation="Sign in as root once and register two MFA devices; no API does that for you.",
    source=f"{_GUIDE}/enable-mfa-for-root.html",
)
def root_mfa_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AccountMFAEnabled is 1."""
    for summary in stack.items("iam.account_summary"):
        enabled = summary.get("AccountMFAEnabled")
        yield verdict(enabled == 1, _root(stack), fact("AccountMFAEnabled", enabled))


@check(
    id="root_access_key_absent",
    pillar="security",
    best_practice="SEC01-BP02",
    severity="critical",
    resource_type="AwsAccount",
    title="The root user has no access key",
    needs=("iam.account_summary",),
    recommendation="Sign in as root and delete its access keys; nothing needs them.",
    source=f"{_GUIDE}/root-user-best-practices.html",
)
def root_access_key_absent(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AccountAccessKeysPresent is 0."""
    for summary in stack.items("iam.account_summary"):
        present = summary.get("AccountAccessKeysPresent", 0)
        yield verdict(present == 0, _root(stack), fact("AccountAccessKeysPresent", present))


def _root(stack: Stack) -> str:
    return f"arn:{stack.partition}:iam::{stack.account_id}:root"
