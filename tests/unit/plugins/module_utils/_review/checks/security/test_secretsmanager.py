# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import secretsmanager

DENIED = {"service": "secretsmanager", "code": "AccessDenied", "message": "no"}
PUBLIC = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue"}]}


@pytest.mark.parametrize(
    ("check", "secret", "status"),
    [
        (secretsmanager.secret_rotation_enabled, {"RotationEnabled": True}, "PASS"),
        (
            secretsmanager.secret_rotation_enabled,
            {"RotationEnabled": True, "RotationRules": {"AutomaticallyAfterDays": 7}},
            "PASS",
        ),
        (
            secretsmanager.secret_rotation_enabled,
            {"RotationEnabled": True, "RotationRules": {"AutomaticallyAfterDays": 365}},
            "FAIL",
        ),
        (secretsmanager.secret_rotation_enabled, {"RotationEnabled": False}, "FAIL"),
        (secretsmanager.secret_rotation_enabled, {}, "FAIL"),
        (secretsmanager.secret_policy_not_public, {"ResourcePolicy": None}, "PASS"),
        (secretsmanager.secret_policy_not_public, {"ResourcePolicy": PUBLIC}, "FAIL"),
        (
            secretsmanager.secret_policy_not_public,
            {"ResourcePolicy": None, "Errors": {"get_resource_policy": DENIED}},
            "UNKNOWN",
        ),
    ],
)
def test_secrets(judge, check, secret, status):
    assert judge(check, {"secretsmanager.secrets": [{"ARN": "arn:s", "Name": "s", **secret}]}) == [status]
