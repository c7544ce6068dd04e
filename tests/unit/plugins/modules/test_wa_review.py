# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import check
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.results import failed, passed
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.snapshot import Snapshot
from ansible_collections.wellarchitected.webapp.plugins.modules import wa_review

DENIED = {"service": "rds", "operation": "describe_db_clusters", "code": "AccessDenied", "message": "no"}
WAIVER = {"check_id": "encrypted", "reason": "old", "owner": "me", "expires": "2026-12-31"}


@check(
    id="encrypted",
    pillar="security",
    best_practice="SEC08-BP02",
    severity="high",
    resource_type="AwsRdsDbCluster",
    title="Storage is encrypted",
    needs=("rds.db_clusters",),
    recommendation="Encrypt it.",
)
def encrypted(stack, parameters):
    for cluster in stack.items("rds.db_clusters"):
        judged = passed if cluster["StorageEncrypted"] else failed
        yield judged(cluster["DBClusterArn"], f"StorageEncrypted is {cluster['StorageEncrypted']}")


def snapshot(clusters=(), errors=None):
    return Snapshot(
        account_id="111122223333",
        partition="aws",
        region="us-east-1",
        dr_region="",
        project="mywebapp",
        environment="prod",
        collected_at="2026-02-18T10:00:00Z",
        collections={} if errors else {"rds.db_clusters": tuple(clusters)},
        errors=errors or {},
    )


GOOD = snapshot([{"DBClusterArn": "arn:c", "StorageEncrypted": True}])
BAD = snapshot([{"DBClusterArn": "arn:c", "StorageEncrypted": False}])
BLIND = snapshot(errors={"rds.db_clusters": DENIED})


@pytest.fixture
def review(monkeypatch):
    """review(snapshot, check_mode=..., **options) -> the module's result; .collected has the calls of collect()."""
    monkeypatch.setattr(wa_review, "all_checks", lambda: (encrypted,))
    collected = []

    def run(found, *, check_mode=False, **options):
        def collect(aws, **asked):
            aws.calls.append("rds:DescribeDBClusters")
            collected.append(asked)
            return found

        monkeypatch.setattr(wa_review, "collect", collect)
        given = {"project": "mywebapp", "environment": "prod", "review_date": "2026-02-18", **options}
        validated = ArgumentSpecValidator(wa_review.ARGUMENT_SPEC).validate(given)
        assert not validated.error_messages
        context = Context(aws=SimpleNamespace(calls=[]), check_mode=check_mode)
        return wa_review.run(context, validated.validated_parameters)

    run.collected = collected
    return run


def test_a_sound_stack_is_ok(review):
    result = review(GOOD)
    assert result["exit"]["code"] == 0
    assert result["changed"] is False
    assert not {"failed", "unreachable", "msg", "findings"} & set(result)
    assert result["request_count"] == 1


def test_findings_fail_the_task_as_fail_on_says(review):
    result = review(BAD)
    assert (result["failed"], result["exit"]["code"]) == (True, 2)
    assert result["msg"] == "findings: 1, of which 1 at or above fail_on=high"
    assert "failed" not in review(BAD, fail_on="critical")
    assert "failed" not in review(BAD, fail_on="none")


def test_a_denied_call_ends_the_task_as_unreachable_whatever_fail_on_says(review):
    result = review(BLIND, fail_on="none")
    assert (result["unreachable"], result["exit"]["code"]) == (True, 4)
    assert "failed" not in result
    assert "not judged because calls failed: 1" in result["msg"]


def test_the_reports_are_written(review, tmp_path):
    result = review(BAD, report_dir=str(tmp_path / "r"), snapshot_output=str(tmp_path / "s.json"))
    assert [path.rsplit("/", 1)[1] for path in result["reports"]] == ["review.json", "review.md", "s.json"]
    report = json.loads((tmp_path / "r" / "review.json").read_text())
    assert report["findings"][0]["check_id"] == "encrypted"
    assert (tmp_path / "r" / "review.md").read_text().startswith("# AWS Well-Architected Framework Review")


