# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.policies import same_policy


def policy(principal, action="kms:*"):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": action, "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-eusc"])
def test_an_account_and_its_root_are_one_principal(partition):
    root = f"arn:{partition}:iam::111122223333:root"
    assert same_policy(policy(root), policy("111122223333"))
    assert same_policy(policy([root]), policy("111122223333"))
    assert not same_policy(policy(root), policy("444455556666"))
    assert not same_policy(policy(f"arn:{partition}:iam::111122223333:role/root"), policy("111122223333"))


def test_documents_are_left_as_they_are():
    document = policy("arn:aws-cn:iam::111122223333:root")
    same_policy(document, document)
    assert document == policy("arn:aws-cn:iam::111122223333:root")
