# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is refused of a service before anything is changed."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ecs import ecs_preflight
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2

DOMAIN = "app.example.com"
RECORD = {"name": "_1.app.example.com.", "type": "CNAME", "value": "_2.acm-validations.aws."}
WANTED: dict[str, Any] = {
    "expect": {},
    "http_kept": False,
    "deployment_strategy": "BLUE_GREEN",
    "load_balancer": "shop-alb",
    "target_groups": ["shop-tg"],
    "certificate": DOMAIN,
    "cpu": 1024,
    "memory": 2048,
    "containers": [{"name": "app", "image": "app:1"}],
    "capacity_provider_strategy": [],
    "min_capacity": 4,
    "max_capacity": 10,
}


class Certificates:
    """ACM as it answers: the status of the one certificate, or none."""

    def __init__(self, status: str | None) -> None:
        self.status = status

    def read(self, _aws: Any, _items: Any) -> dict[str, Any]:
        return {DOMAIN: {"status": self.status, "validation_records": [RECORD]}} if self.status else {}

    name = "acm_certificate"


def refused(monkeypatch: pytest.MonkeyPatch, status: str | None, **context: Any) -> tuple[list[str], list[str]]:
    """Reasons and what is awaited."""
    monkeypatch.setattr(ecs_preflight, "ACM_CERTIFICATE", Certificates(status))
    given = Context(aws=Ec2(), **{"check_mode": False, "planned": {}, **context})
    try:
        ecs_preflight.preflight(given, WANTED)
    except Refusal as refusal:
        return list(refusal.reasons), given.awaited
    return [], given.awaited


def test_an_issued_certificate_will_do(monkeypatch):
    assert refused(monkeypatch, "ISSUED") == ([], [])


@pytest.mark.parametrize(
    ("status", "words"), [(None, "the role edge makes it"), ("PENDING_VALIDATION", "CNAME _1.app.example.com.")]
)
def test_one_that_is_not_issued_is_refused_and_awaited_before_any_role_has_run(monkeypatch, status, words):
    reasons, awaited = refused(monkeypatch, status)
    assert len(reasons) == 1 and words in reasons[0] and awaited == []
    assert refused(monkeypatch, status, planned={"ahead": {}}) == ([], reasons)


def test_one_that_an_earlier_task_would_make_is_foretold_in_check_mode_alone(monkeypatch):
    planned = {"acm_certificate": {DOMAIN: {}}}
    assert refused(monkeypatch, None, planned=planned, check_mode=True) == ([], [])
    assert len(refused(monkeypatch, None, planned=planned)[0]) == 1
