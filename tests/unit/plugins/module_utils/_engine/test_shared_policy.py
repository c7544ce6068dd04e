# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.shared_policy import SharedPolicy

POLICY = SharedPolicy(sids=("Ours",), defaults=(), size=150)
OURS = {"Sid": "Ours", "Effect": "Deny", "Principal": "*", "Action": "x:*", "Resource": "*"}
THEIRS = {**OURS, "Sid": "Theirs", "Action": "x:Get"}
OPEN = {**THEIRS, "Sid": "Open", "Effect": "Allow"}
HELD = {**OPEN, "Sid": "Held", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def test_what_is_planned_is_the_policy_as_it_will_be():
    desired = {"name": "a", "policy": document(OURS), "other": 1}
    kept, said = POLICY.keeps("thing", desired, {"policy": document(THEIRS)})
    assert kept == {**desired, "policy": document(THEIRS, OURS)} and said == []
    assert desired["policy"] == document(OURS)


@pytest.mark.parametrize("found", [None, {"policy": document(OPEN)}])
def test_where_no_policy_is_asked_for_nothing_is_said_of_it(found):
    assert POLICY.keeps("thing", {"name": "a"}, found) == ({"name": "a"}, [])


def test_others_that_let_everybody_in_stay_and_are_said():
    found = {"policy": document(OPEN, HELD, THEIRS)}
    kept, [said] = POLICY.keeps("thing", {"name": "a", "policy": document(OURS)}, found)
    assert OPEN in kept["policy"]["Statement"]
    assert said.startswith("thing a: Open in its policy is somebody else's and stays")
    opened = {"name": "a", "policy": document({**OPEN, "Effect": "Allow"})}
    assert POLICY.keeps("thing", opened, {"policy": document(OPEN)})[1] == [], "what the task asks for is not theirs"


def test_purge_policy_takes_out_what_others_put_there():
    desired = {"name": "a", "policy": document(OURS), "purge_policy": True}
    kept, said = POLICY.keeps("thing", desired, {"policy": document(OPEN, THEIRS)})
    assert kept["policy"] == document(OURS) and said == []


def test_a_policy_that_grew_too_long_is_refused_with_its_size():
    assert POLICY.check(None) == POLICY.check(document(OURS)) == []
    [reason] = POLICY.check(document(OURS, THEIRS))
    assert "AWS takes 150" in reason and "statements of others" in reason
