# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Recovery: what was promised, what was tried."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed, passed
from ..attested import attestation
from ..common import listed, verdict, workload


@check(
    id="rto_rpo_declared",
    pillar="reliability",
    best_practice="REL13-BP01",
    severity="medium",
    resource_type="AwsResource",
    title="Recovery objectives are declared and reviewed",
    needs=("rds.db_clusters",),
    item="REL-4",
    recommendation="Agree on RTO and RPO with whom it concerns, put them in rto_minutes and rpo_minutes of"
    " wa_review_parameters and attest rto_rpo there; or tag the database's cluster with RTO and RPO.",
)
def rto_rpo_declared(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A fresh attestation, or a database cluster that carries both tags."""
    said = attestation(stack, parameters, "rto_rpo")
    if said.fresh:
        objectives = f"rto_minutes is {parameters.rto_minutes}, rpo_minutes is {parameters.rpo_minutes}"
        yield passed(workload(stack), f"{objectives}; {said.evidence}")
        return
    clusters = stack.items("rds.db_clusters")
    tagged = [one["DBClusterIdentifier"] for one in clusters if {"RTO", "RPO"}.issubset(one.get("Tags") or {})]
    evidence = f"{said.evidence}; clusters with the tags RTO and RPO: {listed(tagged)}"
    yield verdict(bool(tagged), workload(stack), evidence)


@check(
    id="dr_test_recent",
    pillar="reliability",
    best_practice="REL13-BP03",
    severity="medium",
    resource_type="AwsResource",
    title="Disaster recovery was tested this quarter",
    needs=(),
    item="REL-7",
    recommendation="Run playbooks/dr_drill.yml with -e drill_mode=execute and attest dr_test with its report in"
    " wa_review_parameters.",
)
def dr_test_recent(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A fresh attestation: a restore alone says nothing of whether people could work from it."""
    said = attestation(stack, parameters, "dr_test")
    yield verdict(said.fresh, workload(stack), said.evidence)


@check(
    id="fis_experiment_present",
    pillar="reliability",
    best_practice="REL12-BP04",
    severity="low",
    resource_type="AwsFisExperimentTemplate",
    title="Failures are rehearsed",
    needs=("fis.experiment_templates", "fis.experiments"),
    role="observability",
    item="REL-8",
    recommendation="Run the observability role: it makes fault injection templates with alarms that stop them; then"
    " start one. Where failure is tested by other means, attest failure_test in wa_review_parameters.",
    source="https://docs.aws.amazon.com/fis/latest/userguide/experiment-templates.html",
)
def fis_experiment_present(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A fresh attestation, or a template of the workload; how often it ran is evidence."""
    said = attestation(stack, parameters, "failure_test")
    if said.fresh:
        yield passed(workload(stack), said.evidence)
        return
    templates = stack.items("fis.experiment_templates")
    runs = len(stack.items("fis.experiments")) if templates else 0
    for template in templates:
        yield passed(_arn(stack, template["id"]), f"{runs} experiments with templates of the workload")
    if not templates:
        yield failed(workload(stack), f"no experiment template is named or tagged like the workload; {said.evidence}")


def _arn(stack: Stack, identifier: str) -> str:
    return f"arn:{stack.partition}:fis:{stack.region}:{stack.account_id}:experiment-template/{identifier}"
