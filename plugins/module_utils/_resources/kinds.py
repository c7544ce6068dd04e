# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a role can know before it begins: whether what others make is there, and whether AWS takes what it is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._describe import ec2
from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.kind import Kind, State
from .._engine.names import AHEAD, Planned, is_id, known_as, missing_message
from .._engine.pending import UNKNOWN_SUFFIX
from .._engine.spread import spread_item
from .acm.acm_certificate import ACM_CERTIFICATE
from .autoscaling.scalable_target import SCALABLE_TARGET
from .cloudfront.cache_policy import CACHE_POLICY
from .codebuild.codebuild_project import CODEBUILD_PROJECT
from .codeconnections.codeconnections_connection import CODECONNECTIONS_CONNECTION
from .codepipeline.codepipeline import CODEPIPELINE
from .ec2.security_group import SECURITY_GROUP
from .ec2.subnet import SUBNET
from .ec2.vpc import VPC
from .ecr.ecr_repository import ECR_REPOSITORY
from .ecs.ecs_cluster import ECS_CLUSTER
from .elbv2.load_balancer import LOAD_BALANCER
from .events.event_rule import EVENT_RULE
from .iam.iam_role import IAM_ROLE
from .kms.kms_key import KMS_KEY
from .logs.log_group import LOG_GROUP
from .rds.db_cluster import DB_CLUSTER
from .rds.db_cluster_endpoint import DB_CLUSTER_ENDPOINT
from .rds.db_subnet_group import DB_SUBNET_GROUP
from .route53.hosted_zone import HOSTED_ZONE
from .s3.s3_bucket import S3_BUCKET
from .secretsmanager.secret import SECRET
from .ssm.ssm_parameter import SSM_PARAMETER
from .wafv2.ip_set import IP_SET

# The one role that makes zones expects those that it is not to make.
_FOUND_ZONE = replace(HOSTED_ZONE, role="")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        ACM_CERTIFICATE,
        ECR_REPOSITORY,
        ECS_CLUSTER,
        _FOUND_ZONE,
        KMS_KEY,
        LOAD_BALANCER,
        SECRET,
        SECURITY_GROUP,
        SUBNET,
        VPC,
    )
}
"""Kinds that a role needs and does not make itself, by name."""

CHECKS: dict[str, Callable[[State], list[str]]] = {
    kind.name: kind.check
    for kind in (
        CACHE_POLICY,
        CODEBUILD_PROJECT,
        CODECONNECTIONS_CONNECTION,
        CODEPIPELINE,
        DB_CLUSTER,
        DB_CLUSTER_ENDPOINT,
        DB_SUBNET_GROUP,
        EVENT_RULE,
        IAM_ROLE,
        IP_SET,
        KMS_KEY,
        LOG_GROUP,
        S3_BUCKET,
        SCALABLE_TARGET,
        SECRET,
        SSM_PARAMETER,
    )
    if kind.check
}
"""Kinds that say without a call what AWS takes of an item."""

ITEMS = {
    "type": "list",
    "elements": "dict",
    "default": [],
    "options": {
        "kind": {"type": "str", "required": True, "choices": sorted(CHECKS)},
        "items": {"type": "list", "elements": "raw", "required": True},
        "defaults": {"type": "dict", "default": {}},
        "name_prefix": {"type": "str"},
    },
}
"""The option items of the modules that check before a role begins."""


