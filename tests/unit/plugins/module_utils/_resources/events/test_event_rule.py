# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.events import event_rule

PATTERN = {"source": ["aws.codepipeline"], "detail": {"state": ["FAILED", "STOPPED"], "n": [{"numeric": [">", 1]}]}}


class Aws:
    def __init__(self, failed=()):
        self.failed, self.sent = list(failed), []

    def call(self, service, operation, **parameters):
        self.sent.append((operation, parameters))
        return {"FailedEntries": self.failed}


@pytest.mark.parametrize(
    ("found", "same"),
    [
        (PATTERN, True),
        ({**PATTERN, "detail": {"state": ["STOPPED", "FAILED"], "n": [{"numeric": [">", 1]}]}}, True),
        ({**PATTERN, "detail": {"state": ["FAILED"], "n": [{"numeric": [">", 1]}]}}, False),
        ({**PATTERN, "account": ["1"]}, False),
        (None, False),
    ],
)
def test_the_values_of_a_pattern_are_a_set(found, same):
    assert event_rule.same_pattern(found, PATTERN) is same


def test_targets_of_others_make_no_difference():
    ours, theirs = {"id": "a", "topic": "arn:a"}, {"id": "b", "topic": "arn:b"}
    assert event_rule.has_targets([theirs, ours], [ours])
    assert not event_rule.has_targets([theirs], [ours])
    assert not event_rule.has_targets([{"id": "a", "topic": "arn:b"}], [ours])


def test_what_is_not_asked_for_is_sent_as_it_was():
    aws = Aws()
    found = {"name": "r", "description": "theirs", "event_pattern": PATTERN, "enabled": False}
    desired = {"name": "r", "event_pattern": {"source": ["x"]}, "targets": [{"id": "a", "topic": "arn:a"}]}
    assert list(event_rule.update(aws, found, desired, frozenset({"event_pattern", "targets"}))) == [
        frozenset({"event_pattern"}),
        frozenset({"targets"}),
    ]
    (first, rule), (second, targets) = aws.sent
    assert (first, rule["Description"], rule["State"]) == ("put_rule", "theirs", "DISABLED")
    assert json.loads(rule["EventPattern"]) == {"source": ["x"]} and "Tags" not in rule
    assert (second, targets["Targets"]) == ("put_targets", [{"Id": "a", "Arn": "arn:a"}])


def test_targets_that_eventbridge_refuses_are_an_error():
    aws = Aws([{"TargetId": "a", "ErrorCode": "AccessDeniedException", "ErrorMessage": "no"}])
    desired = {"name": "r", "targets": [{"id": "a", "topic": "arn:a"}]}
    with pytest.raises(AwsError, match="AccessDeniedException: no"):
        list(event_rule.update(aws, {"name": "r"}, desired, frozenset({"targets"})))


def test_a_new_rule_is_tagged_and_in_force():
    aws = Aws()
    event_rule.create(aws, {"name": "r", "event_pattern": PATTERN, "tags": {"Project": "web"}})
    [(operation, sent)] = aws.sent
    assert operation == "put_rule" and sent["State"] == "ENABLED"
    assert sent["Tags"] == [{"Key": "Project", "Value": "web"}]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"name": "my rule"}, "1 to 64 letters"),
        ({"name": "r" * 65}, "1 to 64 letters"),
        ({"description": "d" * 513}, "longer than 512"),
        ({"targets": [{"id": str(number), "topic": "t"} for number in range(6)]}, "5 targets at most"),
        ({"event_pattern": {"detail": {"state": "FAILED"}}}, "state in event_pattern is no list"),
    ],
)
def test_what_eventbridge_would_not_take_is_said(changes, words):
    reasons = event_rule.check({"name": "r", "event_pattern": PATTERN, **changes})
    assert bool(reasons) is bool(words) and words in " ".join(reasons)
