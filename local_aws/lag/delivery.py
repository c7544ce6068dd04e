# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reads of CodeConnections, CodeBuild, CodePipeline and EventBridge that lag behind writes.

The first three promise nothing of the sort, and lag too; of rules: "When you create a rule, allow a short period of
time for changes to take effect", https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
"""

from __future__ import annotations

from local_aws.lag.kinds import Kind, Listed, Single


def _last(name: str) -> str:
    """A pipeline or rule by name or ARN."""
    return name.rpartition(":")[2].rpartition("/")[2]


def _of_pipeline(operation: str, parameter: str, *writes: str, tags: str = "", asked: str = "{id}") -> Kind:
    return Single(
        service="codepipeline", operation=operation, asks=(parameter,), short=_last, asked=asked, tags=tags,
        named_by={parameter: (parameter, "name", "pipeline.name")},
        writes=("CreatePipeline", "DeletePipeline", *writes),
    )  # fmt: skip


def _of_rule(operation: str, parameter: str, *writes: str, tags: str = "", asked: str = "{id}") -> Kind:
    return Single(
        service="events", operation=operation, asks=(parameter,), short=_last, asked=asked, tags=tags,
        named_by={parameter: (parameter, "Name", "Rule")}, writes=("PutRule", "DeleteRule", *writes),
    )  # fmt: skip


_TAGGED = ("TagResource", "UntagResource")

KINDS: tuple[Kind, ...] = (
    Listed(
        service="codeconnections", operation="ListConnections", items="Connections", id=("ConnectionArn",),
        asks={"ProviderTypeFilter": "ProviderType"}, writes=("*Connection",),
    ),
    Single(
        service="codeconnections", operation="ListTagsForResource", asks=("ResourceArn",), made="ConnectionArn",
        writes=("CreateConnection", *_TAGGED), tags="Tags",
    ),
    Listed(
        service="codebuild", operation="BatchGetProjects", items="projects", id=("name",), names=("names",),
        within="names", unknown="projectsNotFound", writes=("*Project",),
    ),
    _of_pipeline("GetPipeline", "name", "UpdatePipeline"),
    _of_pipeline(
        "ListTagsForResource", "resourceArn", *_TAGGED, tags="tags",
        asked="arn:aws:codepipeline:{region}:{account}:{id}",
    ),
    _of_rule("DescribeRule", "Name", "EnableRule", "DisableRule"),
    _of_rule("ListTargetsByRule", "Rule", "*Targets"),
    _of_rule(
        "ListTagsForResource", "ResourceARN", *_TAGGED, tags="Tags",
        asked="arn:aws:events:{region}:{account}:rule/{id}",
    ),
)  # fmt: skip
