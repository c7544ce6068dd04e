# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import date

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import recovery
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Attestation

FRESH = Attestation(date(2026, 1, 12), "platform", "reports/drill.md")
STALE = Attestation(date(2025, 10, 1), "platform", "reports/drill.md")
CLUSTERS, TEMPLATES = "rds.db_clusters", "fis.experiment_templates"


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (recovery.rto_rpo_declared, "rto_rpo"),
        (recovery.dr_test_recent, "dr_test"),
        (recovery.fis_experiment_present, "failure_test"),
    ],
)
def test_attestations(judge, check, name):
    assert judge(check, {}, attestations={name: FRESH}) == ["PASS"]
    assert judge(check, {}, attestations={name: STALE}) == ["FAIL"]
    assert judge(check, {}, attestations={"carbon": FRESH}) == ["FAIL"]
    assert judge(check, {}) == ["FAIL"]
    if check.needs:
        assert judge(check, {}, check.needs, attestations={name: FRESH}) == ["PASS"]
        assert judge(check, {}, check.needs) == ["UNKNOWN"]


@pytest.mark.parametrize(
    ("tags", "status"), [({"RTO": "60", "RPO": "15"}, "PASS"), ({"RTO": "60"}, "FAIL"), (None, "FAIL")]
)
def test_objectives_as_tags(judge, tags, status):
    found = {"DBClusterIdentifier": "db", "Tags": tags}
    assert judge(recovery.rto_rpo_declared, {CLUSTERS: [found]}) == [status]


def test_templates(findings):
    collections = {TEMPLATES: [{"id": "EXT1"}], "fis.experiments": [{"id": "EXP1"}]}
    (finding,) = findings(recovery.fis_experiment_present, collections)
    assert (finding.status, finding.resource) == (
        "PASS",
        "arn:aws:fis:us-east-1:111122223333:experiment-template/EXT1",
    )
