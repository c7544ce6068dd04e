# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import kms

DENIED = {"service": "kms", "code": "AccessDenied", "message": "no"}
PUBLIC = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}]}
HELD = {"Statement": [{**PUBLIC["Statement"][0], "Condition": {"StringEquals": {"kms:CallerAccount": "111122223333"}}}]}
OWN = {"Statement": [{**PUBLIC["Statement"][0], "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}]}


@pytest.mark.parametrize(
    ("check", "key", "status"),
    [
        (kms.kms_rotation_enabled, {"Rotation": {"KeyRotationEnabled": True}}, "PASS"),
        (kms.kms_rotation_enabled, {"Rotation": {"KeyRotationEnabled": False}}, "FAIL"),
        (kms.kms_rotation_enabled, {"KeySpec": "RSA_2048"}, "NOT_APPLICABLE"),
        (kms.kms_rotation_enabled, {"Origin": "EXTERNAL"}, "NOT_APPLICABLE"),
        (kms.kms_rotation_enabled, {"KeyState": "PendingDeletion"}, "NOT_APPLICABLE"),
        (kms.kms_rotation_enabled, {"Rotation": None, "Errors": {"get_key_rotation_status": DENIED}}, "UNKNOWN"),
        (kms.kms_not_pending_deletion, {}, "PASS"),
        (kms.kms_not_pending_deletion, {"KeyState": "PendingDeletion", "DeletionDate": "2026-03-01"}, "FAIL"),
        (kms.kms_key_not_public, {"Policy": OWN}, "PASS"),
        (kms.kms_key_not_public, {"Policy": HELD}, "PASS"),
        (kms.kms_key_not_public, {"Policy": PUBLIC}, "FAIL"),
        (kms.kms_key_not_public, {"Policy": None, "Errors": {"get_key_policy": DENIED}}, "UNKNOWN"),
        (kms.kms_key_not_public, {"KeyState": "PendingDeletion"}, "NOT_APPLICABLE"),
    ],
)
def test_keys(judge, check, key, status):
    assert judge(check, {"kms.keys": [{"Arn": "arn:k", "KeyState": "Enabled", **key}]}) == [status]
