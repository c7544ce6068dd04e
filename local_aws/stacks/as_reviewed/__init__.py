# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""mywebapp-prod in us-east-1 as the review of February 18, 2026 found it.

Everything that the review's six "Current State" sections describe is made, and nothing of what they miss:
no alarms, dashboards, pipeline, traces, flow logs, trail, detectors, backup plan, cache, scaling, secrets,
web ACL, certificate, budget or cost tags. The database password is new at each load, and stands in plain
text where the review found it: in the task's environment and in the Terraform state.

    >>> from local_aws.stacks import as_reviewed
    >>> stack = as_reviewed.load("http://127.0.0.1:4566")
    >>> stack["password"], stack["vpc_id"], stack["ids"]["subnets"]["database"]
"""

from __future__ import annotations

from typing import Any

from local_aws.stacks.as_reviewed import (
    compute,
    database,
    distribution,
    load_balancer,
    metrics,
    network,
    storage,
)
from local_aws.stacks.as_reviewed.building import ENVIRONMENT, PROJECT, REGION, AlreadyLoaded, Building

__all__ = ["ENVIRONMENT", "PROJECT", "REGION", "AlreadyLoaded", "load"]


def load(endpoint_url: str) -> dict[str, Any]:
    """Make the stack behind this endpoint, and say what was made.

    Raises AlreadyLoaded, before anything is made, where a VPC of that name exists.
    """
    building = Building(endpoint_url)
    building.refuse_second_load()
    # Each part needs those before it; a service is refused while its target group has no listener.
    for part in (network, storage, database, load_balancer, compute, distribution, metrics):
        part.build(building)
    storage.write_terraform_state(building)
    return building.result()
