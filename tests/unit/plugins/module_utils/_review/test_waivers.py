# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import date

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import Status
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.results import (
    failed,
    manual,
    passed,
    unknown,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.waivers import (
    apply_waivers,
    expired_waivers,
    parse_waivers,
    unused_waivers,
)

ENTRY = {"check_id": "example", "reason": "accepted", "owner": "platform", "expires": "2026-02-18"}
ERROR = {"service": "s3", "operation": "list_buckets", "code": "AccessDenied", "message": "no"}


def waived(finding, today, **changes):
    waivers = parse_waivers([{**ENTRY, **changes}], {"example"})
    return apply_waivers([finding], waivers, today)[0]


def test_it_waives_up_to_and_with_its_last_day(make_finding, today):
    finding = waived(make_finding(failed("arn:b", "seen")), today)
    assert finding.status is Status.WAIVED
    assert finding.evidence == "seen"
    assert finding.waiver["owner"] == "platform"


def test_an_expired_one_waives_nothing_and_is_named(make_finding):
    after = date(2026, 2, 19)
    assert waived(make_finding(failed("arn:b", "seen")), after).status is Status.FAIL
    waivers = parse_waivers([ENTRY], {"example"})
    assert expired_waivers(waivers, after) == list(waivers)
    assert expired_waivers(waivers, date(2026, 2, 18)) == []


def test_the_glob_decides(make_finding, today):
    finding = make_finding(failed("arn:aws:s3:::logs", "seen"))
    assert waived(finding, today, resource="arn:aws:s3:::l*").status is Status.WAIVED
    assert waived(finding, today, resource="arn:aws:s3:::x*").status is Status.FAIL


def test_a_denied_call_hides_behind_no_waiver_that_does_not_say_so(make_finding, today):
    finding = make_finding(unknown("arn:b", ERROR))
    assert waived(finding, today).status is Status.UNKNOWN
    accepted = waived(finding, today, unknown=True)
    assert accepted.status is Status.WAIVED
    assert accepted.error == ERROR


def test_manual_is_waived_and_a_pass_is_left_alone(make_finding, today):
    assert waived(make_finding(manual("ask")), today).status is Status.WAIVED
    assert waived(make_finding(passed("arn:b", "seen")), today).status is Status.PASS


def test_what_nobody_needs_is_named(make_finding, today):
    waivers = parse_waivers([ENTRY], {"example"})
    used = apply_waivers([make_finding(failed("arn:b", "seen"))], waivers, today)
    assert unused_waivers(waivers, used, today) == []
    assert unused_waivers(waivers, [make_finding(passed("arn:b", "seen"))], today) == list(waivers)


def test_all_mistakes_are_said_together():
    given = [
        {**ENTRY, "check_id": "unheard_of"},
        {**ENTRY, "expires": "soon"},
        {**ENTRY, "expires": "2026-02-30"},
        {"check_id": "example", "reason": "", "owner": "x"},
        {**ENTRY, "until": "2027-01-01"},
    ]
    with pytest.raises(Refusal) as caught:
        parse_waivers(given, {"example"})
    assert caught.value.reasons == (
        "waiver 1 (unheard_of): there is no check of this name",
        "waiver 2 (example): 'soon' is not a date of the form YYYY-MM-DD",
        "waiver 3 (example): '2026-02-30' is not a day of the calendar",
        "waiver 4 (example): lacks reason, expires",
        "waiver 5 (example): does not know until",
    )
