# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elasticache import (
    cache_parameter_group,
    cache_user,
    cache_user_group,
    common,
    engine_versions,
)


class Aws:
    def __init__(self):
        self.sent = []

    def call(self, service, operation, **parameters):
        self.sent.append(parameters)


@pytest.mark.parametrize(
    ("found", "desired", "same"),
    [
        ("on ~app:* -@all +@read", "on ~app:* +@read", True),
        ("on ~* +@all -@dangerous", "on  ~* +@all -@dangerous", True),
        ("off ~* -@all", "off ~*", True),
        ("on ~* +@all -@all", "on ~* +@all", False),
        ("on ~* -@dangerous +@all", "on ~* +@all -@dangerous", False),
        ("on ~* +@all", "off ~* +@all", False),
        (None, "on ~*", False),
    ],
)
def test_access_strings_are_the_same_as_aws_rewrites_them_and_their_order_counts(found, desired, same):
    assert cache_user.same_access(found, desired) is same


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ({}, ""),
        ({"name": "App"}, "call it app"),
        ({"name": "app-"}, "single hyphens"),
        ({"name": "a" * 41}, "40 at most"),
        ({"name": "1app"}, "a letter first"),
        ({"name": "default"}, "AWS's own"),
        ({"user_name": "other"}, "user_name and id to be the same"),
        ({"user_name": "app"}, ""),
        ({"authentication": "no-password"}, "must authenticate"),
        ({"authentication": "no-password", "engine": "redis", "user_name": "default"}, ""),
        ({"access_string": "on nopass ~*"}, "sets a password"),
        ({"access_string": "on #0123 ~*"}, "sets a password"),
    ],
)
def test_users_that_iam_authentication_does_not_allow(user, words):
    whole = {"name": "app", "engine": "valkey", "authentication": "iam", "access_string": "on ~* +@all", **user}
    reasons = cache_user.check(whole)
    assert bool(reasons) is bool(words) and words in " ".join(reasons)


def test_members_are_added_and_removed_in_one_call():
    aws = Aws()
    cache_user_group.update(aws, {"name": "web", "users": ["a", "b"]}, {"users": ["b", "c"]}, frozenset({"users"}))
    assert aws.sent == [{"UserGroupId": "web", "UserIdsToAdd": ["c"], "UserIdsToRemove": ["a"]}]


def test_only_parameters_that_differ_are_set_twenty_a_call():
    aws = Aws()
    desired = {"parameters": {"same": True, **{f"p{number:02}": number for number in range(25)}}}
    cache_parameter_group.update(
        aws, {"name": "web", "parameters": {"same": "yes"}}, desired, frozenset({"parameters"})
    )
    assert [len(one["ParameterNameValues"]) for one in aws.sent] == [20, 5]
    assert aws.sent[0]["ParameterNameValues"][0] == {"ParameterName": "p00", "ParameterValue": "0"}


def test_parameters_that_nobody_asked_for_are_not_compared():
    assert cache_parameter_group.same_values(
        {"a": "yes", "b": "1"}, {"a": True}
    ) and not cache_parameter_group.same_values({}, {"a": "1"})


@pytest.mark.parametrize(
    ("found", "asked", "same"), [("8.0.1", "8.0", True), ("8.0", "8.0", True), ("8.1.0", "8", True)]
)
def test_a_patch_is_the_version_that_is_asked_for(found, asked, same):
    assert engine_versions.same_version(found, asked) is same and not engine_versions.older(found, asked)
    assert not engine_versions.same_version("8.10.0", "8.1") and engine_versions.older("8.1.0", "8.10")


def test_families_go_with_engine_and_version():
    assert [engine_versions.family(*one) for one in (("valkey", "8.1"), ("redis", "7.0"), ("redis", "6.2"))] == [
        "valkey8",
        "redis7",
        "redis6.x",
    ]


@pytest.mark.parametrize(
    ("code", "busy"),
    [
        ("InvalidReplicationGroupState", True),
        ("InvalidReplicationGroupStateFault", True),
        ("InvalidUserState", True),
        ("InvalidParameterValue", False),
        ("InvalidCacheParameterGroupState", False),
    ],
)
def test_what_is_being_changed_is_busy(code, busy):
    assert common.busy(AwsError("elasticache", "modify_user", code, "m")) is busy


def test_the_service_linked_role_of_a_new_account_takes_a_moment():
    assert common.eventual(AwsError("elasticache", "create_user", "ServiceLinkedRoleNotFoundFault", "m"))
    assert not common.eventual(AwsError("elasticache", "create_user", "InvalidParameterValue", "no such version"))
