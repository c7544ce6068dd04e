# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds import common
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.common import (
    SENT,
    Sent,
    busy,
    eventual,
    explained,
    note_sent,
    same_window,
    shown_status,
)
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
    taken = list(EVENT_SUBSCRIPTION.update(aws, state, WISH, plan(EVENT_SUBSCRIPTION, state, WISH).fields))
    assert taken == [set(), set(), {"sources"}], "each one makes the subscription busy"
    assert aws.calls == [
        ("add_source_identifier_to_subscription", {"SubscriptionName": "s", "SourceIdentifier": "a"}),
        ("remove_source_identifier_from_subscription", {"SubscriptionName": "s", "SourceIdentifier": "c"}),
    ]


def test_a_topic_that_rds_may_not_publish_to_says_why(monkeypatch):
    state = found(monkeypatch, Status="no-permission")
    assert state["status"] in EVENT_SUBSCRIPTION.wait.failed and "policy of its key" in state["status_reason"]


def test_the_rest_is_one_call(monkeypatch):
    aws, state = Aws(), found(monkeypatch, Enabled=False, SnsTopicArn="arn:u")
    taken = list(EVENT_SUBSCRIPTION.update(aws, state, WISH, plan(EVENT_SUBSCRIPTION, state, WISH).fields))
    assert taken == [{"enabled", "topic"}]
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


CLUSTER_FAULT = "InvalidDBClusterStateFault"
INSTANCE_FAULT = "InvalidDBInstanceState"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (CLUSTER_FAULT, "DB cluster is not available for modification with status modifying"),
        (CLUSTER_FAULT, "DB cluster is not available for modification with status backing-up"),
        (CLUSTER_FAULT, "DbCluster c is in upgrading state but expected it to be one of available."),
        (INSTANCE_FAULT, "Database instance is not in available state."),
        (INSTANCE_FAULT, "Instance cannot currently reboot due to an in-progress management operation."),
        ("InvalidDBInstanceStateFault", "Database instance is not in available state."),
        ("InvalidGlobalClusterStateFault", "Global cluster g is in modifying state"),
    ],
)
def test_what_is_busy_is_waited_for(code, words):
    assert busy(error(code, words)) and not eventual(error(code, words))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (CLUSTER_FAULT, "Source cluster doesn't have binlogs enabled"),
        (CLUSTER_FAULT, "Cannot modify engine version without a healthy primary instance in DB cluster: c"),
        (CLUSTER_FAULT, "You can't modify your cluster because there is a pending orderable config change"),
        (CLUSTER_FAULT, "DB cluster is not available for modification with status stopped"),
        (CLUSTER_FAULT, "DbCluster c is in inaccessible-encryption-credentials state"),
        (CLUSTER_FAULT, "ManageMasterUserPassword isn't supported with cross-Region replicas."),
        ("InvalidParameterValue", "Invalid DB class"),
        ("StorageTypeNotAvailableFault", "Storage type is not available"),
    ],
)
def test_what_never_passes_is_said_at_once(code, words):
    assert not busy(error(code, words)) and not eventual(error(code, words))


def test_a_new_role_and_a_new_topic_are_seen_after_a_while():
    assert eventual(error("InvalidParameterValue", "IAM role ARN value is invalid"))
    assert no_access_yet(error("SNSNoAuthorization"))


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(common.time, "monotonic", lambda: now[0])
    return now


def test_what_this_run_has_set_is_waited_for_while_it_is_pending(clock):
    wish = {"name": "c", "iam": True}
    state = {"status": "available", "iam": False}
    assert shown_status({}, state, wish, {"iam"}) == "available", "somebody deferred it: to be sent, not waited for"
    note_sent(wish, frozenset({"iam"}))
    clock[0] += 1000
    assert shown_status({}, state, wish, {"iam"}) == "available, iam pending"
    assert shown_status({}, {**state, "status": "upgrading"}, wish, {"iam"}) == "upgrading"
    assert shown_status({}, {**state, "iam": True}, wish, set()) == "available"


def test_a_change_that_begins_late_is_waited_for_a_minute(clock):
    wish, state = {"name": "c", "class": "large"}, {"status": "available", "class": "small"}
    note_sent(wish, frozenset({"class"}))
    assert shown_status({}, state, wish, set()) == "available, class not shown yet"
    clock[0] += 61
    assert shown_status({}, state, wish, set()) == "available"


def test_what_was_sent_adds_up(clock):
    wish = {"name": "c"}
    note_sent(wish, frozenset({"a"}))
    clock[0] += 5
    note_sent(wish, frozenset({"b"}))
    assert wish[SENT] == Sent(frozenset({"a", "b"}), 1005.0)


def test_windows_are_the_same_in_any_case():
    assert same_window("sun:05:00-sun:06:00", "Sun:05:00-Sun:06:00") and not same_window(None, "sun:05:00-sun:06:00")


class Events:
    """An Aws that knows events of one instance, or may not be asked."""

    def __init__(self, *events, denied=False):
        self.events, self.denied, self.asked = events, denied, []

    def pages(self, service, operation, key, **parameters):
        self.asked.append((operation, parameters["SourceType"], parameters["SourceIdentifier"]))
        if self.denied:
            raise AwsError(service, operation, "AccessDenied", "no")
        return list(self.events)


def event(date, message, *categories):
    return {"Date": date, "Message": message, "EventCategories": list(categories)}


def test_what_has_failed_is_said_with_the_words_of_its_last_failure():
    aws = Events(
        event("2026-11-30T10:00:00", "no room", "failure"),
        event("2026-11-30T12:00:00", "no address", "failure", "notification"),
        event("2026-11-30T13:00:00", "restarted", "availability"),
    )
    states = {"a": {"status": "failed"}, "b": {"status": "available"}}
    assert explained(aws, "db-instance", {"failed"}, states)["a"]["status_reason"] == "no address"
    assert aws.asked == [("describe_events", "db-instance", "a")], "nothing is asked of what has not failed"


def test_a_reason_that_is_known_stays_and_events_may_be_denied_or_missing():
    known = {"a": {"status": "stopped", "status_reason": "somebody stopped it"}}
    assert (
        explained(Events(denied=True), "db-cluster", {"stopped"}, known)["a"]["status_reason"] == "somebody stopped it"
    )
    unknown = {"a": {"status": "failed"}}
    assert explained(Events(denied=True), "db-cluster", {"failed"}, unknown) == {"a": {"status": "failed"}}
    assert explained(Events(), "db-cluster", {"failed"}, unknown)["a"]["status_reason"] == ""
