# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The regions of the aws partition, as botocore knows them."""

from __future__ import annotations

import functools

from botocore.loaders import Loader

GLOBAL_REGION = "us-east-1"


@functools.cache
def regions() -> frozenset[str]:
    partitions = Loader().load_data("partitions")["partitions"]
    return frozenset(name for name in partitions[0]["regions"] if name != "aws-global")


def is_region(name: str) -> bool:
    return name in regions()


@functools.cache
def zones(region: str) -> tuple[str, ...]:
    return tuple(f"{region}{letter}" for letter in "abc")
