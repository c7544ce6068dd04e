# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodeBuild: https://docs.aws.amazon.com/codebuild/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .reading import Item, tagged

# https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetProjects.html
_AT_ONCE = 100


def projects(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """The projects of these names, with Tags; unknown ones are absent. Values of environment variables are as AWS
    gives them, so that they may be secrets."""
    wanted = sorted(names)
    answers = [
        aws.call("codebuild", "batch_get_projects", names=wanted[start : start + _AT_ONCE])
        for start in range(0, len(wanted), _AT_ONCE)
    ]
    return tagged([one for answer in answers for one in answer.get("projects", [])], "tags")
