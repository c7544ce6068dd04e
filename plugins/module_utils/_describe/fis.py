# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Fault Injection Service: https://docs.aws.amazon.com/fis/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item, tagged


def experiment_templates(aws: Aws) -> list[Item]:
    """Experiment templates with Tags."""
    return tagged(aws.pages("fis", "list_experiment_templates", "experimentTemplates"), "tags")


def experiments(aws: Aws) -> list[Item]:
    """Experiments with state and creationTime."""
    return tagged(aws.pages("fis", "list_experiments", "experiments"), "tags")
