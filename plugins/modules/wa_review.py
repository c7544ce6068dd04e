#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: wa_review
short_description: Review a stack against the AWS Well-Architected Framework
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Reads one stack once, judges it by the checks of the six pillars and writes a JSON and a Markdown report.
  - Only reads from AWS. What it writes are the reports and, if asked, the snapshot, on the host that it runs on.
  - A call that was denied or failed makes a result C(UNKNOWN) and carries its error; it is never a pass.
  - The task ends as O(fail_on) says. C(UNKNOWN) ends it as unreachable whatever O(fail_on) says, so that
    C(ansible-playbook) exits with 4 instead of 2.
options:
  project:
    description:
      - Value of the tag C(Project) and first part of the names of what belongs to the stack.
      - Required unless O(snapshot_path) is given.
    type: str
  environment:
    description:
      - Value of the tag C(Environment) and second part of the names.
      - Required unless O(snapshot_path) is given.
    type: str
  dr_region:
    description: Region that holds copies and replicas.
    type: str
  gather:
    description:
      - Collectors to run, such as C(rds.db_clusters), or groups of them, such as C(network); all of them by default.
      - Checks that need another one are not run and are named in the report.
    type: list
    elements: str
  snapshot_path:
    description:
      - Snapshot to judge instead of the live account; no call is made.
      - A region must be set all the same.
    type: path
  snapshot_output:
    description: File to write the snapshot to. It names the account's resources, so it is readable by its owner only.
    type: path
  report_dir:
    description: Folder for the reports C(review.json) and C(review.md). No report is written without it.
    type: path
  report_formats:
    description: Reports to write. C(markdown) needs jinja2, which the controller has.
    type: list
    elements: str
    choices: [json, markdown]
    default: [json, markdown]
  previous_report:
    description: An earlier C(review.json); the report then says what was closed, what is new and how the cost changed.
    type: path
  parameters:
    description:
      - Thresholds and choices that the checks judge by, such as C(backup_retention_days).
      - See C(docs/review.md) of the collection for all of them.
    type: dict
    default: {}
  waivers:
    description: Accepted risks. An expired one waives nothing and is named in the report.
    type: list
    elements: dict
    default: []
    suboptions:
      check_id:
        description: Check that is waived.
        type: str
        required: true
      resource:
        description: Glob over the resources, all by default.
        type: str
        default: "*"
      reason:
        description: Why the risk is accepted.
        type: str
        required: true
      owner:
        description: Who accepted it.
        type: str
        required: true
      expires:
        description: Last day of the waiver, as C(YYYY-MM-DD).
        type: str
        required: true
      unknown:
        description: Waive the check also where it cannot be judged.
        type: bool
        default: false
  prices:
    description: Own prices in USD over the list prices, such as C(aurora.db.r8g.large) with 0.31.
    type: dict
    default: {}
  review_date:
    description: Day that waivers and ages are counted to, as C(YYYY-MM-DD); today (UTC) by default.
    type: str
  fail_on:
    description: The task fails where a finding is as grave as this or graver; V(none) never fails for findings.
    type: str
    choices: [critical, high, medium, low, none]
    default: high
  return_findings:
    description: Return the findings too. They can be many, and Ansible prints what a failing task returns.
    type: bool
    default: false
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
attributes:
  check_mode:
    description: The review is the same in check mode, but no file is written.
    support: full
  diff_mode:
    description: Nothing in AWS is changed, so there is no difference to show.
    support: none
  idempotent:
    description: Nothing in AWS is changed. Reports are written anew by each run and do not count as a change.
    support: full
"""

EXAMPLES = r"""
- name: Review the stack
  wellarchitected.webapp.wa_review:
    region: us-east-1
    project: mywebapp
    environment: prod
    report_dir: reports/mywebapp-prod
    parameters:
      nat_policy: single
    waivers:
      - check_id: aurora_cross_region_replica
        reason: The daily copy is enough for this stack
        owner: platform-team
        expires: "2026-12-31"

- name: Judge a saved snapshot, without an account
  wellarchitected.webapp.wa_review:
    region: us-east-1
    snapshot_path: reports/mywebapp-prod/snapshot.json
    fail_on: none
    return_findings: true
"""

RETURN = r"""
exit:
  description: How the review ended. RV(ignore:code) is what C(ansible-playbook) exits with.
  returned: always
  type: dict
  contains:
    status:
      description: V(ok), V(findings) or V(unknown).
      type: str
    code:
      description: 0, 2 or 4.
      type: int
    text:
      description: Why, in one sentence.
      type: str
  sample: {status: findings, code: 2, text: "findings: 9, of which 3 at or above fail_on=high"}
summary:
  description: Number of checks, counts of results by status and of findings by severity.
  returned: when anything could be read
  type: dict
table:
  description: The summary as lines of text.
  returned: when anything could be read
  type: list
  elements: str
monthly_cost_usd:
  description: What the stack costs a month at list prices.
  returned: when anything could be read
  type: float
  sample: 879.64
reports:
  description: Files written.
  returned: always
  type: list
  elements: str
  sample: [reports/mywebapp-prod/review.json]
findings:
  description: All results, as in the JSON report.
  returned: O(return_findings) is true
  type: list
  elements: dict
request_count:
  description: Number of API requests made.
  returned: when anything could be read
  type: int
