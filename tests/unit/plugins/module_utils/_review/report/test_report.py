# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""From findings to both reports: their form, and what must never be missing in them."""

from __future__ import annotations

import json
import re

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.cost import estimate
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import Pillar
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Parameters
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.report import markdown as markdown_module
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.report.content import build_report
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.report.markdown import markdown
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.report.table import table
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.results import (
    failed,
    manual,
    passed,
    unknown,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.waivers import apply_waivers, parse_waivers

ERROR = {"service": "iam", "operation": "get_account_summary", "code": "AccessDenied", "message": "not allowed"}
WAIVER = {"check_id": "waived_check", "reason": "a | b", "owner": "platform", "expires": "2026-12-31"}
EXPIRED = {**WAIVER, "check_id": "example", "expires": "2026-01-01"}


@pytest.fixture
def findings(make_finding):
    """One of each status, and critical to low."""
    return [
        make_finding(
            failed("arn:aws:rds:us-east-1:111122223333:cluster:db", "StorageEncrypted is false"),
            id="aurora_storage_encrypted",
            title="Aurora storage is encrypted at rest",
            severity="critical",
            item="SEC-1",
            role="aurora",
            downtime=True,
        ),
        *[
            make_finding(
                failed(f"arn:{number}", "no trail <here>"), id="trail", best_practice="SEC04-BP01", item="SEC-6"
            )
            for number in range(5)
        ],
        make_finding(passed("arn:aws:s3:::site", "all four blocks are on"), id="blocked", title="No bucket is public"),
        make_finding(unknown("", ERROR), id="root", title="Root has MFA", severity="critical"),
        make_finding(manual("read the runbooks"), id="books", title="Runbooks are current"),
        make_finding(failed("arn:w", "no replica"), id="waived_check", title="A second region has it"),
        make_finding(
            failed("arn:i", "peak CPU 9 %", monthly_usd=-273.02),
            id="aurora_oversized",
            title="Instances are no larger than needed",
            pillar="cost_optimization",
            best_practice="COST06-BP02",
            severity="low",
            item="COST-1",
            role="aurora",
            cost="lowers",
        ),
    ]


@pytest.fixture
def build(findings, snapshot, today):
    def make(previous=None, region="us-east-1"):
        collections = {
            "rds.db_instances": [{"DBInstanceClass": "db.r6g.large"}] * 2,
            "rds.db_clusters": [{"DBClusterArn": "arn:c"}],
        }
        stack = snapshot(collections, errors={"kms.keys": ERROR}, region=region)
        waivers = parse_waivers([WAIVER, EXPIRED], {"waived_check", "example"})
        return build_report(
            stack,
            apply_waivers(findings, waivers, today),
            parameters=Parameters(),
            waivers=waivers,
            today=today,
            fail_on="high",
            estimate=estimate(stack),
            previous=previous,
        )

    return make


def test_the_json_report_is_plain_and_whole(build):
    report = build()
    assert json.loads(json.dumps(report)) == report
    assert report["schema_version"] == 1
    assert report["exit"] == {**report["exit"], "status": "unknown", "code": 4, "fail_on": "high"}
    assert report["summary"]["statuses"] == {
        "FAIL": 7,
        "UNKNOWN": 1,
        "MANUAL": 1,
        "WAIVED": 1,
        "PASS": 1,
        "NOT_APPLICABLE": 0,
    }
    assert report["summary"]["severities"]["critical"] == 1
    assert report["stack"]["architecture"] == ["Aurora"]
    assert report["snapshot"]["errors"] == {"kms.keys": ERROR}
    assert [one["check_id"] for one in report["waivers"]["expired"]] == ["example"]
    assert {"check_id", "status", "error", "waiver"} <= set(report["findings"][0])


def test_the_cost_after_the_fixes(build):
    cost = build()["cost"]
    assert (cost["total_usd"], cost["fixes_save_usd"], cost["projected_usd"]) == (379.60, 273.02, 106.58)


def test_the_markdown_has_the_review_documents_form(build):
    text = markdown(build())
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
        "Executive Summary",
        "1. Operational Excellence",
        "2. Security",
        "3. Reliability",
        "4. Performance Efficiency",
        "5. Cost Optimization",
        "6. Sustainability",
        "Monthly Cost",
        "Priority Action Plan",
        "Summary of Findings",
        "Unknown",
        "Manual",
        "Waivers",
        "Conclusion",
        "References",
    ]
    for pillar in Pillar:
        section = text.partition(f". {pillar.label}\n")[2].partition("\n## ")[0]
        for part in ("### Current State", "**Strengths:**", "**Gaps:**", "### Recommendations", f"]({pillar.url})"):
            assert part in section, (pillar, part)
    assert re.findall(
        r"^### (.*)$", text.partition("## Summary of Findings")[2].partition("\n## ")[0], re.MULTILINE
    ) == [
        "Critical Issues (Immediate Action Required)",
        "High-Risk Items",
        "Cost Optimization Opportunities",
        "Compliance Gaps",
    ]


