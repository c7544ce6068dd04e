# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Additional metrics of a distribution.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.cloudfront import aws, common, distributions

NAME = "monitoring_subscriptions"


def _found(call: Any, distribution: str) -> dict[str, Any]:
    distributions.found(call, distribution)
    one = common.store(call, NAME).get(distribution)
    if one is None:
        message = "A monitoring subscription does not exist for the specified distribution."
        raise Refusal("NoSuchMonitoringSubscription", message, 404)
    return one


@aws.adds
def create_monitoring_subscription(
    call: Any, *, distribution_id: str, monitoring_subscription: dict[str, Any]
) -> dict[str, Any]:
    distributions.found(call, distribution_id)
    if distribution_id in common.store(call, NAME):
        message = "A monitoring subscription already exists for the specified distribution."
        raise Refusal("MonitoringSubscriptionAlreadyExists", message, 409)
    common.store(call, NAME)[distribution_id] = monitoring_subscription
    return {"MonitoringSubscription": monitoring_subscription}


@aws.adds
def get_monitoring_subscription(call: Any, *, distribution_id: str) -> dict[str, Any]:
    return {"MonitoringSubscription": _found(call, distribution_id)}


@aws.adds
def delete_monitoring_subscription(call: Any, *, distribution_id: str) -> None:
    _found(call, distribution_id)
    del common.store(call, NAME)[distribution_id]
