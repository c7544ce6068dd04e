# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks import sizing


@pytest.mark.parametrize(
    ("kind", "gib", "smaller"),
    [
        ("db.r6g.large", 16, "db.t4g.medium"),
        ("db.r6g.xlarge", 32, "db.r6g.large"),
        ("db.r6g.2xlarge", 64, "db.r6g.xlarge"),
        ("db.t4g.large", 8, "db.t4g.medium"),
        ("db.t4g.medium", 4, None),
        ("db.z9.large", None, "db.t4g.medium"),
        ("db.serverless", None, "db.t4g.medium"),
    ],
)
def test_classes(kind, gib, smaller):
    assert sizing.memory_gib(kind) == gib
    assert sizing.smaller_class(kind) == smaller


@pytest.mark.parametrize(
    ("cpu", "memory", "good"),
    [
        (256, 512, True),
        (256, 4096, False),
        (2048, 256, False),
        (2048, 4096, True),
        (2048, 4097, False),
        (8192, 20480, True),
        (8192, 17408, False),
        (65536, 1, True),
    ],
)
def test_fargate_pairs(cpu, memory, good):
    assert sizing.fargate_pair(cpu, memory) is good


@pytest.mark.parametrize(
    ("cpu", "memory", "size"),
    [(100, 100, (512, 1024)), (513, 100, (1024, 2048)), (400, 3000, (512, 3072)), (99999, 1, (16384, 122880))],
)
def test_fitting(cpu, memory, size):
    assert sizing.fitting(cpu, memory) == size


def test_prices():
    assert sizing.difference("aurora.db.r6g.large", "aurora.db.t4g.medium") == -136.51
    assert sizing.difference("aurora.db.r6g.large", "aurora.db.z9.large") is None
    arm = {"runtimePlatform": {"cpuArchitecture": "ARM64"}}
    assert sizing.fargate_usd({"desiredCount": 1}, {}, 1024, 2048) == 36.04
    assert sizing.fargate_usd({"desiredCount": 1}, arm, 1024, 2048) == 28.84
    spot = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    assert sizing.fargate_usd({"desiredCount": 1, "capacityProviderStrategy": spot}, {}, 1024, 2048) == 10.82


def test_use_is_of_the_very_dimensions():
    seen = [{"MetricName": "CPUUtilization", "Dimensions": {"A": "b"}, "Average": 1.0, "Maximum": 2.0}]
    assert sizing.use(seen, "CPUUtilization", A="b") == (1.0, 2.0)
    assert sizing.use(seen, "CPUUtilization", A="c") == (None, None)
