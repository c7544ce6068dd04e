# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""S3: what AWS refuses and moto lets pass."""

from __future__ import annotations

from local_aws.service import Service

aws = Service("s3")

from local_aws.services.s3 import access, buckets, replication  # noqa: E402, F401
