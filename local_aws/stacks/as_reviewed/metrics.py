# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Fourteen days of what AWS's own services would have measured: a stack with little to do.

AWS refuses ``PutMetricData`` into its own namespaces; an emulator takes it.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator
from itertools import batched
from typing import Any

from local_aws.stacks.as_reviewed.building import Building

DAYS = 14
GIB = 1024**3
Curve = Callable[[datetime.datetime], float]


def build(stack: Building) -> None:
    pass
