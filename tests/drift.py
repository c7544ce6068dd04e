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


def rounds(drifts: Sequence[Any]) -> list[list[Any]]:
    """The drifts in as few rounds as it takes for each to be alone in its task, so that no two touch one thing."""
    found: list[list[Any]] = []
    for drift in drifts:
        free = next((one for one in found if drift.task not in {other.task for other in one}), None)
        if free is None:
            found.append([drift])
        else:
            free.append(drift)
    return found


def of_each_task(role: str) -> list[Any]:
    """The first drift of each task of the role."""
    return rounds(import_module(f"tests.integration.{role}.drifts").DRIFTS)[0]


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
