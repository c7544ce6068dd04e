# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A snapshot and findings to judge and to report, without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import Check, Finding, Result, check
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.snapshot import Snapshot


@pytest.fixture
def today() -> date:
    return date(2026, 2, 18)


@pytest.fixture
def snapshot() -> Callable[..., Snapshot]:
    """snapshot(collections, errors, region=...) -> a Snapshot."""

    def make(
        collections: dict[str, list[dict[str, Any]]] | None = None,
        errors: dict[str, dict[str, str]] | None = None,
        region: str = "us-east-1",
    ) -> Snapshot:
        return Snapshot(
            account_id="111122223333",
            partition="aws",
            region=region,
            dr_region="us-west-2",
            project="mywebapp",
            environment="prod",
            collected_at="2026-02-18T10:00:00Z",
            collections={key: tuple(items) for key, items in (collections or {}).items()},
            errors=errors or {},
        )

    return make


@pytest.fixture
def make_check() -> Callable[..., Check]:
    """make_check(judge, **metadata) -> a Check; its id is "example" unless given."""

    def make(judge: Callable[[Any, Any], Any] = lambda stack, parameters: (), **metadata: Any) -> Check:
        judge.__name__ = metadata.get("id", "example")
        return check(
            **{
                "id": "example",
                "pillar": "security",
                "best_practice": "SEC08-BP02",
                "severity": "high",
                "resource_type": "AwsS3Bucket",
                "title": "The example is as it should be",
                "needs": ("s3.buckets",),
                "recommendation": "Do it.",
                **metadata,
            }
        )(judge)

    return make


@pytest.fixture
def make_finding(make_check: Callable[..., Check]) -> Callable[..., Finding]:
    """make_finding(result, **metadata of the check) -> a Finding."""

    def make(result: Result, **metadata: Any) -> Finding:
        return Finding.of(make_check(**metadata), result)

    return make
