# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tasks that begin what takes long, and the later ones that wait for it."""

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine import wait as wait_module
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.converge import converge
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.kind import Kind, Wait

ITEM = {"name": "slow", "size": 2}


class SlowAws:
    """One thing at most, which reads show from the second look on, and which is ready from the fourth on."""

    region = "us-east-1"

    def __init__(self) -> None:
        self.thing: dict | None = None
        self.looks = 0
        self.log: list[str] = []

    def map(self, function, items):
        return [function(item) for item in items]


def read(aws, items):
    if aws.thing is None:
        return {}
    aws.looks += 1
    return {"slow": {**aws.thing, "status": "ready" if aws.looks > 3 else "creating"}} if aws.looks > 1 else {}


def create(aws, desired):
    aws.log.append("create")
    aws.thing = {"name": desired["name"], "size": desired["size"]}


def update(aws, found, desired, fields):
    aws.log.append("update")
    aws.thing.update({field: desired[field] for field in fields})


SLOW = Kind(
    name="slow_thing", role="slow", read=read, create=create, update=update, wait=Wait(ready=frozenset({"ready"}))
)


@pytest.fixture(autouse=True)
def _no_sleep(monkeypatch):
    monkeypatch.setattr(wait_module.time, "sleep", lambda seconds: None)


def context(aws, **options):
    return Context(aws=aws, strict=True, **options)


def test_what_is_begun_is_seen_but_not_ready_and_the_later_task_waits_for_it():
    aws = SlowAws()
    first = converge(context(aws, wait=False), SLOW, [ITEM])
    assert first["changed"] and first["resources"]["slow"]["status"] == "creating"
    second = converge(context(aws, planned=first["planned"]), SLOW, [ITEM])
    assert not second["changed"] and second["resources"]["slow"]["status"] == "ready"
    assert aws.log == ["create"]


def test_what_is_there_is_left_to_the_task_that_waits():
    aws = SlowAws()
    aws.thing, aws.looks = {"name": "slow", "size": 1}, 9
    assert not converge(context(aws, wait=False), SLOW, [ITEM])["changed"] and aws.log == []
    assert converge(context(aws), SLOW, [ITEM])["changed"] and aws.log == ["update"]


def test_a_read_that_is_late_again_makes_no_second_thing():
    aws = SlowAws()
    first = converge(context(aws, wait=False), SLOW, [ITEM])
    aws.looks = 0
    assert not converge(context(aws, planned=first["planned"]), SLOW, [ITEM])["changed"]
    assert aws.log == ["create"]


def test_in_check_mode_the_later_task_has_nothing_to_do_for_what_the_first_would_have_begun():
    aws = SlowAws()
    first = converge(context(aws, wait=False, check_mode=True), SLOW, [ITEM])
    assert first["changed"] and aws.log == []
    assert not converge(context(aws, check_mode=True, planned=first["planned"]), SLOW, [ITEM])["changed"]


def test_in_check_mode_the_later_task_says_what_it_wants_besides():
    aws = SlowAws()
    first = converge(context(aws, wait=False, check_mode=True), SLOW, [ITEM])
    more = converge(context(aws, check_mode=True, planned=first["planned"]), SLOW, [{**ITEM, "colour": "red"}])
    assert more["changes"] == [{"kind": "slow_thing", "name": "slow", "action": "update", "fields": ["colour"]}]


def test_what_is_begun_in_another_region_does_not_stand_for_what_is_missing_here():
    aws = SlowAws()
    first = converge(context(aws, wait=False, check_mode=True), SLOW, [ITEM])
    aws.region = "us-west-2"
    assert converge(context(aws, check_mode=True, planned=first["planned"]), SLOW, [ITEM])["changed"]
