# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reads of ECS and ECR that lag behind writes.

ECS: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html ("eventual consistency model"). ECR
promises nothing of the sort, and lags too. The newest revision of a family is seen late, one that is asked for by its
number at once.
"""

from __future__ import annotations

from local_aws.lag.kinds import Kind, Listed, Single

_TAGGED = ("TagResource", "UntagResource")
_CLUSTER = ("cluster", "clusterName")


def _last(name: str) -> str:
    """A cluster or service by name or ARN."""
    return name.rpartition("/")[2]


def _of_clusters(*include: str) -> Kind:
    return Single(
        service="ecs", operation="DescribeClusters", asks=("clusters",), lists=("clusters",), short=_last,
        named_by={"clusters": _CLUSTER}, given={"include": list(include)},
        writes=("CreateCluster", "UpdateCluster", "DeleteCluster", "PutClusterCapacityProviders"),
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    _of_clusters("SETTINGS", "TAGS"),
    _of_clusters("SETTINGS", "CONFIGURATIONS", "TAGS"),
    Single(
        service="ecs", operation="DescribeServices", asks=("cluster", "services"), lists=("services",), short=_last,
        named_by={"services": ("service", "serviceName")}, given={"include": ["TAGS"]},
        writes=("CreateService", "UpdateService", "DeleteService"),
    ),
    Single(
        service="ecs", operation="DescribeTaskDefinition", asks=("taskDefinition",), given={"include": ["TAGS"]},
        named_by={"taskDefinition": ("family",)}, writes=("RegisterTaskDefinition",),
    ),
    Listed(
        service="ecr", operation="DescribeRepositories", items="repositories", id=("repositoryName",),
        names=("repositoryNames",), missing=("RepositoryNotFoundException", "{id} does not exist", 400),
        writes=("*Repository", "PutImageScanningConfiguration", "PutImageTagMutability"),
    ),
    Single(
        service="ecr", operation="GetLifecyclePolicy", asks=("repositoryName",), writes=("*LifecyclePolicy",),
    ),
    Single(
        service="ecr", operation="ListTagsForResource", asks=("resourceArn",), writes=_TAGGED, tags="tags",
    ),
)  # fmt: skip
