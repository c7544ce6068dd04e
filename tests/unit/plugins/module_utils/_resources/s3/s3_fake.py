# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

"""A secured and a bare bucket as _describe gives them, and who keeps the calls."""

from __future__ import annotations

from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.s3 import s3_bucket
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.s3.bucket_policy import TLS_SID
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.s3.s3_bucket import read

ARN = "arn:aws:s3:::b"
TLS = {
    "Sid": TLS_SID,
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": [ARN, f"{ARN}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
THEIRS = {"Sid": "Theirs", "Effect": "Allow", "Principal": {"AWS": "x"}, "Action": "s3:GetObject", "Resource": ARN}
RULE = {
    "ID": "expire-noncurrent-versions",
    "Status": "Enabled",
    "Filter": {"Prefix": ""},
    "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
}
BARE = {
    "Name": "b",
    "Arn": ARN,
    "BucketRegion": "eu-west-1",
    "PublicAccessBlock": None,
    "Policy": None,
    "Versioning": "Off",
    "Encryption": None,
    "Lifecycle": None,
    "Ownership": None,
    "Tags": {},
}
SECURED = {
    **BARE,
    "PublicAccessBlock": dict.fromkeys(s3_bucket.BLOCKS, True),
    "Policy": {"Statement": [TLS]},
    "Versioning": "Enabled",
    "Encryption": [
        {
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "arn:k"},
            "BucketKeyEnabled": True,
        }
    ],
    "Lifecycle": [RULE],
    "Ownership": "BucketOwnerEnforced",
}
DESIRED = {
    "name": "b",
    "tags": {},
    "block_public_access": True,
    "object_ownership": "BucketOwnerEnforced",
    "versioning": True,
    "kms_key": "arn:k",
    "bucket_key": True,
    "tls_only": True,
    "noncurrent_days": 30,
}


class Aws:
    region = "eu-west-1"

    def __init__(self):
        self.calls = []

    def call(self, service, operation, **parameters):
        self.calls.append((operation, parameters))

    call_once = call


def found(monkeypatch, **changes):
    """The state of the secured bucket with these parts changed."""
    monkeypatch.setattr(s3_bucket.s3, "add_parts", lambda aws, wanted: None)
    monkeypatch.setattr(s3_bucket.s3, "buckets", lambda aws, names, parts: [{**SECURED, **changes}])
    return read(Aws(), [{"name": "b"}])["b"]
