# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import Cost, Pillar, Severity, check
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.results import failed


def test_the_best_practice_comes_with_its_title_and_page(make_check):
    practice = make_check().best_practice
    assert practice.title == "Enforce encryption at rest"
    assert practice.url.startswith("https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_")


def test_tag_and_source_have_defaults(make_check):
    made = make_check(role="aurora")
    assert made.tag == "aurora"
    assert made.source == made.best_practice.url
    assert (made.severity, made.cost, made.downtime) == (Severity.HIGH, Cost.NONE, False)


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ({"best_practice": "SEC99-BP01"}, "SEC99-BP01 is not a best practice"),
        ({"pillar": "reliability"}, "does not belong to the pillar reliability"),
        ({"pillar": "safety"}, "safety"),
        ({"severity": "urgent"}, "urgent"),
        ({"cost": "some"}, "some"),
        ({"needs": "s3.buckets"}, "needs is a tuple"),
    ],
)
def test_what_does_not_fit_is_refused_at_import(make_check, metadata, said):
    with pytest.raises(ValueError, match=said):
        make_check(**metadata)


def test_id_and_function_have_one_name():
    decorate = check(
        id="wanted",
        pillar="security",
        best_practice="SEC08-BP02",
        severity="low",
        resource_type="any",
        title="t",
        needs=(),
        recommendation="r",
    )
    with pytest.raises(ValueError, match="the function is called other"):

        @decorate
        def other(stack, parameters):
            return ()


def test_a_finding_is_json(make_finding):
    finding = make_finding(failed("arn:b", "Encryption is absent", monthly_usd=-12.5), item="SEC-3")
    plain = json.loads(json.dumps(finding.as_dict()))
    assert plain["check_id"] == "example"
    assert plain["status"] == "FAIL"
    assert plain["severity"] == "high"
    assert plain["best_practice"]["id"] == "SEC08-BP02"
    assert plain["monthly_usd"] == -12.5


def test_pillars_are_labelled_as_the_framework_does():
    assert [pillar.label for pillar in Pillar] == [
        "Operational Excellence",
        "Security",
        "Reliability",
        "Performance Efficiency",
        "Cost Optimization",
        "Sustainability",
    ]
