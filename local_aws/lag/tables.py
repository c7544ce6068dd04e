# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""All reads that lag, and their names."""

from __future__ import annotations

from local_aws.lag import delivery, ec2, ecs, edge, elasticache, elbv2, services
from local_aws.lag.kinds import Kind

KINDS: tuple[Kind, ...] = (
    *delivery.KINDS, *ec2.KINDS, *ecs.KINDS, *edge.KINDS, *elasticache.KINDS, *elbv2.KINDS, *services.KINDS
)  # fmt: skip
READS = tuple(sorted({kind.name for kind in KINDS}))
