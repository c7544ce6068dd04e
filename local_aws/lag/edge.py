# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reads of CloudFront, WAF and Route 53 that lag behind writes.

WAF: https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateWebACL.html ("Temporary inconsistencies"). CloudFront
and Route 53's zones promise nothing of the sort, and lag too. Records never do:
https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html lists what is PENDING.
"""

from __future__ import annotations

from local_aws.lag.kinds import Kind, Listed, Single

_TAGGED = ("TagResource", "UntagResource")


def _of_cloudfront(thing: str, plural: str, key: str = "Id", missing: str = "") -> tuple[Kind, ...]:
    """The read of one and the list of all. key: what identifies an item of the list."""
    writes = (f"Create{thing}*", f"Update{thing}", f"Delete{thing}")
    return (
        Single(
            service="cloudfront", operation=f"Get{thing}", asks=("Id",), made=f"{thing}.Id", writes=writes,
            missing=(missing or f"NoSuch{thing}", "The specified resource does not exist.", 404),
        ),
        Listed(
            service="cloudfront", operation=f"List{plural}", items=f"{thing}List.Items", id=(key,), writes=writes,
        ),
    )  # fmt: skip


def _of_acls(thing: str, plural: str) -> tuple[Kind, ...]:
    writes = (f"Create{thing}", f"Update{thing}", f"Delete{thing}")
    return (
        Single(
            service="wafv2", operation=f"Get{thing}", asks=("Name", "Scope", "Id"), made="Summary.Id", writes=writes,
            missing=("WAFNonexistentItemException", "AWS WAF couldn't perform the operation because your resource "
                     "doesn't exist.", 400),
        ),
        Listed(service="wafv2", operation=f"List{plural}", items=plural, id=("Id",), within="Scope", writes=writes),
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    *_of_cloudfront("Distribution", "Distributions"),
    *_of_cloudfront("OriginAccessControl", "OriginAccessControls"),
    *_of_cloudfront("CachePolicy", "CachePolicies", "CachePolicy.Id"),
    *_of_cloudfront("ResponseHeadersPolicy", "ResponseHeadersPolicies", "ResponseHeadersPolicy.Id"),
    *_of_cloudfront("VpcOrigin", "VpcOrigins", missing="EntityNotFound"),
    Single(
        service="cloudfront", operation="ListTagsForResource", asks=("Resource",), writes=_TAGGED,
    ),
    *_of_acls("WebACL", "WebACLs"),
    *_of_acls("IPSet", "IPSets"),
    Single(
        service="wafv2", operation="GetLoggingConfiguration", asks=("ResourceArn",),
        named_by={"ResourceArn": ("ResourceArn", "LoggingConfiguration.ResourceArn")},
        writes=("PutLoggingConfiguration", "DeleteLoggingConfiguration"),
    ),
    Single(
        service="wafv2", operation="GetWebACLForResource", asks=("ResourceArn",),
        writes=("AssociateWebACL", "DisassociateWebACL"),
    ),
    Single(
        service="wafv2", operation="ListTagsForResource", asks=("ResourceARN",), writes=_TAGGED,
    ),
    Listed(
        service="route53", operation="ListHostedZones", items="HostedZones", id=("Id",),
        writes=("CreateHostedZone", "DeleteHostedZone"),
    ),
)  # fmt: skip
