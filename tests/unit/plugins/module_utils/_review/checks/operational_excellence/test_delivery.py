# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import date

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.operational_excellence import (
    delivery,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Attestation

DENIED = {"service": "codepipeline", "code": "AccessDenied", "message": "no"}
PIPELINES, RESOURCES = "codepipeline.pipelines", "resourcegroupstaggingapi.resources"


def pipeline(*categories, **changes):
    actions = [{"actionTypeId": {"category": one}} for one in categories]
    return {"name": "mywebapp-prod", "Stages": [{"name": "all", "actions": actions}], **changes}


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([pipeline("Source", "Build", "Deploy")], "PASS"),
        ([pipeline("Source", "Build")], "FAIL"),
        ([pipeline(Stages=[])], "FAIL"),
        ([pipeline(Stages=None, Errors={"get_pipeline": DENIED})], "UNKNOWN"),
        ([], "FAIL"),
    ],
)
def test_pipeline(judge, found, status):
    assert judge(delivery.cicd_pipeline_present, {PIPELINES: found}) == [status]
    assert judge(delivery.cicd_pipeline_present, {PIPELINES: found}, external_pipeline="https://ci") == ["PASS"]


@pytest.mark.parametrize(("found", "status"), [([{"Name": "/mywebapp/prod/level"}], "PASS"), ([], "FAIL")])
def test_parameters(judge, found, status):
    assert judge(delivery.parameter_store_used, {"ssm.parameters": found}) == [status]


@pytest.mark.parametrize(
    ("day", "found", "status"),
    [
        (date(2026, 1, 12), [], "PASS"),
        (date(2025, 10, 1), [], "FAIL"),
        (date(2025, 10, 1), [{"Name": "mywebapp-prod-incident"}], "PASS"),
        (None, [{"Name": "mywebapp-prod-incident"}], "PASS"),
        (None, [], "FAIL"),
    ],
)
def test_runbooks(judge, day, found, status):
    said = {"runbooks": Attestation(day, "platform", "playbooks/runbooks")} if day else {}
    assert judge(delivery.runbooks_available, {"ssm.documents": found}, attestations=said) == [status]


def test_a_fresh_attestation_needs_no_documents(judge):
    said = {"runbooks": Attestation(date(2026, 1, 12), "platform", "playbooks/runbooks")}
    assert judge(delivery.runbooks_available, {}, ("ssm.documents",), attestations=said) == ["PASS"]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ({"Tags": {"Owner": "platform"}}, "PASS"),
        ({"Tags": {}}, "FAIL"),
        ({"Tags": None, "Errors": {"list_tags": DENIED}}, "UNKNOWN"),
    ],
)
def test_owner(judge, found, status):
    resource = {"ResourceARN": "arn:r", "Collector": "kms.keys", **found}
    assert judge(delivery.resource_owner_tagged, {RESOURCES: [resource]}) == [status]


@pytest.mark.parametrize(
    ("check", "absent"),
    [
        (delivery.cicd_pipeline_present, "FAIL"),
        (delivery.parameter_store_used, "FAIL"),
        (delivery.runbooks_available, "FAIL"),
        (delivery.resource_owner_tagged, "NOT_APPLICABLE"),
    ],
)
def test_denied_and_absent(judge, check, absent):
    assert judge(check, {}, check.needs) == ["UNKNOWN"]
    assert judge(check, {}) == [absent]