def test_check_mode_says_the_same_and_writes_nothing(review, tmp_path):
    result = review(BAD, check_mode=True, report_dir=str(tmp_path / "r"))
    assert result["exit"]["code"] == 2
    assert result["reports"] == []
    assert list(tmp_path.iterdir()) == []


def test_the_chosen_formats_only(review, tmp_path):
    review(GOOD, report_dir=str(tmp_path), report_formats=["json"])
    assert [path.name for path in tmp_path.iterdir()] == ["review.json"]


def test_a_saved_snapshot_is_judged_without_a_call(review, tmp_path):
    path = tmp_path / "s.json"
    path.write_text(json.dumps(BAD.to_dict()))
    result = review(GOOD, snapshot_path=str(path), project=None, environment=None, return_findings=True)
    assert review.collected == []
    assert result["request_count"] == 0
    assert [(one["check_id"], one["status"]) for one in result["findings"]] == [("encrypted", "FAIL")]


def test_an_earlier_report_is_compared_with(review, tmp_path):
    review(BAD, report_dir=str(tmp_path))
    review(GOOD, report_dir=str(tmp_path), previous_report=str(tmp_path / "review.json"))
    report = json.loads((tmp_path / "review.json").read_text())
    assert [one["check_id"] for one in report["since"]["closed"]] == ["encrypted"]


def test_a_waiver_holds_until_its_last_day(review):
    assert review(BAD, waivers=[WAIVER])["exit"]["code"] == 0
    assert review(BAD, waivers=[WAIVER], review_date="2027-01-01")["exit"]["code"] == 2


def test_a_narrowed_gathering_is_passed_on_and_leaves_checks_out_by_name(review, tmp_path):
    narrow = replace(GOOD, collections={"s3.buckets": ()})
    result = review(narrow, gather=["storage"], return_findings=True, report_dir=str(tmp_path))
    assert review.collected[0] == {
        "project": "mywebapp",
        "environment": "prod",
        "dr_region": None,
        "gather": ["storage"],
    }
    assert result["findings"] == []
    assert json.loads((tmp_path / "review.json").read_text())["not_run"] == ["encrypted"]


def test_without_an_identity_nothing_is_known_and_nothing_written(monkeypatch, tmp_path):
    def collect(aws, **asked):
        raise AwsError("sts", "get_caller_identity", "ExpiredToken", "it has expired")

    monkeypatch.setattr(wa_review, "collect", collect)
    context = Context(aws=SimpleNamespace(calls=[]))
    given = {"project": "mywebapp", "environment": "prod", "report_dir": str(tmp_path), "fail_on": "none"}
    result = wa_review.run(context, ArgumentSpecValidator(wa_review.ARGUMENT_SPEC).validate(given).validated_parameters)
    assert (result["unreachable"], result["exit"]["code"]) == (True, 4)
    assert "ExpiredToken" in result["msg"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"waivers": [{**WAIVER, "check_id": "unheard"}]}, "no check of this name"),
        ({"parameters": {"rto": 3}}, "parameters has no rto"),
        ({"prices": {"gold": 3}}, "nothing is priced under gold"),
        ({"review_date": "today"}, "review_date: 'today' is not a date"),
        ({"project": None}, "project must be set"),
        ({"snapshot_path": "/nonexistent"}, "cannot read the snapshot"),
        ({"previous_report": "/nonexistent"}, "cannot read the previous report"),
        ({"previous_report": "OTHER"}, "is not a report of version 1"),
    ],
)
def test_mistakes_are_said_before_anything_is_read(review, options, said, tmp_path):
    if options.get("previous_report") == "OTHER":
        other = tmp_path / "other.json"
        other.write_text("{}")
        options = {"previous_report": str(other)}
    with pytest.raises(Refusal, match=said):
        review(GOOD, **options)
    assert review.collected == []


def test_the_documentation_is_the_argument_spec():
    documented = yaml.safe_load(wa_review.DOCUMENTATION)["options"]
    own = {
        key: value
        for key, value in wa_review.ARGUMENT_SPEC.items()
        if key in documented or key not in wa_review.aws_spec()
    }
    assert set(documented) == set(own)
    for name, option in documented.items():
        assert option["type"] == own[name]["type"], name
        assert option.get("default") == own[name].get("default"), name
