# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Storage type, Serverless v2 capacity and life cycle of a cluster.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html and
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html; that a switch to
aurora-iopt1 is refused for 30 days after the last one: https://github.com/aws/aws-cdk/issues/27212 and
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.rds import catalogue, common

OPTIMIZED = "aurora-iopt1"
_SUPPORT = ("open-source-rds-extended-support", "open-source-rds-extended-support-disabled")
# Parameters that moto does not take as AWS means them.
OURS = ("EngineLifecycleSupport", "ServerlessV2ScalingConfiguration", "StorageType")
DEFAULTS = {"EngineLifecycleSupport": _SUPPORT[0], "StorageType": "aurora"}
_OUT_OF_STANDARD_SUPPORT = ("aurora-mysql5.7",)


def check(params: Mapping[str, Any], version: str, current: Any = None) -> None:
    kind = params.get("StorageType")
    if kind not in (None, "aurora", OPTIMIZED):
        raise common.combination(f"Storage type {kind} isn't supported for {catalogue.ENGINE}.")
    if kind == OPTIMIZED and catalogue.minor(version) < (3, 3):
        raise common.combination(f"Storage type {kind} isn't supported for engine version {version}.")
    if kind == OPTIMIZED and current is not None and current.storage_type != OPTIMIZED:
        again = getattr(current, "io_optimized_next_allowed_modification_time", None)
        if again and again > datetime.datetime.now(datetime.UTC):
            raise Refusal(
                "StorageTypeNotAvailableFault",
                f"You can't modify the storage type of this DB cluster yet. Try again after {again.isoformat()}.",
                400,
            )
    support = params.get("EngineLifecycleSupport")
    if support not in (None, *_SUPPORT):
        raise common.value(f"Invalid engine lifecycle support {support}. Valid values are {', '.join(_SUPPORT)}.")
    if support == _SUPPORT[1] and current is None and catalogue.family(version) in _OUT_OF_STANDARD_SUPPORT:
        raise common.combination(f"Engine version {version} is past its end of standard support.")
    if "ServerlessV2ScalingConfiguration" in params:
        known = getattr(current, "serverless_v2_scaling_configuration", None) or {}
        _check_capacity({**known, **params["ServerlessV2ScalingConfiguration"]}, version)


def _check_capacity(capacity: Mapping[str, Any], version: str) -> None:
    low, high = capacity.get("MinCapacity"), capacity.get("MaxCapacity")
    if low is None or high is None:
        raise common.value(
            "Both MinCapacity and MaxCapacity must be specified when you initialize Serverless v2 scaling "
            "configuration."
        )
    pauses = catalogue.minor(version) >= (3, 8)
    least = 0 if pauses else 0.5
    if not least <= low <= 256 or not 1 <= high <= 256 or any(x * 2 % 1 for x in (low, high)):
        raise common.value(
            f"Serverless v2 capacity doesn't have a valid range: {low} to {high}. It goes from {least} to 256 in half "
            "steps."
        )
    if low > high:
        raise common.value("Serverless v2 minimum capacity must be less than or equal to the maximum capacity.")
    pause = capacity.get("SecondsUntilAutoPause")
    if pause is not None and not 300 <= pause <= 86400:
        raise common.value("SecondsUntilAutoPause must lie between 300 and 86,400.")


def set_on(cluster: Any, params: Mapping[str, Any]) -> None:
    """Write it on moto's cluster; the storage type aurora isn't returned."""
    if "StorageType" in params:
        kind = params["StorageType"] if params["StorageType"] == OPTIMIZED else None
        if kind and cluster.storage_type != OPTIMIZED:
            later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)
            cluster.io_optimized_next_allowed_modification_time = later
        cluster.storage_type = kind
    if "EngineLifecycleSupport" in params:
        cluster.engine_lifecycle_support = params["EngineLifecycleSupport"]
    if "ServerlessV2ScalingConfiguration" in params:
        known = cluster.serverless_v2_scaling_configuration or {}
        cluster.serverless_v2_scaling_configuration = {**known, **params["ServerlessV2ScalingConfiguration"]}
