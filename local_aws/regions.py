# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The partitions and their regions, as botocore knows them."""

from __future__ import annotations

import functools

from botocore.loaders import Loader

GLOBAL_REGION = "us-east-1"


@functools.cache
def partitions() -> dict[str, frozenset[str]]:
    """The regions by partition (``aws``, ``aws-cn``, ``aws-us-gov``, ...)."""
    found = Loader().load_data("partitions")["partitions"]
    return {
        partition["id"]: frozenset(name for name in partition["regions"] if not name.endswith("-global"))
        for partition in found
    }


def is_region(name: str, partition: str = "aws") -> bool:
    return name in partitions()[partition]


@functools.cache
def partition_of(region: str) -> str:
    """The partition of a region; ``aws`` of what is none."""
    return next((name for name, regions in partitions().items() if region in regions), "aws")


@functools.cache
def zones(region: str) -> tuple[str, ...]:
    return tuple(f"{region}{letter}" for letter in "abc")
