# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""DB cluster parameter groups: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html"""

from __future__ import annotations

from ..._describe import rds
from .db_parameters import parameter_group

DB_CLUSTER_PARAMETER_GROUP = parameter_group(
    "db_cluster_parameter_group",
    "DBClusterParameterGroup",
    groups=rds.db_cluster_parameter_groups,
    parameters=rds.db_cluster_parameters,
)
