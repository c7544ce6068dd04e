# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EC2 networking: what AWS refuses and moto lets pass, and regional NAT gateways."""

from __future__ import annotations

from local_aws.service import Service

aws = Service("ec2")

from local_aws.services.ec2 import (  # noqa: E402, F401, I001 the form of ids is looked at first
    ids,
    endpoints,
    flow_logs,
    nat_gateways,
    network_acls,
    networks,
    routes,
    security_groups,
)
