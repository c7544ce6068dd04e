# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds import common
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.common import passing, same_window
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.event_subscription import (
    EVENT_SUBSCRIPTION,
    no_access_yet,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.global_cluster import GLOBAL_CLUSTER

SUBSCRIPTION = {
    "CustSubscriptionId": "s",
    "EventSubscriptionArn": "arn:s",
    "SnsTopicArn": "arn:t",
    "SourceType": "db-cluster",
    "SourceIdsList": ["a", "b"],
    "EventCategoriesList": ["failure", "failover"],
    "Enabled": True,
    "Status": "active",
    "Tags": {},
}
WISH = {
    "name": "s",
    "topic": "arn:t",
    "source_type": "db-cluster",
    "sources": ["b", "a"],
    "categories": ["failover", "failure"],
    "enabled": True,
}


class Aws:
    def __init__(self):
        self.calls = []

    def call(self, service, operation, **sent):
        self.calls.append((operation, sent))

    call_once = call


def found(monkeypatch, **changes):
    monkeypatch.setattr(common.rds, "event_subscriptions", lambda aws, names: [{**SUBSCRIPTION, **changes}])
    return EVENT_SUBSCRIPTION.read(Aws(), [WISH])["s"]


def test_the_order_of_sources_and_categories_is_nothing(monkeypatch):
    assert not plan(EVENT_SUBSCRIPTION, found(monkeypatch), WISH).needed


def test_sources_are_added_before_others_are_removed(monkeypatch):
    aws, state = Aws(), found(monkeypatch, SourceIdsList=["b", "c"])
    EVENT_SUBSCRIPTION.update(aws, state, WISH, plan(EVENT_SUBSCRIPTION, state, WISH).fields)
    assert aws.calls == [
        ("add_source_identifier_to_subscription", {"SubscriptionName": "s", "SourceIdentifier": "a"}),
        ("remove_source_identifier_from_subscription", {"SubscriptionName": "s", "SourceIdentifier": "c"}),
    ]


def test_the_rest_is_one_call(monkeypatch):
    aws, state = Aws(), found(monkeypatch, Enabled=False, SnsTopicArn="arn:u")
    EVENT_SUBSCRIPTION.update(aws, state, WISH, plan(EVENT_SUBSCRIPTION, state, WISH).fields)
    [(operation, sent)] = aws.calls
    assert operation == "modify_event_subscription" and sent["Enabled"] and sent["SnsTopicArn"] == "arn:t"


def test_who_writes_in_a_global_database_is_not_the_roles(monkeypatch):
    members = [{"DBClusterArn": "arn:elsewhere", "IsWriter": True}, {"DBClusterArn": "arn:here", "IsWriter": False}]
    answer = {
        "GlobalClusterIdentifier": "g",
        "GlobalClusterArn": "arn:g",
        "Status": "available",
        "DeletionProtection": True,
        "GlobalClusterMembers": members,
        "Tags": {},
    }
    monkeypatch.setattr(common.rds, "global_clusters", lambda aws, names: [answer])
    wish = {"name": "g", "source": "arn:here", "deletion_protection": True}
    state = GLOBAL_CLUSTER.read(Aws(), [wish])["g"]
    assert state["writer"] == "arn:elsewhere" and not plan(GLOBAL_CLUSTER, state, wish).needed


def error(code, message=""):
    return AwsError("rds", "create", code, message)


@pytest.mark.parametrize(
    ("raised", "passes"),
    [
        (error("InvalidDBClusterStateFault"), True),
        (error("InvalidParameterValue", "IAM role ARN value is invalid"), True),
        (error("InvalidParameterValue", "Invalid DB class"), False),
    ],
)
def test_what_passes_by_itself(raised, passes):
    assert passing(raised) is passes
    assert no_access_yet(error("SNSNoAuthorization"))


def test_windows_are_the_same_in_any_case():
    assert same_window("sun:05:00-sun:06:00", "Sun:05:00-Sun:06:00") and not same_window(None, "sun:05:00-sun:06:00")
