# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Elastic Load Balancing v2: what application load balancers refuse, and how AWS gives things back.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/
"""

from __future__ import annotations

from local_aws.service import Service

aws = Service("elbv2")

from local_aws.services.elbv2 import (  # noqa: E402, F401
    access_logs,
    listeners,
    load_balancers,
    rules,
    target_groups,
)
