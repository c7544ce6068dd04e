# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Systems Manager's parameters and documents; no SecureString's value:
https://docs.aws.amazon.com/systems-manager/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item, further

BATCH = 10  # GetParameters takes at most ten names


def parameters(aws: Aws, *, path: str) -> list[Item]:
    """Metadata of the parameters under a path ("/mywebapp/prod/"), without values."""
    wanted = [{"Key": "Path", "Option": "Recursive", "Values": [path.rstrip("/")]}]
    return aws.pages("ssm", "describe_parameters", "Parameters", ParameterFilters=wanted)


def parameter_values(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """String and StringList parameters with Value, Description, Tier and Tags; a SecureString stays encrypted."""
    wanted = sorted(names)
    batches = [wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH)]
    answers = aws.map(lambda batch: aws.call("ssm", "get_parameters", Names=batch)["Parameters"], batches)
    found = {parameter["Name"]: parameter for answer in answers for parameter in answer}
    for metadata in _metadata(aws, batches) if found else []:
        found.get(metadata["Name"], {}).update(metadata)

    def add_tags(parameter: Item) -> None:
        answer = further(
            aws, parameter, "ssm", "list_tags_for_resource", ResourceType="Parameter", ResourceId=parameter["Name"]
        )
        parameter["Tags"] = to_dict(answer["TagList"]) if answer else {}

    aws.map(add_tags, list(found.values()))
    return list(found.values())


def _metadata(aws: Aws, batches: list[list[str]]) -> list[Item]:
    def one(batch: list[str]) -> list[Item]:
        wanted = [{"Key": "Name", "Option": "Equals", "Values": batch}]
        return aws.pages("ssm", "describe_parameters", "Parameters", ParameterFilters=wanted)

    return [item for answer in aws.map(one, batches) for item in answer]


def documents(aws: Aws) -> list[Item]:
    """Documents of this account."""
    return aws.pages("ssm", "list_documents", "DocumentIdentifiers", Filters=[{"Key": "Owner", "Values": ["Self"]}])
