# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cache and service in the DR region beside the primary's: another host, the same names, one account."""

from __future__ import annotations

from tests.described import described, differences
from tests.playbook_run import LocalStack

PRIMARY, DR = "us-east-1", "us-west-2"
BEFORE = ("playbooks/roles/secrets.yml", "playbooks/roles/network.yml", "playbooks/domain.yml")
ROLES = ("playbooks/roles/cache.yml", "playbooks/roles/ecs_service.yml")


def changes(stack: LocalStack, region: str, *playbooks: str) -> list[str]:
    """The tasks that change something in a run for that region."""
    values = {"stack_region": region, "stack_dr_region": DR, "ecs_service_secrets": []}
    return [task for one in playbooks for task in stack.play(one, extra_vars=values).ok().changed_tasks]


def test_a_run_for_the_dr_region_leaves_the_primarys_as_it_is(stack: LocalStack) -> None:
    assert changes(stack, PRIMARY, *BEFORE, *ROLES)
    before = described(stack)[PRIMARY]
    assert changes(stack, DR, *BEFORE, *ROLES)
    assert differences(before, described(stack)[PRIMARY]) == []
    for region in (PRIMARY, DR):
        assert changes(stack, region, *ROLES) == [], region
        service = stack.boto("ecs", region).describe_services(
            cluster="mywebapp-prod-cluster", services=["mywebapp-prod-service"]
        )["services"][0]
        assert service["runningCount"] == service["desiredCount"] == 4
        (group,) = stack.boto("elasticache", region).describe_replication_groups()["ReplicationGroups"]
        assert group["ARN"].split(":")[3] == region and group["Status"] == "available"
