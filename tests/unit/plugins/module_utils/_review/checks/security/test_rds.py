# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import rds
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.engine import review
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Parameters


def statuses(check, stack, today):
    return [one.status.value for one in review(stack, Parameters(), (), today, [check])]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"StorageEncrypted": False}, "FAIL"),
        ({"StorageEncrypted": True}, "PASS"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "none"}, "FAIL"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "sse-rds"}, "PASS"),
        ({"StorageEncrypted": True, "StorageEncryptionType": "sse-kms"}, "PASS"),
    ],
)
def test_storage_encrypted(snapshot, today, answer, status):
    stack = snapshot({"rds.db_clusters": [{"DBClusterArn": "arn:c", **answer}]})
    assert statuses(rds.aurora_storage_encrypted, stack, today) == [status]


@pytest.mark.parametrize(("public", "status"), [(True, "FAIL"), (False, "PASS")])
def test_not_public(snapshot, today, public, status):
    stack = snapshot({"rds.db_instances": [{"DBInstanceArn": "arn:i", "PubliclyAccessible": public}]})
    assert statuses(rds.aurora_not_public, stack, today) == [status]
