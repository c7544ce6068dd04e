# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.secretsmanager.secret_policy import (
    document,
    prepared,
)

ACCOUNT = "111122223333"
READER = f"arn:aws:iam::{ACCOUNT}:role/app"
AWS = SimpleNamespace(region="us-east-1", account_id=ACCOUNT)


def test_nobody_of_another_account_and_without_readers_iam_decides():
    [foreign] = document(ACCOUNT, [])["Statement"]
    assert foreign["Effect"] == "Deny" and foreign["Action"] == "secretsmanager:*"
    assert foreign["Condition"]["StringNotEquals"] == {"aws:PrincipalAccount": ACCOUNT}


def test_only_the_named_read():
    _foreign, readers = document(ACCOUNT, [READER])["Statement"]
    assert readers["Effect"] == "Deny" and readers["Action"] == "secretsmanager:GetSecretValue"
    services = {"aws:PrincipalIsAWSService": "false"}
    assert readers["Condition"] == {"ArnNotLike": {"aws:PrincipalArn": [READER]}, "Bool": services}


def test_cloudformation_reads_where_it_makes_what_has_the_password():
    foreign, readers = document(ACCOUNT, [READER], cloudformation_reads=True)["Statement"]
    via = {"aws:CalledViaFirst": "cloudformation.amazonaws.com"}
    assert readers["Condition"]["StringNotEquals"] == via
    assert "aws:CalledViaFirst" not in str(foreign)


def test_a_policy_of_one_s_own_takes_the_place_and_none_stays_as_it_is():
    own = {"Version": "2012-10-17", "Statement": []}
    items = [{"name": "a", "policy": own, "reader_arns": [READER]}, {"name": "b", "cloudformation_reads": True}]
    assert prepared(AWS, items) == [{"name": "a", "policy": own}, {"name": "b"}]
    [made] = prepared(AWS, [{"name": "c", "reader_arns": [READER], "cloudformation_reads": True}])
    assert made == {"name": "c", "policy": document(ACCOUNT, [READER], cloudformation_reads=True)}


def test_a_replica_in_the_secret_s_own_region_is_refused():
    with pytest.raises(Refusal, match="us-east-1, the region of the secret itself"):
        prepared(AWS, [{"name": "a", "replica_regions": ["us-west-2", "us-east-1"]}])


def test_a_schedule_takes_the_place_of_days_that_the_items_share():
    [made] = prepared(AWS, [{"name": "a", "rotation_days": 30, "rotation_schedule": "rate(10 days)"}])
    assert made == {"name": "a", "rotation_schedule": "rate(10 days)"}
