# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from dataclasses import replace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine import wait as wait_module
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import (
    AwsError,
    WaitTimeout,
    WebappError,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.kind import Kind, Wait
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.wait import (
    look,
    until_at_rest,
    until_gone,
    until_ready,
)


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(wait_module, "time", clock)
    return clock


def kind(status, **wait):
    options = {"ready": frozenset({"available"}), "failed": frozenset({"failed"}), "timeout": 60, "poll": 5, **wait}

    def read(aws, items):
        state = status()
        return {item["name"]: {"name": item["name"], "status": state} for item in items} if state else {}

    return Kind(name="thing", role="r", read=read, create=lambda aws, desired: None, wait=Wait(**options))


def test_ready_at_once_says_nothing():
    said = []
    found = until_ready(Context(aws=None, say=said.append), kind(lambda: "available"), [{"name": "a"}])
    assert found["a"]["status"] == "available" and not said


def test_a_long_wait_says_what_it_waits_for(clock):
    said = []
    status = kind(lambda: "available" if clock.now > 40 else "creating")
    until_ready(Context(aws=None, say=said.append), status, [{"name": "a"}])
    assert said[0].startswith("waiting for thing: a is creating (")
    assert 2 <= len(said) <= 4


def test_a_failed_state_ends_the_wait():
    with pytest.raises(WebappError, match="a is failed"):
        until_ready(Context(aws=None), kind(lambda: "failed"), [{"name": "a"}])


def test_a_failed_state_is_said_in_aws_own_words():
    def read(aws, items):
        return {"a": {"status": "failed", "status_reason": "Gateway.NotAttached: no internet gateway"}}

    with pytest.raises(WebappError, match=r"a is failed \(Gateway.NotAttached: no internet gateway\); mend the cause"):
        until_ready(Context(aws=None), replace(kind(lambda: ""), read=read), [{"name": "a"}])


def test_a_failed_state_that_is_being_mended_is_waited_for(clock):
    status = kind(lambda: "available" if clock.now > 10 else "failed")
    found = until_ready(Context(aws=None), status, [{"name": "a"}], frozenset({"a"}))
    assert found["a"]["status"] == "available"


def test_a_failed_state_is_at_rest_for_who_may_mend_it():
    assert until_at_rest(Context(aws=None), kind(lambda: "failed"), [{"name": "a"}])["a"]["status"] == "failed"


def test_what_is_not_seen_yet_is_waited_for_by_kinds_without_states_too(clock):
    seen = replace(kind(lambda: "any" if clock.now > 30 else None), wait=None)
    assert "a" in until_ready(Context(aws=None), seen, [{"name": "a"}])
    assert clock.now > 30


def test_the_task_says_how_long():
    with pytest.raises(WaitTimeout, match=r"limit 600 s"):
        until_ready(Context(aws=None, wait_timeout=600), kind(lambda: "creating"), [{"name": "a"}])


def test_a_thing_that_is_listed_and_not_found_a_moment_later_is_asked_for_again(clock):
    def read(aws, items):
        if clock.now < 3:
            raise AwsError("rds", "list_tags_for_resource", "DBParameterGroupNotFound", "no", status=404)
        return {"a": {}}

    assert look(Context(aws=None), read, [{"name": "a"}]) == {"a": {}}


def test_a_denied_look_is_an_error_at_once(clock):
    def read(aws, items):
        raise AwsError("rds", "list_tags_for_resource", "AccessDenied", "no", status=403, action="rds:ListTags")

    with pytest.raises(AwsError, match=r"needs the permission rds:ListTags"):
        look(Context(aws=None), read, [{"name": "a"}])
    assert clock.now == 0


def test_the_time_is_limited_and_a_rerun_goes_on():
    with pytest.raises(WaitTimeout, match=r"a is creating after .* run again"):
        until_ready(Context(aws=None), kind(lambda: "creating"), [{"name": "a"}])


def test_gone_is_not_found_any_more(clock):
    until_gone(Context(aws=None), kind(lambda: "deleting" if clock.now < 20 else None), [{"name": "a"}])
    assert clock.now >= 20
