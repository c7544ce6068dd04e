# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What cannot stand before an application, said at once and before anything is changed.

https://docs.aws.amazon.com/waf/latest/developerguide/limits.html (the capacity of web ACLs) and
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html (certificates)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._describe import acm
from ..._describe.partitions import at_home
from ..._engine.aws import Aws
from ..._engine.context import Context
from ..._engine.errors import AwsError, Refusal
from ..acm.acm_certificate import ISSUED, not_issued
from ..wafv2.common import CLOUDFRONT
from ..wafv2.web_acl import prepared


def preflight(context: Context, wanted: Mapping[str, Any]) -> None:
    """wanted: the module's options. Errors: Refusal with every reason."""
    reasons = [reason for acl in wanted["web_acls"] for reason in _acl_reasons(context.aws, acl)]
    if wanted["certificate"]:
        reasons += _certificate_reasons(context.aws, wanted["certificate"])
    if reasons:
        raise Refusal(reasons)


def _acl_reasons(aws: Aws, acl: Mapping[str, Any]) -> list[str]:
    try:
        prepared(at_home(aws) if acl["scope"] == CLOUDFRONT else aws, [dict(acl)])
    except Refusal as refusal:
        return list(refusal.reasons)
    return []


def _certificate_reasons(aws: Aws, arn: str) -> list[str]:
    home = at_home(aws).region
    if arn.split(":")[2:4] != ["acm", home]:
        return [f"certificate {arn} is not of {home}, where CloudFront looks for it"]
    try:
        (found,) = acm.certificates(aws, arns=[arn])
    except AwsError as error:
        if not error.missing:
            raise
        return [f"certificate {arn} does not exist; check the ARN and the account"]
    return [] if found["Status"] == ISSUED else [not_issued(found)]
