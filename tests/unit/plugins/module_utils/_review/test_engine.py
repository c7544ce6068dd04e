# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.engine import review, split_by_gathered
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import Status
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Parameters
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.registry import all_checks
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.results import (
    each,
    failed,
    manual,
    passed,
    value,
)

DENIED = {"service": "s3", "operation": "list_buckets", "code": "AccessDenied", "message": "not allowed"}


def judge(check, snapshot, today, waivers=()):
    return review(snapshot, Parameters(), waivers, today, [check])


def test_results_become_findings(make_check, snapshot, today):
    def results(stack, parameters):
        for bucket in stack.items("s3.buckets"):
            yield (passed if bucket["Good"] else failed)(bucket["Name"], "seen")

    stack = snapshot({"s3.buckets": [{"Name": "a", "Good": True}, {"Name": "b", "Good": False}]})
    found = judge(make_check(results), stack, today)
    assert [(one.resource, one.status) for one in found] == [("b", Status.FAIL), ("a", Status.PASS)]


def test_a_failed_collector_is_unknown_with_its_error(make_check, snapshot, today):
    def results(stack, parameters):
        return [passed(one["Name"], "seen") for one in stack.items("s3.buckets")]

    (found,) = judge(make_check(results), snapshot(errors={"s3.buckets": DENIED}), today)
    assert found.status is Status.UNKNOWN
    assert found.error == DENIED
    assert "AccessDenied" in found.evidence


def test_a_service_that_the_partition_lacks_is_not_applicable(make_check, snapshot, today):
    error = {"service": "ce", "operation": "x", "code": "NotInPartition", "message": "the partition aws-cn has no ce"}
    stack = snapshot(errors={"s3.buckets": error})
    (found,) = judge(make_check(lambda stack, parameters: stack.items("s3.buckets")), stack, today)
    assert found.status is Status.NOT_APPLICABLE and found.evidence == error["message"]


def test_a_collector_that_was_not_gathered_is_unknown(make_check, snapshot, today):
    (found,) = judge(make_check(lambda stack, parameters: stack.items("s3.buckets")), snapshot(), today)
    assert found.status is Status.UNKNOWN
    assert found.error["code"] == "NotGathered"


def test_every_registered_check_is_unknown_and_never_a_pass_where_nothing_can_be_read(snapshot, today):
    checks = all_checks()
    errors = {need: {**DENIED, "operation": need} for one in checks for need in one.needs}
    for one in review(snapshot(errors=errors), Parameters(), (), today, checks):
        if next(check for check in checks if check.id == one.check_id).needs:
            assert one.status is Status.UNKNOWN, one


def test_one_denied_item_does_not_hide_the_others(make_check, snapshot, today):
    def versioned(bucket):
        on = value(bucket, "Versioning", "get_bucket_versioning") == "Enabled"
        return (passed if on else failed)(bucket["Name"], f"Versioning is {on}")

    def results(stack, parameters):
        return each(stack.items("s3.buckets"), "Name", versioned)

    denied = {"get_bucket_versioning": {"service": "s3", "code": "AccessDenied", "message": "no"}}
    buckets = [{"Name": "a", "Errors": denied}, {"Name": "b"}, {"Name": "c", "Versioning": "Enabled"}]
    found = judge(make_check(results), snapshot({"s3.buckets": buckets}), today)
    assert {one.resource: one.status for one in found} == {"a": Status.UNKNOWN, "b": Status.FAIL, "c": Status.PASS}


def test_another_calls_failure_does_not_matter(make_check, snapshot, today):
    bucket = {"Name": "a", "Errors": {"get_bucket_policy": {"code": "AccessDenied"}}, "Versioning": "Enabled"}
    assert value(bucket, "Versioning", "get_bucket_versioning") == "Enabled"
    assert value(bucket, "Nothing") is None


def test_no_result_is_not_applicable(make_check, snapshot, today):
    (found,) = judge(make_check(), snapshot({"s3.buckets": []}), today)
    assert found.status is Status.NOT_APPLICABLE
    assert "AwsS3Bucket" in found.evidence


def test_a_bug_comes_out_with_the_checks_name(make_check, snapshot, today):
    def results(stack, parameters):
        return [passed(one["Nmae"], "seen") for one in stack.items("s3.buckets")]

    with pytest.raises(KeyError) as caught:
        judge(make_check(results), snapshot({"s3.buckets": [{"Name": "a"}]}), today)
    assert caught.value.__notes__ == ["in the check example"]


def test_a_check_reads_only_what_it_declares(make_check, snapshot, today):
    with pytest.raises(LookupError, match=r"rds\.db_clusters is read but not in needs"):
        judge(make_check(lambda stack, parameters: stack.items("rds.db_clusters")), snapshot(), today)


def test_a_check_yields_results_only(make_check, snapshot, today):
    with pytest.raises(TypeError, match="yielded str"):
        judge(make_check(lambda stack, parameters: ["bad"]), snapshot(), today)


def test_the_order_is_pillar_status_severity(make_check, snapshot, today):
    checks = [
        make_check(lambda stack, parameters: [failed("x", "e")], id="c", severity="low"),
        make_check(lambda stack, parameters: [manual("ask")], id="b", severity="critical"),
        make_check(lambda stack, parameters: [failed("x", "e")], id="a", severity="critical"),
        make_check(
            lambda stack, parameters: [passed("x", "e")],
            id="z",
            pillar="operational_excellence",
            best_practice="OPS04-BP02",
        ),
    ]
    found = review(snapshot(), Parameters(), (), today, checks)
    assert [one.check_id for one in found] == ["z", "a", "c", "b"]


def test_a_narrowed_gathering_leaves_checks_out_by_name(make_check):
    checks = [make_check(id="a"), make_check(id="b", needs=("s3.buckets", "kms.keys"))]
    run, left_out = split_by_gathered(checks, ["s3.buckets"])
    assert ([one.id for one in run], [one.id for one in left_out]) == (["a"], ["b"])
    assert split_by_gathered(checks, None) == (checks, [])
