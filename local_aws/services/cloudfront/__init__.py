# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFront: the whole document of a distribution is kept, versions are checked, what is named must be there.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/
"""

from __future__ import annotations

from local_aws.service import Service

aws = Service("cloudfront")

from local_aws.services.cloudfront import (  # noqa: E402, F401
    access_controls,
    distributions,
    monitoring,
    policies,
    tags,
    vpc_origins,
)