def missing(aws: Aws, expected: Mapping[str, Sequence[str]], planned: Planned, awaited: list[str]) -> list[str]:
    """One sentence for each expected thing ({kind: names}; empty names are none) that is neither in AWS nor planned.
    One read a kind for names, and one for ids. Before any role has run, a name may be of something that a role will
    make: its sentence is put into awaited instead. No role makes what has an id already."""
    names: dict[str, dict[str, str]] = {}
    ids: dict[str, set[str]] = {}
    for kind, text in ((KINDS[kind], text) for kind, texts in expected.items() for text in texts if text):
        if is_id(kind, text):
            if not text.endswith(UNKNOWN_SUFFIX):
                ids.setdefault(kind.name, set()).add(text)
        else:
            name = known_as(aws, kind, text)
            if name not in planned.get(kind.name, {}):
                names.setdefault(kind.name, {})[text] = name

    def absent_names(kind: Kind) -> list[str]:
        wanted = names[kind.name]
        found = (kind.lookup or kind.read)(aws, [{"name": name} for name in sorted(set(wanted.values()))])
        return [missing_message(kind.name, text, kind.role) for text in sorted(wanted) if wanted[text] not in found]

    def absent_ids(kind: Kind) -> list[str]:
        return [
            f"{kind.name} {name} does not exist in region {aws.region}; check the id and the account"
            for name in sorted(_unknown_ids(aws, kind, ids[kind.name]))
        ]

    looks = [(absent_names, KINDS[name]) for name in sorted(names)] + [
        (absent_ids, KINDS[name]) for name in sorted(ids)
    ]
    answers = aws.map(lambda look: look[0](look[1]), looks)
    reasons: list[str] = []
    for (_look, kind), answer in zip(looks[: len(names)], answers[: len(names)], strict=True):
        (awaited if AHEAD in planned and kind.role else reasons).extend(answer)
    return reasons + [sentence for answer in answers[len(names) :] for sentence in answer]


def _unknown_ids(aws: Aws, kind: Kind, ids: set[str]) -> set[str]:
    """Those of the ids and ARNs that name nothing. What is another account's cannot be looked up and is taken to be."""
    own = {one for one in ids if not one.startswith("arn:") or one.split(":")[4:5] == [aws.account_id]}
    return own - set(_BY_ID[kind.name](aws, own)) if own else set()


def _vpc_ids(aws: Aws, ids: Collection[str]) -> list[str]:
    return [one["VpcId"] for one in ec2.vpcs(aws, ids=ids, attributes=False)]


def _subnet_ids(aws: Aws, ids: Collection[str]) -> list[str]:
    return [one["SubnetId"] for one in ec2.subnets(aws, ids=ids)]


def _security_group_ids(aws: Aws, ids: Collection[str]) -> list[str]:
    return [one["GroupId"] for one in ec2.security_groups(aws, ids=ids)]


def _described(service: str, operation: str, parameter: str) -> Callable[[Aws, Collection[str]], list[str]]:
    """For APIs that take one id or ARN a call. Who may use a thing need not be admitted to describe it."""

    def is_there(aws: Aws, one: str) -> bool:
        try:
            aws.call(service, operation, **{parameter: one})
        except AwsError as error:
            if error.missing or error.code == "InvalidArnException":
                return False
            if not error.denied:
                raise
        return True

    def found(aws: Aws, ids: Collection[str]) -> list[str]:
        listed = sorted(ids)
        answers = aws.map(lambda one: is_there(aws, one), listed)
        return [one for one, there in zip(listed, answers, strict=True) if there]

    return found


def _balancer_arns(aws: Aws, ids: Collection[str]) -> list[str]:
    every = aws.pages("elbv2", "describe_load_balancers", "LoadBalancers")
    return [one["LoadBalancerArn"] for one in every if one["LoadBalancerArn"] in ids]


def _taken_as_given(_aws: Aws, ids: Collection[str]) -> list[str]:
    """Of kinds that roles name, and whose ids nobody gives."""
    return list(ids)


_BY_ID: dict[str, Callable[[Aws, Collection[str]], list[str]]] = {
    "hosted_zone": _taken_as_given,
    "ecr_repository": _taken_as_given,
    "ecs_cluster": _taken_as_given,
    "acm_certificate": _described("acm", "describe_certificate", "CertificateArn"),
    "kms_key": _described("kms", "describe_key", "KeyId"),
    "load_balancer": _balancer_arns,
    "secret": _described("secretsmanager", "describe_secret", "SecretId"),
    "security_group": _security_group_ids,
    "subnet": _subnet_ids,
    "vpc": _vpc_ids,
}


def refused(lists: Sequence[Mapping[str, Any]]) -> list[str]:
    """One sentence for each item that AWS would not take, whatever is there. No call is made.

    lists: dictionaries of kind (one of CHECKS) and items, with defaults and name_prefix as the kind's module has them.
    """
    reasons = []
    for one in lists:
        for given in one["items"] or []:
            item = spread_item(given, one.get("defaults") or {}, one.get("name_prefix"))
            reasons += [f"{one['kind']} {item['name']}: {reason}" for reason in CHECKS[one["kind"]](item)]
    return list(dict.fromkeys(reasons))
