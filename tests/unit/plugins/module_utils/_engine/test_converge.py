# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from dataclasses import replace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine import converge as converge_module
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.converge import converge
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import (
    AwsError,
    Refusal,
    WebappError,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.kind import Kind, Reference


class FakeAws:
    """A dictionary in the place of AWS; map() one after the other."""

    def __init__(self) -> None:
        self.things: dict[str, dict] = {}
        self.log: list[str] = []

    def map(self, function, items):
        return [function(item) for item in items]


def read(aws, items):
    names = [item["name"] for item in items]
    return {name: dict(thing) for name, thing in aws.things.items() if name in names}


def create(aws, desired):
    aws.log.append(f"create {desired['name']}")
    aws.things[desired["name"]] = {"name": desired["name"], "id": f"t-{len(aws.things) + 1}", "tags": desired["tags"]}


def update(aws, found, desired, fields):
    aws.log.append(f"update {found['name']} {','.join(sorted(fields))}")
    aws.things[found["name"]].update({field: desired[field] for field in fields})


def tag(aws, found, to_set, to_remove):
    tags = aws.things[found["name"]]["tags"]
    tags.update(to_set)
    for key in to_remove:
        del tags[key]


OWNER = Kind(name="owner", role="owners", read=read, create=create, update=update, tag=tag, resolved="t-")
THING = Kind(
    name="thing",
    role="things",
    read=read,
    create=create,
    update=update,
    tag=tag,
    resolved="t-",
    unchangeable={"zone": "name another"},
    references={"owner": Reference(OWNER), "rules.peer": Reference(None)},
)


@pytest.fixture(autouse=True)
def _no_sleep(monkeypatch):
    monkeypatch.setattr(converge_module.time, "sleep", lambda seconds: None)


def context(aws, **options):
    return Context(aws=aws, strict=True, **options)


def test_creation_then_what_it_left_open_then_nothing():
    aws = FakeAws()
    items = [{"name": "a", "size": 1}, {"name": "b", "size": 2}]
    first = converge(context(aws), THING, items, tags={"Project": "x"})
    assert first["changed"] and aws.log == ["create a", "create b", "update a size", "update b size"]
    assert first["resources"]["b"]["tags"] == {"Project": "x"}
    assert not converge(context(aws), THING, items, tags={"Project": "x"})["changed"]


def test_check_mode_changes_nothing_and_says_what_it_would_make():
    aws = FakeAws()
    result = converge(context(aws, check_mode=True), THING, [{"name": "a", "size": 1}])
    assert result["changed"] and not aws.log
    assert result["planned"] == {"thing": {"a": {"name": "a", "size": 1, "tags": {}}}}


def test_names_are_resolved_to_ids_in_the_account():
    aws = FakeAws()
    aws.things["o"] = {"name": "o", "id": "t-9", "tags": {}}
    result = converge(context(aws), THING, [{"name": "a", "owner": "o"}])
    assert result["resources"]["a"]["owner"] == "t-9"


def test_a_kind_that_is_named_twice_is_looked_up_once_and_the_cheap_way():
    asked = []

    def lookup(aws, items):
        asked.append([item["name"] for item in items])
        return {item["name"]: {"id": f"t-{item['name']}"} for item in items}

    owner = replace(OWNER, lookup=lookup)
    thing = replace(THING, references={"owner": Reference(owner), "heir": Reference(owner)})
    result = converge(context(FakeAws(), check_mode=True), thing, [{"name": "a", "owner": "o", "heir": "p"}])
    assert asked == [["o", "p"]]
    assert (result["diff"]["after"]["a"]["owner"], result["diff"]["after"]["a"]["heir"]) == ("t-o", "t-p")


def test_members_of_one_list_may_name_each_other():
    aws = FakeAws()
    items = [{"name": "a", "rules": [{"peer": "b"}]}, {"name": "b", "rules": [{"peer": "a"}]}]
    result = converge(context(aws), THING, items)
    ids = {name: state["id"] for name, state in result["resources"].items()}
    assert result["resources"]["a"]["rules"] == [{"peer": ids["b"]}]
    assert not converge(context(aws), THING, items)["changed"]


def test_a_missing_reference_names_the_role_before_anything_is_changed():
    aws = FakeAws()
    with pytest.raises(Refusal, match=r"owner o does not exist; the role owners makes it"):
        converge(context(aws), THING, [{"name": "z", "size": 1}, {"name": "a", "owner": "o"}])
    assert not aws.log


def test_check_mode_takes_what_an_earlier_task_would_have_made():
    aws = FakeAws()
    planned = {"owner": {"o": {}}}
    result = converge(context(aws, check_mode=True, planned=planned), THING, [{"name": "a", "owner": "o"}])
    assert result["diff"]["after"]["a"]["owner"] == "owner o (known after apply)"


def test_all_refusals_of_a_list_are_said_together():
    aws = FakeAws()
    aws.things = {name: {"name": name, "id": name, "zone": "x", "tags": {}} for name in "ab"}
    with pytest.raises(Refusal) as error:
        converge(context(aws), THING, [{"name": "a", "zone": "y"}, {"name": "b", "zone": "y"}, {"name": "c"}])
    assert len(error.value.reasons) == 2 and not aws.log


def test_a_name_may_stand_only_once():
    with pytest.raises(Refusal, match="thing a stands more than once"):
        converge(context(FakeAws()), THING, [{"name": "a"}, {"name": "a"}])


def test_what_aws_does_not_keep_is_an_error_when_strict_and_a_warning_otherwise():
    forgetful = replace(THING, update=lambda aws, found, desired, fields: None)
    with pytest.raises(WebappError, match="did not keep"):
        converge(context(FakeAws()), forgetful, [{"name": "a", "size": 1}])
    result = converge(Context(aws=FakeAws()), forgetful, [{"name": "a", "size": 1}])
    assert len(result["warnings"]) == 1


@pytest.mark.parametrize("carried_out", [True, False])
def test_a_connection_that_breaks_while_creating_makes_no_second_thing(carried_out):
    aws, broken = FakeAws(), []

    def breaking(aws, desired):
        if not broken:
            broken.append(True)
            if carried_out:
                create(aws, desired)
            raise AwsError("svc", "create", "ConnectionClosedError", "closed", answered=False)
        create(aws, desired)

    converge(context(aws), replace(THING, create=breaking), [{"name": "a"}])
    assert aws.log == ["create a"]


def test_an_error_says_what_is_done_and_that_a_rerun_goes_on():
    def failing(aws, desired):
        if desired["name"] == "b":
            raise AwsError("svc", "create_thing", "LimitExceeded", "too many", status=400)
        create(aws, desired)

    with pytest.raises(WebappError, match=r"svc:create_thing failed with LimitExceeded.*a created.*run again"):
        converge(context(FakeAws()), replace(THING, create=failing), [{"name": "a"}, {"name": "b"}])


def test_a_change_is_repeated_until_aws_sees_an_earlier_one():
    tries = []

    def early(aws, desired):
        tries.append(1)
        if len(tries) < 3:
            raise AwsError("svc", "create", "InvalidParameter", "role is not visible yet", status=400)
        create(aws, desired)

    patient = replace(THING, create=early, eventual=lambda error: "not visible" in error.message)
    assert converge(context(FakeAws()), patient, [{"name": "a"}])["changed"]
    assert len(tries) == 3
