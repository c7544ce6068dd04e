# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Changes on an AWS that is slow, busy, forgetful and failing; time passes only by sleeping."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine import done
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.converge import converge
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import (
    AwsError,
    Refusal,
    WebappError,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.kind import Kind, Reference, Wait

BUSY = AwsError("rds", "modify", "InvalidDBClusterStateFault", "is modifying", status=400)
BROKEN = AwsError("ec2", "create", "InternalError", "no", status=500)
DENIED = AwsError("s3", "get_bucket_policy", "AccessDenied", "no", status=403, action="s3:GetBucketPolicy")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(time, "sleep", clock.sleep)
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    return clock


class Aws:
    """Things by name. A write is in the truth at once and in reads after lag seconds; flicker shows it late again."""

    def __init__(self, clock: Clock, lag: float = 0.0) -> None:
        self.clock, self.lag = clock, lag
        self.truth: dict[str, dict] = {}
        self.seen: list[tuple[float, dict[str, dict]]] = [(0.0, {})]
        self.log: list[str] = []
        self.busy_until = 0.0

    def map(self, function, items):
        return [function(item) for item in items]

    def write(self, call: str, name: str, **values) -> None:
        self.log.append(f"{call} {name}" + "".join(f" {key}={value}" for key, value in sorted(values.items())))
        done.note_call(f"svc:{call}")
        self.truth.setdefault(name, {"name": name, "id": f"t-{name}", "tags": {}}).update(values)
        self.seen.append((self.clock.now + self.lag, {key: dict(value) for key, value in self.truth.items()}))

    def shown(self) -> dict[str, dict]:
        return [things for since, things in self.seen if since <= self.clock.now][-1]


def read(aws, items):
    names = {item["name"] for item in items}
    status = "available" if aws.clock.now >= aws.busy_until else "modifying"
    return {name: {**thing, "status": status} for name, thing in aws.shown().items() if name in names}


def create(aws, desired):
    aws.write("create", desired["name"])


def update(aws, found, desired, fields):
    aws.write("update", found["name"], **{field: desired[field] for field in fields})


def step_by_step(aws, found, desired, fields):
    """One call a field; each makes the thing busy for 40 s, and AWS refuses another one meanwhile."""
    for field in sorted(fields):
        if aws.clock.now < aws.busy_until:
            raise BUSY
        aws.write("update", found["name"], **{field: desired[field]})
        aws.busy_until = aws.clock.now + 40
        yield frozenset({field})


THING = Kind(name="thing", role="things", read=read, create=create, update=update, references={"peer": Reference(None)})
SLOW = replace(
    THING,
    update=step_by_step,
    wait=Wait(ready=frozenset({"available"}), failed=frozenset({"failed"}), timeout=600, poll=5),
    busy=lambda error: error.code == BUSY.code,
)


def context(aws, **options):
    return Context(aws=aws, **{"strict": True, **options})


@pytest.mark.parametrize("lag", [0, 1, 3, 20, 50])
def test_what_was_made_is_configured_however_late_it_is_seen(clock, lag):
    aws = Aws(clock, lag)
    result = converge(context(aws), THING, [{"name": "a", "size": 1, "peer": "b"}, {"name": "b", "size": 2}])
    assert aws.truth["a"]["size"] == 1 and aws.truth["a"]["peer"] == "t-b" and aws.truth["b"]["size"] == 2
    assert result["warnings"] == [] and result["resources"]["a"]["peer"] == "t-b"
    assert [line for line in aws.log if line.startswith("create")] == ["create a", "create b"]


def test_what_is_never_seen_is_an_error_and_not_forgotten(clock):
    aws = Aws(clock, lag=10_000)
    with pytest.raises(WebappError, match=r"a is not visible yet after .*Done so far: a created"):
        converge(context(aws), THING, [{"name": "a", "size": 1}])


def test_a_name_that_an_earlier_task_made_is_waited_for(clock):
    aws = Aws(clock, lag=30)
    aws.write("create", "b")
    planned = {"thing": {"b": {}}}
    result = converge(context(aws, planned=planned), THING, [{"name": "a", "peer": "b"}])
    assert result["resources"]["a"]["peer"] == "t-b" and clock.now >= 30


def test_a_change_waits_for_a_busy_thing_and_repeats_nothing(clock):
    aws = Aws(clock)
    aws.write("create", "a")
    aws.busy_until = 130
    said = []
    converge(context(aws, say=said.append), SLOW, [{"name": "a", "size": 1, "weight": 2}])
    assert aws.log == ["create a", "update a size=1", "update a weight=2"]
    assert clock.now >= 130 + 40 + 40
    assert any("a is modifying" in line and "of 600 s" in line for line in said)


def test_a_refusal_for_now_is_waited_out_and_goes_on_where_it_was(clock):
    aws, refused = Aws(clock), []

    def refusing(aws, found, desired, fields):
        aws.write("update", found["name"], size=desired["size"]) if "size" in fields else None
        yield frozenset({"size"})
        if len(refused) < 3:
            refused.append(True)
            raise BUSY
        aws.write("update", found["name"], weight=desired["weight"])
        yield frozenset({"weight"})

    aws.write("create", "a")
    converge(context(aws), replace(SLOW, update=refusing), [{"name": "a", "size": 1, "weight": 2}])
    assert aws.log == ["create a", "update a size=1", "update a weight=2"]


def test_the_wait_for_a_busy_thing_has_the_tasks_limit(clock):
    aws = Aws(clock)
    aws.write("create", "a")
    aws.busy_until = 5_000
    with pytest.raises(WebappError, match=r"a is modifying after .*limit 60 s"):
        converge(context(aws, wait_timeout=60), SLOW, [{"name": "a", "size": 1}])
    assert aws.log == ["create a"]


def test_a_run_that_has_nothing_to_change_waits_for_what_another_began(clock):
    aws = Aws(clock)
    aws.write("create", "a", size=1)
    aws.busy_until = 50
    result = converge(context(aws), SLOW, [{"name": "a", "size": 1}])
    assert not result["changed"] and result["resources"]["a"]["status"] == "available" and clock.now >= 50


def test_check_mode_waits_for_nothing(clock):
    aws = Aws(clock)
    aws.write("create", "a", size=1)
    aws.busy_until = 50
    assert converge(context(aws, check_mode=True), SLOW, [{"name": "a", "size": 2}])["changed"]
    assert clock.now == 0


def test_a_failed_thing_that_nothing_mends_is_an_error(clock):
    failed = replace(SLOW, read=lambda aws, items: {"a": {"name": "a", "status": "failed", "status_reason": "no key"}})
    with pytest.raises(WebappError, match=r"a is failed \(no key\)"):
        converge(context(Aws(clock)), failed, [{"name": "a"}])


@pytest.mark.parametrize("carried_out", [True, False])
@pytest.mark.parametrize("lag", [0, 3])
def test_a_create_that_fails_on_the_way_makes_no_second_thing(clock, carried_out, lag):
    aws, failed = Aws(clock, lag), []

    def failing(aws, desired):
        if not failed:
            failed.append(True)
            if carried_out:
                create(aws, desired)
            raise BROKEN
        create(aws, desired)

    converge(context(aws), replace(THING, create=failing, doubles=True), [{"name": "a"}])
    assert aws.log == ["create a"]


def test_a_refusal_after_an_unsure_create_is_looked_into(clock):
    """The first call was carried out and is not seen yet, so the second is refused for what it would double."""
    aws, tries = Aws(clock, lag=20), []

    def conflicting(aws, desired):
        tries.append(True)
        if len(tries) == 1:
            create(aws, desired)
            raise BROKEN
        raise AwsError("ec2", "create_subnet", "InvalidSubnet.Conflict", "conflicts", status=400)

    converge(context(aws), replace(THING, create=conflicting), [{"name": "a"}])
    assert aws.log == ["create a"] and len(tries) == 2


@pytest.mark.parametrize("code", ["InvalidSubnet.Conflict", "VpcLimitExceeded", "DBClusterQuotaExceededFault"])
def test_a_refused_create_is_an_error_at_once(clock, code):
    """Also one for a quota, which no waiting raises."""
    tries = []

    def refused(aws, desired):
        tries.append(True)
        raise AwsError("ec2", "create_subnet", code, "no", status=400)

    with pytest.raises(WebappError, match=rf"thing a: ec2:create_subnet .*{code}.*Nothing was changed"):
        converge(context(Aws(clock)), replace(SLOW, create=refused), [{"name": "a"}])
    assert clock.now == 0 and len(tries) == 1


def test_a_denied_read_is_followed_by_no_write(clock):
    def denied(aws, items):
        raise DENIED

    aws = Aws(clock)
    with pytest.raises(WebappError, match=r"thing a: .*needs the permission s3:GetBucketPolicy\. Nothing was changed"):
        converge(context(aws), replace(THING, read=denied), [{"name": "a"}])
    assert aws.log == []


def test_what_is_half_done_is_said(clock):
    def half(aws, found, desired, fields):
        aws.write("put_block", found["name"])
        raise AwsError("s3", "put_bucket_policy", "AccessDenied", "public", status=403)

    aws = Aws(clock)
    aws.write("create", "a")
    with pytest.raises(WebappError, match=r"thing a: s3:put_bucket_policy .*Done so far: for thing a svc:put_block"):
        converge(context(aws), replace(THING, update=half), [{"name": "a", "size": 1}])


def test_a_refusal_after_changes_does_not_say_that_nothing_was_changed(clock):
    def refusing(aws, found, desired, fields):
        raise Refusal("routes still lead to it")

    with pytest.raises(WebappError) as error:
        converge(context(Aws(clock)), replace(THING, update=refusing), [{"name": "a", "size": 1}])
    assert "Nothing was changed" not in str(error.value)
    assert "routes still lead to it. Done so far: a created" in str(error.value)


def test_a_value_that_is_shown_late_is_no_untrue_warning(clock):
    aws = Aws(clock, lag=15)
    aws.write("create", "a")
    clock.now = 15
    assert converge(context(aws, strict=False), THING, [{"name": "a", "size": 1}])["warnings"] == []


def test_a_change_that_missed_its_aim_is_made_once_more(clock):
    tries = []

    def missing_first(aws, found, desired, fields):
        tries.append(True)
        if len(tries) > 1:
            update(aws, found, desired, fields)

    aws = Aws(clock)
    aws.write("create", "a")
    result = converge(context(aws), replace(THING, update=missing_first), [{"name": "a", "size": 1}])
    assert result["warnings"] == [] and aws.truth["a"]["size"] == 1 and len(tries) == 2


def test_protecting_comes_before_describing(clock):
    def tag(aws, found, to_set, to_remove):
        aws.write("tag", found["name"], tags=to_set)

    aws = Aws(clock)
    aws.write("create", "a")
    converge(context(aws), replace(THING, tag=tag), [{"name": "a", "size": 1}], tags={"Owner": "x"})
    assert [line.split()[0] for line in aws.log] == ["create", "update", "tag"]


def test_tags_are_text(clock):
    aws = Aws(clock)
    tags = {"CostCenter": 4711, "Public": False, "Rate": 1.5}
    result = converge(context(aws, check_mode=True), replace(THING, tag=print), [{"name": "a"}], tags=tags)
    assert result["diff"]["after"]["a"]["tags"] == {"CostCenter": "4711", "Public": "false", "Rate": "1.5"}
