# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand, and `python -m tests.drift put|verify ROLE...` for molecule.

Each role's table of drifts is tests/integration/ROLE/drifts.py; a molecule scenario takes the first drift of
each task, so that no two touch the same thing. It looks at the account of AWS_ENDPOINT_URL.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from tests.playbook_run import LocalStack


def of_each_task(role: str) -> list[Any]:
    """The first drift of each task of the role."""
    first: dict[str, Any] = {}
    for drift in import_module(f"tests.integration.{role}.drifts").DRIFTS:
        first.setdefault(drift.task, drift)
    return list(first.values())


def main(arguments: Sequence[str]) -> int:
    """Put the drifts of the roles into the account, or see that none is left there; the exit status."""
    action, *roles = arguments
    boto = LocalStack(os.environ["AWS_ENDPOINT_URL"]).boto
    left = []
    for role in roles:
        names = import_module(f"tests.integration.{role}.drifts").NAMES
        for drift in of_each_task(role):
            if action == "put":
                drift.put_in(boto, names)
                sys.stdout.write(f"{role}: {drift.name}\n")
            elif not drift.repaired(boto, names):
                left.append(f"{role}: {drift.name}")
    sys.stdout.write("".join(f"{line}\n" for line in left))
    return bool(left)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
