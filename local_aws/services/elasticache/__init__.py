# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ElastiCache: replication groups with their members, users and their groups, subnet and parameter groups, states.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/. Things are kept where moto keeps its own, so that
the tagging API finds them. Only groups with cluster mode disabled are emulated; snapshots are moto's.
"""

from __future__ import annotations

from local_aws.service import Service

aws = Service("elasticache")

from local_aws.services.elasticache import (  # noqa: E402, F401 - they register with aws
    clusters,
    engines,
    group_changes,
    groups,
    parameters,
    states,
    subnets,
    tags,
    user_groups,
    users,
)
