# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from dataclasses import replace

from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.kind import Kind, holds, same_members
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan

THING = Kind(
    name="thing",
    role="things",
    read=lambda aws, items: {},
    create=lambda aws, desired: None,
    tag=lambda aws, found, to_set, to_remove: None,
    unchangeable={"zone": "move it with playbooks/move.yml"},
    initial=frozenset({"count"}),
    equal={"members": same_members, "parameters": holds},
)


def test_a_thing_that_is_not_there_is_created():
    change = plan(THING, None, {"name": "a", "size": 1})
    assert change.action == "create"
    assert change.diff() == ({}, {"size": 1})


def test_the_same_state_needs_nothing():
    change = plan(THING, {"name": "a", "size": 1, "id": "t-1", "tags": {}}, {"name": "a", "size": 1, "tags": {}})
    assert not change.needed


def test_only_what_is_asked_for_is_compared():
    assert not plan(THING, {"name": "a", "size": 1}, {"name": "a", "size": None}).needed


def test_a_difference_is_an_update_of_that_field():
    change = plan(THING, {"name": "a", "size": 1, "color": "red"}, {"name": "a", "size": 2, "color": "red"})
    assert (change.action, change.fields) == ("update", frozenset({"size"}))
    assert change.diff() == ({"size": 1}, {"size": 2})


def test_an_unchangeable_field_is_refused_with_advice():
    change = plan(THING, {"name": "a", "zone": "x"}, {"name": "a", "zone": "y"})
    assert change.refusals == ("thing a: zone is 'x' and cannot become 'y': move it with playbooks/move.yml",)


def test_a_field_owned_elsewhere_is_left_alone_after_creation():
    assert not plan(THING, {"name": "a", "count": 7}, {"name": "a", "count": 2}).needed


def test_order_does_not_matter_where_it_means_nothing():
    found = {"name": "a", "members": [{"x": 1, "y": None}, {"x": 2}], "parameters": {"p": "1", "q": "2"}}
    assert not plan(THING, found, {"name": "a", "members": [{"x": 2}, {"x": 1}], "parameters": {"p": "1"}}).needed
    assert plan(THING, found, {"name": "a", "members": [{"x": 2}], "parameters": {"p": "2"}}).fields == {
        "members",
        "parameters",
    }


def test_an_entry_that_is_not_asked_for_is_whatever_it_is():
    found = {"name": "a", "parameters": {"p": "1", "q": "2"}}
    assert not plan(THING, found, {"name": "a", "parameters": {"p": "1", "q": None}}).needed


def test_tags_of_others_stay_unless_they_are_purged():
    found = {"name": "a", "tags": {"Team": "x", "Project": "old"}}
    kept = plan(THING, found, {"name": "a", "tags": {"Project": "new"}, "purge_tags": False})
    assert (kept.tags_to_set, kept.tags_to_remove) == ({"Project": "new"}, [])
    purged = plan(THING, found, {"name": "a", "tags": {"Project": "new"}, "purge_tags": True})
    assert purged.tags_to_remove == ["Team"]
    assert purged.diff() == (
        {"tags": {"Project": "old", "Team": "x"}},
        {"tags": {"Project": "new", "Team": None}},
    )


def test_deleting_is_refused_for_a_kind_without_delete():
    change = plan(THING, {"name": "a"}, {"name": "a", "state": "absent"})
    assert change.refusals == ("thing a: this collection never deletes a thing",)
    deletable = replace(THING, delete=lambda aws, found: None)
    assert plan(deletable, {"name": "a"}, {"name": "a", "state": "absent"}).action == "delete"
    assert plan(deletable, None, {"name": "a", "state": "absent"}).action == "none"
