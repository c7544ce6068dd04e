# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS on Fargate: what moto lacks or does otherwise. Services and their deployments are kept here, whole."""

from local_aws.service import Service

aws = Service("ecs")

from local_aws.services.ecs import clusters, deployment_calls, services, task_definitions  # noqa: E402

__all__ = ["aws", "clusters", "deployment_calls", "services", "task_definitions"]
