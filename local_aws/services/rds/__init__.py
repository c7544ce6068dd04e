# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""RDS: Aurora as AWS runs it, on moto's clusters and instances.

moto's objects carry what it does not know as attributes of the API's name in snake case (its serializer shows
them); rules check before, and set those attributes after.
"""

from __future__ import annotations

from local_aws.service import Service

aws = Service("rds")

from local_aws.services.rds import (  # noqa: E402, F401
    backups,
    cluster_changes,
    cluster_endpoints,
    cluster_roles,
    clusters,
    engines,
    events,
    global_clusters,
    instance_parameters,
    instances,
    parameters,
    reservations,
    snapshots,
    states,
    stopping,
    subnets,
    windows,
)
