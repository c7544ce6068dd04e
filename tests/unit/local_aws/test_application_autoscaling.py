# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Application Auto Scaling: a target that is not there yet, changes that collide, and the bounds of readers."""

from __future__ import annotations

import pytest

TARGET = {
    "ServiceNamespace": "rds",
    "ResourceId": "cluster:web",
    "ScalableDimension": "rds:cluster:ReadReplicaCount",
}
POLICY = {
    "PolicyName": "cpu",
    "PolicyType": "TargetTrackingScaling",
    "TargetTrackingScalingPolicyConfiguration": {
        "TargetValue": 50.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "RDSReaderAverageCPUUtilization"},
    },
}


@pytest.fixture
def scaling(client):
    return client("application-autoscaling")


def test_a_new_target_takes_no_policy_for_a_while(scaling, control, refused):
    control.settings(scaling_polls=2)
    scaling.register_scalable_target(MinCapacity=1, MaxCapacity=3, **TARGET)
    for _unused in range(2):
        assert refused(scaling.put_scaling_policy, **TARGET, **POLICY) == "ObjectNotFoundException"
    assert scaling.put_scaling_policy(**TARGET, **POLICY)["PolicyARN"]
    scaling.register_scalable_target(MaxCapacity=4, **TARGET)
    assert scaling.put_scaling_policy(**TARGET, **POLICY)["PolicyARN"]


def test_changes_collide(scaling, control, refused):
    control.settings(scaling_conflicts=1)
    bounds = {"MinCapacity": 1, "MaxCapacity": 3, **TARGET}
    assert refused(scaling.register_scalable_target, **bounds) == "ConcurrentUpdateException"
    assert scaling.register_scalable_target(**bounds)["ScalableTargetARN"]


def test_an_aurora_cluster_has_at_most_15_readers(scaling, refused):
    bounds = {"MinCapacity": 1, "MaxCapacity": 16, **TARGET}
    assert refused(scaling.register_scalable_target, **bounds) == "ValidationException"
