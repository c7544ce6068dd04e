# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import (
    Parameters,
    parse_parameters,
)

DRILL = {"date": "2026-01-10", "by": "platform", "reference": "reports/drill.md"}


def test_defaults_are_those_of_the_review_document():
    parameters = parse_parameters({})
    assert parameters == Parameters()
    assert (parameters.backup_retention_days, parameters.rto_minutes, parameters.rpo_minutes) == (30, 60, 15)
    assert parameters.waf_rate_limit == 2000
    assert parameters.required_tags == ("Project", "Environment", "Owner")


def test_what_is_given_is_taken():
    parameters = parse_parameters(
        {"backup_retention_days": "35", "nat_policy": "single", "required_tags": ["Team"], "cross_region": False}
    )
    assert parameters.backup_retention_days == 35
    assert parameters.nat_policy == "single"
    assert parameters.required_tags == ("Team",)
    assert parameters.cross_region is False


def test_each_is_documented_with_its_default():
    rows = (Path(__file__).parents[5] / "docs" / "review.md").read_text(encoding="utf-8")
    table = rows.partition("## Parameters")[2].partition("\n## ")[0]
    for one in fields(Parameters):
        assert f"`{one.name}`" in table, one.name
        if isinstance(one.default, int) and not isinstance(one.default, bool):
            (row,) = [row for row in table.splitlines() if f"`{one.name}`" in row.split("|")[:2][-1]]
            assert str(one.default) in row.split("|")[2], row


def test_none_keeps_the_default():
    assert parse_parameters({"rto_minutes": None}).rto_minutes == 60


def test_an_attestation_counts_while_it_is_fresh():
    parameters = parse_parameters({"attestations": {"dr_test": DRILL}})
    assert parameters.attested("dr_test", date(2026, 2, 18), 92).by == "platform"
    assert parameters.attested("dr_test", date(2026, 6, 18), 92) is None
    assert parameters.attested("runbooks", date(2026, 2, 18), 92) is None


def test_it_is_json():
    plain = json.loads(json.dumps(parse_parameters({"attestations": {"dr_test": DRILL}}).as_dict()))
    assert plain["attestations"]["dr_test"] == DRILL


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"backup_days": 3}, "parameters has no backup_days"),
        ({"rto_minutes": 0}, "parameters.rto_minutes: 0 is not a whole number above 0"),
        ({"rto_minutes": "soon"}, "'soon' is not a whole number"),
        ({"rto_minutes": True}, "True is not a whole number"),
        ({"cross_region": "yes"}, "'yes' is neither true nor false"),
        ({"external_pipeline": 3}, "3 is not a text"),
        ({"required_tags": "Project"}, "'Project' is not a list of names"),
        ({"nat_policy": "two"}, "known are ha, single, regional, none"),
        ({"cpu_low_percent": 90}, "cpu_low_percent must be below parameters.cpu_high_percent"),
        ({"budget_threshold_percent": 120}, "budget_threshold_percent must be at most 100"),
        ({"attestations": []}, "is not a dictionary of attestations"),
        ({"attestations": {"party": DRILL}}, "party cannot be attested"),
        ({"attestations": {"dr_test": {"date": "2026-01-10"}}}, "dr_test needs exactly by, date, reference"),
        ({"attestations": {"dr_test": {**DRILL, "date": "May"}}}, "'May' is not a date"),
    ],
)
def test_mistakes_are_refused_with_their_place(given, said):
    with pytest.raises(Refusal, match=said):
        parse_parameters(given)


def test_all_mistakes_are_said_together():
    with pytest.raises(Refusal) as caught:
        parse_parameters({"rto_minutes": 0, "rpo_minutes": 0})
    assert len(caught.value.reasons) == 2
