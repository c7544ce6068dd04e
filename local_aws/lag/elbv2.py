# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reads that lag behind writes of load balancers, and of the certificates that they serve with.

What a change of a listener or a rule does is seen at once: the change does not name the load balancer that the read
lists them for.
"""

from __future__ import annotations

from local_aws.lag.kinds import Kind, Listed, Single

KINDS: tuple[Kind, ...] = (
    Listed(
        service="elbv2", operation="DescribeLoadBalancers", items="LoadBalancers", id=("LoadBalancerArn",),
        names=("LoadBalancerArns",), asks={"Names": "LoadBalancerName"},
        missing=("LoadBalancerNotFound", "One or more load balancers not found", 400),
        writes=("*LoadBalancer", "SetSubnets", "SetSecurityGroups", "SetIpAddressType"),
    ),
    Single(
        service="elbv2", operation="DescribeLoadBalancerAttributes", asks=("LoadBalancerArn",),
        writes=("ModifyLoadBalancerAttributes",),
    ),
    Listed(
        service="elbv2", operation="DescribeTargetGroups", items="TargetGroups", id=("TargetGroupArn",),
        names=("TargetGroupArns",), asks={"Names": "TargetGroupName"},
        missing=("TargetGroupNotFound", "One or more target groups not found", 400),
        writes=("CreateTargetGroup", "DeleteTargetGroup", "ModifyTargetGroup"),
    ),
    Single(
        service="elbv2", operation="DescribeTargetGroupAttributes", asks=("TargetGroupArn",),
        writes=("ModifyTargetGroupAttributes",),
    ),
    Listed(
        service="elbv2", operation="DescribeListeners", items="Listeners", id=("ListenerArn",),
        within="LoadBalancerArn", writes=("CreateListener",),
    ),
    Listed(
        service="elbv2", operation="DescribeRules", items="Rules", id=("RuleArn",), within="ListenerArn",
        writes=("CreateRule",),
    ),
    Listed(
        service="acm", operation="ListCertificates", items="CertificateSummaryList", id=("CertificateArn",),
        writes=("RequestCertificate", "DeleteCertificate"),
    ),
    Single(
        service="acm", operation="DescribeCertificate", asks=("CertificateArn",), made="CertificateArn",
        writes=("RequestCertificate",),
        missing=("ResourceNotFoundException", "Could not find certificate {id}.", 400),
    ),
    Single(
        service="acm", operation="ListTagsForCertificate", asks=("CertificateArn",), made="CertificateArn",
        writes=("*TagsToCertificate", "*TagsFromCertificate"), tags="Tags",
    ),
)  # fmt: skip
