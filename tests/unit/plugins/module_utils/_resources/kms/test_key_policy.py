# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.kms.key_policy import (
    document,
    with_policies,
)

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/security"
AWS = SimpleNamespace(partition="aws", region="eu-west-1", account_id=ACCOUNT)


def statements(partition="aws", region="eu-west-1", **item):
    return {one["Sid"]: one for one in document(partition, region, ACCOUNT, {"name": "app", **item})["Statement"]}


def test_a_key_that_admits_nobody_leaves_it_to_iam():
    made = statements(admits=[])
    assert list(made) == ["IamPoliciesOfThisAccountDecide"]
    assert made["IamPoliciesOfThisAccountDecide"]["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    assert made["IamPoliciesOfThisAccountDecide"]["Action"] == "kms:*"


def test_eventbridge_has_a_statement_of_its_own_without_condition():
    made = statements(admits=["notifications"])
    free = made["EventBridgeThatSaysNoSource"]
    assert free["Principal"] == {"Service": ["events.amazonaws.com"]} and "Condition" not in free
    assert free["Action"] == ["kms:GenerateDataKey*", "kms:Decrypt"]
    held = made["ServicesThatPublishForThisAccount"]
    assert held["Principal"] == {"Service": ["events.rds.amazonaws.com", "cloudwatch.amazonaws.com"]}
    assert held["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


@pytest.mark.parametrize(
    ("services", "sid"),
    [
        (["events.amazonaws.com"], "EventBridgeThatSaysNoSource"),
        (["budgets.amazonaws.com"], "ServicesThatPublishForThisAccount"),
    ],
)
def test_no_statement_is_made_for_nobody(services, sid):
    made = statements(admits=["notifications"], notification_services=services)
    assert set(made) == {"IamPoliciesOfThisAccountDecide", sid}


@pytest.mark.parametrize(
    ("partition", "region", "principal"),
    [
        ("aws", "eu-west-1", "logs.eu-west-1.amazonaws.com"),
        ("aws-cn", "cn-north-1", "logs.cn-north-1.amazonaws.com.cn"),
        ("aws-us-gov", "us-gov-west-1", "logs.us-gov-west-1.amazonaws.com"),
    ],
)
def test_logs_are_admitted_for_log_groups_of_the_account(partition, region, principal):
    made = statements(partition, region, admits=["logs"])["LogGroupsOfThisAccount"]
    assert made["Principal"] == {"Service": principal}
    groups = f"arn:{partition}:logs:{region}:{ACCOUNT}:log-group:*"
    assert made["Condition"] == {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}}


def test_administrators_and_users_are_what_the_console_makes_of_them():
    made = statements(administrators=[ROLE], users=[ROLE])
    administer = made["NamedKeyAdministrators"]["Action"]
    assert "kms:ScheduleKeyDeletion" in administer and "kms:Decrypt" not in administer
    assert "kms:Decrypt" in made["NamedKeyUsers"]["Action"]
    grants = made["GrantsOfKeyUsersForServices"]
    assert grants["Condition"] == {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    assert {str(one["Principal"]) for sid, one in made.items() if "Key" in sid} == {str({"AWS": [ROLE]})}


def test_a_deletion_is_not_scheduled_sooner():
    made = statements(deletion_window_in_days=30)["NoDeletionSooner"]
    assert made["Effect"] == "Deny" and made["Action"] == "kms:ScheduleKeyDeletion"
    assert made["Condition"] == {"NumericLessThan": {"kms:ScheduleKeyDeletionPendingWindowInDays": "30"}}
    with pytest.raises(Refusal, match="7 to 30"):
        with_policies(AWS, [{"name": "app", "deletion_window_in_days": 5}])


def test_statements_of_the_user_are_added():
    mine = {"Sid": "Mine", "Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}
    assert statements(policy_statements=[mine])["Mine"] == mine


def test_a_policy_of_one_s_own_takes_the_place_and_none_leaves_the_key_s():
    own = {"Version": "2012-10-17", "Statement": []}
    items = [{"name": "a", "policy": own, "admits": ["logs"], "users": None}, {"name": "b", "admits": None}]
    assert with_policies(AWS, items) == [{"name": "a", "policy": own}, {"name": "b"}]
    [made] = with_policies(AWS, [{"name": "c", "rotation": True, "admits": []}])
    assert set(made) == {"name", "rotation", "policy"}
