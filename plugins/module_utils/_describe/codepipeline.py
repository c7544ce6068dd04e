# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodePipeline: https://docs.aws.amazon.com/codepipeline/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item


def pipelines(aws: Aws) -> list[Item]:
    """Every pipeline: name, version, created, updated."""
    return aws.pages("codepipeline", "list_pipelines", "pipelines")
