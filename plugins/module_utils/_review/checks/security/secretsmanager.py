# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Secrets Manager: rotation, and who may read the secrets."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, value
from ..common import fact, verdict
from ..policies import public_statements, titles

_GUIDE = "https://docs.aws.amazon.com/secretsmanager/latest/userguide"


@check(
    id="secret_rotation_enabled",
    pillar="security",
    best_practice="SEC02-BP05",
    severity="high",
    resource_type="AwsSecretsManagerSecret",
    title="Secrets rotate",
    needs=("secretsmanager.secrets",),
    role="secrets",
    item="SEC-2",
    recommendation="Name a rotation function in secrets_rotation_lambda_arn. RDS rotates the master secret that it"
    " manages itself; running tasks keep the old value of any other until they are deployed anew.",
    source=f"{_GUIDE}/rotating-secrets.html",
)
def secret_rotation_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """RotationEnabled, at least every secret_rotation_days."""
    for secret in stack.items("secretsmanager.secrets"):
        if not secret.get("RotationEnabled"):
            yield failed(secret["ARN"], fact("RotationEnabled", False))
            continue
        days = (secret.get("RotationRules") or {}).get("AutomaticallyAfterDays")
        good = days is None or int(days) <= parameters.secret_rotation_days
        yield verdict(good, secret["ARN"], f"RotationEnabled is true, {fact('AutomaticallyAfterDays', days)}")


@check(
    id="secret_policy_not_public",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="high",
    resource_type="AwsSecretsManagerSecret",
    title="No secret is for everybody to read",
    needs=("secretsmanager.secrets",),
    role="secrets",
    recommendation="Name the readers in secrets_reader_arns; the secrets role writes the policy of its secrets.",
    source=f"{_GUIDE}/auth-and-access_resource-policies.html",
)
def secret_policy_not_public(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No statement of the resource policy lets everybody in."""

    def judge(secret: Item) -> Result:
        opened = public_statements(value(secret, "ResourcePolicy", "get_resource_policy"))
        return verdict(
            not opened, secret["ARN"], f"ResourcePolicy statements for everybody: {titles(opened) or 'none'}"
        )

    yield from each(stack.items("secretsmanager.secrets"), "ARN", judge)