api_calls:
  description: The API calls made, in order; empty where the task fails.
  returned: success
  type: list
  elements: str
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.errors import AwsError, Refusal
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._review.cost import estimate
from ..module_utils._review.dates import parse_date
from ..module_utils._review.engine import review, split_by_gathered
from ..module_utils._review.exit_status import FAIL_ON, FINDINGS, UNKNOWN, Exit
from ..module_utils._review.parameters import parse_parameters
from ..module_utils._review.prices import overlaid
from ..module_utils._review.registry import all_checks
from ..module_utils._review.report.content import SCHEMA_VERSION, build_report
from ..module_utils._review.report.files import read_json, write_json, write_text
from ..module_utils._review.report.markdown import markdown
from ..module_utils._review.report.table import table
from ..module_utils._review.waivers import parse_waivers
from ..module_utils._stack.discovery import collect
from ..module_utils._stack.snapshot import Snapshot

ARGUMENT_SPEC = aws_spec(
    project={"type": "str"},
    environment={"type": "str"},
    dr_region={"type": "str"},
    gather={"type": "list", "elements": "str"},
    snapshot_path={"type": "path"},
    snapshot_output={"type": "path"},
    report_dir={"type": "path"},
    report_formats={
        "type": "list",
        "elements": "str",
        "choices": ["json", "markdown"],
        "default": ["json", "markdown"],
    },
    previous_report={"type": "path"},
    parameters={"type": "dict", "default": {}},
    waivers={
        "type": "list",
        "elements": "dict",
        "default": [],
        "options": {
            "check_id": {"type": "str", "required": True},
            "resource": {"type": "str", "default": "*"},
            "reason": {"type": "str", "required": True},
            "owner": {"type": "str", "required": True},
            "expires": {"type": "str", "required": True},
            "unknown": {"type": "bool", "default": False},
        },
    },
    prices={"type": "dict", "default": {}},
    review_date={"type": "str"},
    fail_on={"type": "str", "choices": list(FAIL_ON), "default": "high"},
    return_findings={"type": "bool", "default": False},
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    checks = all_checks()
    parameters = parse_parameters(params["parameters"])
    waivers = parse_waivers(params["waivers"], {one.id for one in checks})
    prices = overlaid(params["prices"])
    today = _today(params)
    previous = _previous(params["previous_report"])
    try:
        snapshot = _snapshot(context, params)
    except AwsError as error:
        return _blind(error)
    gathered = {*snapshot.collections, *snapshot.errors} if params["gather"] else None
    judged, left_out = split_by_gathered(checks, gathered)
    findings = review(snapshot, parameters, waivers, today, judged)
    report = build_report(
        snapshot,
        findings,
        parameters=parameters,
        waivers=waivers,
        today=today,
        fail_on=params["fail_on"],
        estimate=estimate(snapshot, prices),
        not_run=left_out,
        previous=previous,
    )
    files = {} if context.check_mode else _files(params, report, snapshot)
    for path, content in files.items():
        if isinstance(content, str):
            write_text(path, content)
        else:
            write_json(path, content)
    return _result(context, params, report, files)


def _blind(error: AwsError) -> dict[str, Any]:
    """The result where not even the caller's identity could be read: nothing is known, and nothing written."""
    ended = Exit("unknown", UNKNOWN, f"nothing could be read: {error}")
    return {"changed": False, "unreachable": True, "msg": ended.text, "exit": ended.as_dict(), "reports": []}


def _today(params: Mapping[str, Any]) -> date:
    if not params["review_date"]:
        return datetime.now(UTC).date()
    try:
        return parse_date(params["review_date"])
    except ValueError as error:
        raise Refusal(f"review_date: {error}") from error


def _previous(path: str | None) -> dict[str, Any] | None:
    if not path:
        return None
    report = read_json(Path(path), "previous report")
    if report.get("schema_version") != SCHEMA_VERSION:
        raise Refusal(
            f"previous_report: {path} is not a report of version {SCHEMA_VERSION}, which this release compares with"
        )
    return report


def _snapshot(context: Context, params: Mapping[str, Any]) -> Snapshot:
    if params["snapshot_path"]:
        return Snapshot.from_dict(read_json(Path(params["snapshot_path"]), "snapshot"))
    missing = [name for name in ("project", "environment") if not params[name]]
    if missing:
        raise Refusal(f"{' and '.join(missing)} must be set, or snapshot_path")
    return collect(
        context.aws,
        project=params["project"],
        environment=params["environment"],
        dr_region=params["dr_region"],
        gather=params["gather"],
    )


def _files(
    params: Mapping[str, Any], report: Mapping[str, Any], snapshot: Snapshot
) -> dict[Path, str | Mapping[str, Any]]:
    """What to write where. All of it is made before anything is written."""
    files: dict[Path, str | Mapping[str, Any]] = {}
    if params["report_dir"] and "json" in params["report_formats"]:
        files[Path(params["report_dir"], "review.json")] = report
    if params["report_dir"] and "markdown" in params["report_formats"]:
        files[Path(params["report_dir"], "review.md")] = markdown(report)
    if params["snapshot_output"]:
        files[Path(params["snapshot_output"])] = snapshot.to_dict()
    return files


def _result(
    context: Context, params: Mapping[str, Any], report: Mapping[str, Any], files: Mapping[Path, Any]
) -> dict[str, Any]:
    code = report["exit"]["code"]
    result: dict[str, Any] = {
        "changed": False,
        "exit": report["exit"],
        "summary": {key: report["summary"][key] for key in ("checks", "statuses", "severities")},
        "table": table(report),
        "monthly_cost_usd": report["cost"]["total_usd"],
        "reports": [str(path) for path in files],
        "request_count": len(context.aws.calls),
    }
    if params["return_findings"]:
        result["findings"] = report["findings"]
    if code == FINDINGS:
        result |= {"failed": True, "msg": report["exit"]["text"]}
    if code == UNKNOWN:
        result |= {"unreachable": True, "msg": report["exit"]["text"]}
    if code:
        # Ansible prints all that a failing task returns: the list of calls would bury the table.
        context.aws.calls.clear()
    return result


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
