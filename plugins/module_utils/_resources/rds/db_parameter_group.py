# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""DB parameter groups, of instances: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html"""

from __future__ import annotations

from ..._describe import rds
from .db_parameters import parameter_group

DB_PARAMETER_GROUP = parameter_group(
    "db_parameter_group", "DBParameterGroup", groups=rds.db_parameter_groups, parameters=rds.db_parameters
)