def test_a_gap_says_all_that_a_reader_needs(build):
    text = markdown(build())
    assert "- 🔴 **Not met: Aurora storage is encrypted at rest** (critical)" in text
    assert "StorageEncrypted is false (`arn:aws:rds:us-east-1:111122223333:cluster:db`)" in text
    assert "ansible-playbook playbooks/roles/aurora.yml --tags aurora`; review item SEC-1" in text
    assert "Downtime: yes; monthly cost: unchanged" in text
    assert "[SEC08-BP02 Enforce encryption at rest](https://docs.aws.amazon.com/wellarchitected/" in text
    assert "1. **Enable Aurora encryption at rest** (critical, SEC-1): role `aurora`, 1 resource, with downtime" in text
    assert "monthly cost -$273.02" in text
    assert (
        "| Aurora | db.r6g.large instances | 2 | hour | 0.26 | 379.60 | https://aws.amazon.com/rds/aurora/pricing/ |"
        in text
    )


def test_many_resources_are_counted_and_not_listed(build):
    text = markdown(build())
    assert "  - and 2 more, see the JSON report" in text
    assert "no trail &lt;here>" in text


def test_unknown_is_said_at_the_top_and_never_stands_among_the_strengths(build):
    text = markdown(build())
    assert "> **Incomplete:** 1 results could not be judged" in text
    unknown_section = text.partition("\n## Unknown")[2].partition("\n## ")[0]
    assert "iam:get_account_summary failed with AccessDenied: not allowed" in unknown_section
    assert "✅ Root has MFA" not in text
    assert "✅ No bucket is public" in text


def test_a_check_that_fails_somewhere_is_no_strength(build, findings, make_finding):
    findings.append(make_finding(passed("arn:other", "seen"), id="trail"))
    assert "✅ The example is as it should be" not in markdown(build())


def test_waivers_and_manual_results_are_listed(build):
    text = markdown(build())
    assert "Waived: a \\| b; on `*`, owner platform, until 2026-12-31" in text
    assert "- **Expired, waives nothing:** `example`" in text
    assert "- Runbooks are current: read the runbooks" in text


def test_what_cannot_be_priced_is_said(build):
    text = markdown(build(region="eu-west-1"))
    assert "- Not priced: kms.keys: AccessDenied not allowed" in text
    assert "The stack runs in eu-west-1, whose prices differ." in text


def test_a_second_report_says_what_changed(build, findings):
    before = build()
    del findings[0]
    text = markdown(build(previous=before))
    assert "### Since the Review of 2026-02-18" in text
    assert "- Closed: 1 findings; new: 0" in text


def test_an_empty_account_has_a_report_too(snapshot, today):
    stack = snapshot()
    report = build_report(
        stack,
        [],
        parameters=Parameters(),
        waivers=(),
        today=today,
        fail_on="high",
        estimate=estimate(stack),
    )
    text = markdown(report)
    assert "**Architecture:** nothing found" in text
    assert "Every check could be judged." in text


def test_without_jinja2_the_user_is_told_what_to_do(build, monkeypatch):
    monkeypatch.setattr(markdown_module, "HAS_JINJA2", False)
    with pytest.raises(Refusal, match="leave markdown out of report_formats"):
        markdown(build())


def test_the_table_is_short_and_ends_with_the_exit(build):
    lines = table(build())
    assert len(lines) == 10
    assert lines[0].split() == ["pillar", "PASS", "FAIL", "UNKNOWN", "MANUAL", "WAIVED"]
    assert lines[-1].startswith("exit 4 (unknown): ")
    assert max(map(len, lines)) <= 120
