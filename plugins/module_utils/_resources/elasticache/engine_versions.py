# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Engine versions as AWS takes and gives them: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html

8.0 is asked for and 8.0.1 given back.
"""

from __future__ import annotations

import re

# Since when users authenticate by IAM: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
IAM_SINCE = {"redis": (7, 0), "valkey": (7, 2)}
# Since when TLS is turned on in place:
# https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html
TLS_IN_PLACE_SINCE = {"redis": (7, 0), "valkey": (7, 2)}


def numbers(version: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version or ""))


def same_version(found: str | None, desired: str) -> bool:
    """Found is the version that is asked for, or a patch of it."""
    return found == desired or (found or "").startswith(f"{desired}.")


def older(found: str, asked: str) -> bool:
    """Found is older than what is asked for, as far as that says."""
    wanted = numbers(asked)
    return numbers(found)[: len(wanted)] < wanted


def family(engine: str, version: str) -> str:
    """The family of parameter groups: valkey8 of Valkey 8.0, redis6.x of Redis OSS 6.2."""
    major = numbers(version)[0]
    return f"{engine}{major}.x" if (engine, major) == ("redis", 6) else f"{engine}{major}"
