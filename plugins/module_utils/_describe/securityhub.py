# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Security Hub, both products: CSPM (DescribeHub) and the new one (DescribeSecurityHubV2).

https://docs.aws.amazon.com/securityhub/1.0/APIReference/
"""

from __future__ import annotations

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .reading import Item

# InvalidAccessException is how CSPM says that the account has not enabled it.
_ABSENT = frozenset({"InvalidAccessException", "ResourceNotFoundException"})


def hubs(aws: Aws) -> list[Item]:
    """The hubs that are enabled: Product ("cspm" or "v2") and the answer. Empty: neither is."""
    found: list[Item] = []
    for product, operation in (("cspm", "describe_hub"), ("v2", "describe_security_hub_v2")):
        try:
            found.append({"Product": product, **aws.call("securityhub", operation)})
        except AwsError as error:
            if error.code not in _ABSENT:
                raise
    return found
