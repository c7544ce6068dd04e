# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tags of things whose own service gives none in its lists:
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .._engine.aws import Aws
from .reading import Item, tagged

BATCH = 100  # ARNs that GetResources takes


def resources(aws: Aws, *, arns: Collection[str]) -> list[Item]:
    """{ResourceARN, Tags} of the named things that are or were tagged. All of them lie in aws's region."""
    wanted = sorted(arns)
    batches = [wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH)]
    answers = aws.map(
        lambda batch: aws.call("resourcegroupstaggingapi", "get_resources", ResourceARNList=batch), batches
    )
    return tagged([one for answer in answers for one in answer["ResourceTagMappingList"]])


def with_tags(aws: Aws, tags: Mapping[str, str]) -> list[Item]:
    """{ResourceARN, Tags} of the things of the region that carry all these tags."""
    wanted = [{"Key": key, "Values": [value]} for key, value in tags.items()]
    found = aws.pages("resourcegroupstaggingapi", "get_resources", "ResourceTagMappingList", TagFilters=wanted)
    return tagged(found)
