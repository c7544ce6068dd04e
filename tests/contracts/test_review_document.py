# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The first review must find what the document found: its gaps FAIL, its strengths do not."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import Aws
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.session import make_session
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.engine import review
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import Pillar
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Parameters
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.registry import all_checks

from local_aws.control import Control, environment
from local_aws.server import start
from local_aws.stacks import as_reviewed
from tests.contracts.review_document import FURTHER_GAPS, FURTHER_STRENGTHS, GAPS, STRENGTHS, Gap, Strength

ALL_GAPS = GAPS + FURTHER_GAPS
ALL_STRENGTHS = STRENGTHS + FURTHER_STRENGTHS
CHECKED_STRENGTHS = [one for one in ALL_STRENGTHS if one.checks]
# The bullets that the document has in each of its six sections.
COUNTS = {  # gaps, strengths
    "operational_excellence": (5, 3),
    "security": (10, 4),
    "reliability": (6, 5),
    "performance_efficiency": (5, 4),
    "cost_optimization": (6, 3),
    "sustainability": (3, 3),
}


def named(one: Gap | Strength) -> str:
    return f"{one.section}: {one.text}"


each_gap = pytest.mark.parametrize("gap", ALL_GAPS, ids=named)
each_strength = pytest.mark.parametrize("strength", CHECKED_STRENGTHS, ids=named)


@pytest.mark.parametrize("section", Pillar)
def test_every_bullet_is_here(section: Pillar) -> None:
    gaps = [gap.text for gap in GAPS if gap.section == section]
    strengths = [strength.text for strength in STRENGTHS if strength.section == section]
    assert (len(set(gaps)), len(set(strengths))) == COUNTS[section]


def test_four_gaps_are_critical() -> None:
    assert sum(gap.critical for gap in GAPS) == 4


@pytest.mark.parametrize("gap", GAPS, ids=named)
def test_every_gap_has_a_check(gap: Gap) -> None:
    assert gap.checks


@pytest.mark.parametrize("strength", ALL_STRENGTHS, ids=named)
def test_every_strength_has_a_check_or_says_why_not(strength: Strength) -> None:
    assert bool(strength.checks) != bool(strength.note)


def test_nothing_is_a_gap_and_a_strength() -> None:
    gaps = {check for gap in ALL_GAPS for check in gap.checks}
    strengths = {check for strength in ALL_STRENGTHS for check in strength.checks}
    assert not gaps & strengths


@pytest.mark.parametrize("one", (*ALL_GAPS, *ALL_STRENGTHS), ids=named)
def test_its_checks_exist(one: Gap | Strength) -> None:
    wanted = {*one.checks, *getattr(one, "then", ())}
    assert wanted <= {check.id for check in all_checks()}, wanted - {check.id for check in all_checks()}


@pytest.mark.parametrize("gap", [gap for gap in GAPS if gap.critical], ids=named)
def test_critical_gaps_have_a_critical_or_high_check(gap: Gap) -> None:
    severities = {check.severity for check in all_checks() if check.id in gap.checks}
    assert severities & {"critical", "high"}


class Reviewed:
    """The findings of the stack as it was reviewed, by check."""

    def __init__(self, findings: list[Any], password: str) -> None:
        self.findings = findings
        self.password = password
        self.of_check: dict[str, list[Any]] = defaultdict(list)
        for finding in findings:
            self.of_check[finding.check_id].append(finding)

    def statuses(self, check: str) -> set[str]:
        return {str(finding.status) for finding in self.of_check[check]}

    def evidence(self, *checks: str) -> str:
        found = [finding for check in checks for finding in self.of_check[check]]
        return "\n".join(f"{one.check_id} {one.status} {one.resource}: {one.evidence}" for one in found)


@pytest.fixture(scope="module")
def reviewed() -> Iterator[Reviewed]:
    # Not above: what the document says is held against the registry without a stack, too.
    from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.discovery import collect

    with start(port=0) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in environment(server.endpoint).items():
            patch.setenv(name, value)
        Control(server.endpoint).reset()  # one process has one emulator, whatever the number of servers
        loaded = as_reviewed.load(server.endpoint)
        aws = Aws(make_session({}), as_reviewed.REGION)
        snapshot = collect(aws, project=as_reviewed.PROJECT, environment=as_reviewed.ENVIRONMENT, dr_region="us-west-2")
        today = datetime.now(UTC).date()
        yield Reviewed(review(snapshot, Parameters(), (), today, all_checks()), loaded["password"])


@each_gap
def test_the_review_finds_the_gap(gap: Gap, reviewed: Reviewed) -> None:
    missed = [check for check in gap.checks if "FAIL" not in reviewed.statuses(check)]
    assert not missed, reviewed.evidence(*missed)


@each_gap
def test_what_cannot_be_looked_at_yet_is_no_pass(gap: Gap, reviewed: Reviewed) -> None:
    """Without a web ACL no rule of a web ACL passes."""
    wrong = [check for check in gap.then if reviewed.statuses(check) - {"FAIL", "NOT_APPLICABLE", "MANUAL"}]
    policies = {"nat_gateway_count", "fargate_spot_used"}  # judged by what is declared, whatever is there
    assert not set(wrong) - policies, reviewed.evidence(*wrong)


@each_strength
def test_the_review_sees_the_strength(strength: Strength, reviewed: Reviewed) -> None:
    failed = [check for check in strength.checks if reviewed.statuses(check) & {"FAIL", "UNKNOWN"}]
    assert not failed, reviewed.evidence(*failed)
    assert any("PASS" in reviewed.statuses(check) for check in strength.checks), reviewed.evidence(*strength.checks)


def test_nothing_is_unknown(reviewed: Reviewed) -> None:
    unknown = [finding for finding in reviewed.findings if finding.status == "UNKNOWN"]
    assert not unknown, reviewed.evidence(*{finding.check_id for finding in unknown})


def test_the_password_is_in_no_finding(reviewed: Reviewed) -> None:
    text = json.dumps([finding.as_dict() for finding in reviewed.findings], default=str)
    assert reviewed.password not in text
