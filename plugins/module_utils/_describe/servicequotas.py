# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Service Quotas: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/"""

from __future__ import annotations

from .._engine.aws import Aws


def quota(aws: Aws, service: str, code: str) -> float:
    """The account's value of a quota in the region, as it was raised or not. code: L- and eight characters."""
    answer = aws.call("service-quotas", "get_service_quota", ServiceCode=service, QuotaCode=code)
    return float(answer["Quota"]["Value"])
