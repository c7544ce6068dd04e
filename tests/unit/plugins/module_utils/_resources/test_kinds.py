# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is known before a role begins, and what all kinds have in common."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils import _resources
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import THROTTLED
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.kind import Kind
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.kinds import missing
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2

ACCOUNT, OTHER = "111122223333", "999999999999"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:db-a1b2c3"
AHEAD: dict[str, Any] = {"ahead": {}}


class Aws(Ec2):
    account_id = ACCOUNT


def absent(aws: Ec2, *expected: tuple[str, str], planned: Any = None, awaited: list[str] | None = None) -> list[str]:
    wanted = {kind: [name for other, name in expected if other == kind] for kind, _name in expected}
    return missing(aws, wanted, planned or {}, [] if awaited is None else awaited)


@pytest.mark.parametrize(
    ("kind", "name", "operation", "key", "field"),
    [
        ("vpc", "vpc-0123456789abcdef0", "describe_vpcs", "Vpcs", "VpcId"),
        ("subnet", "subnet-0123456789abcdef0", "describe_subnets", "Subnets", "SubnetId"),
        ("security_group", "sg-0123456789abcdef0", "describe_security_groups", "SecurityGroups", "GroupId"),
    ],
)
def test_an_id_that_names_nothing_is_said(kind: str, name: str, operation: str, key: str, field: str) -> None:
    assert absent(Aws({operation: {key: [{field: name}]}}), (kind, name), planned=AHEAD) == []
    aws = Aws()
    [reason] = absent(aws, (kind, name), (kind, name), planned=AHEAD)
    assert reason == f"{kind} {name} does not exist in region us-east-1; check the id and the account"
    assert [sent for sent, _parameters in aws.sent] == [operation], "one read"


@pytest.mark.parametrize(
    ("kind", "arn", "operation", "code"),
    [
        ("kms_key", KEY, "describe_key", "NotFoundException"),
        ("kms_key", KEY, "describe_key", "InvalidArnException"),
        ("secret", SECRET, "describe_secret", "ResourceNotFoundException"),
    ],
)
def test_an_arn_of_this_account_that_names_nothing_is_said(kind: str, arn: str, operation: str, code: str) -> None:
    assert absent(Aws(), (kind, arn), planned=AHEAD) == []
    [reason] = absent(Aws({operation: AwsError("svc", operation, code, "no")}), (kind, arn))
    assert f"{arn} does not exist" in reason


def test_a_name_is_awaited_before_the_first_role_has_run() -> None:
    awaited: list[str] = []
    expected = [("vpc", "shop-vpc"), ("vpc", "vpc-0123456789abcdef0")]
    [reason] = absent(Aws(), *expected, planned=AHEAD, awaited=awaited)
    assert "vpc-0123456789abcdef0" in reason
    assert awaited == ["vpc shop-vpc does not exist; the role network makes it (playbooks/roles/network.yml)"]
    assert sorted(absent(Aws(), *expected)) == sorted([reason, *awaited])


def test_what_no_role_makes_is_not_awaited() -> None:
    awaited: list[str] = []
    zones = Aws({"list_hosted_zones_by_name": {"HostedZones": []}})
    expected = [("hosted_zone", "example.com"), ("hosted_zone", "")]
    [reason] = absent(zones, *expected, planned=AHEAD, awaited=awaited)
    assert reason == "hosted_zone example.com does not exist; make it first, or name another"
    assert awaited == []


def test_what_the_caller_may_not_look_at_passes() -> None:
    denied = AwsError("kms", "describe_key", "AccessDeniedException", "no")
    assert absent(Aws({"describe_key": denied}), ("kms_key", KEY)) == []
    aws = Aws()
    assert absent(aws, ("kms_key", KEY.replace(ACCOUNT, OTHER)), ("secret", SECRET.replace(ACCOUNT, OTHER))) == []
    assert aws.sent == [], "another account's cannot be looked up"


def test_a_look_that_fails_is_an_error() -> None:
    with pytest.raises(AwsError, match="InternalFailure"):
        absent(Aws({"describe_key": AwsError("kms", "describe_key", "InternalFailure", "no")}), ("kms_key", KEY))


def _kinds() -> Iterator[Kind]:
    folder = Path(_resources.__file__).parent
    for path in sorted(folder.glob("*/*.py")):
        module = import_module(f"{_resources.__name__}.{path.parent.name}.{path.stem}")
        yield from (value for value in vars(module).values() if isinstance(value, Kind))


KINDS = {kind.name: kind for kind in _kinds()}
QUOTAS = {
    "ec2": (
        "VpcLimitExceeded",
        "SubnetLimitExceeded",
        "AddressLimitExceeded",
        "NatGatewayLimitExceeded",
        "SecurityGroupLimitExceeded",
        "RulesPerSecurityGroupLimitExceeded",
        "VpcEndpointLimitExceeded",
    ),
    "rds": (
        "DBClusterQuotaExceededFault",
        "InstanceQuotaExceeded",
        "StorageQuotaExceeded",
        "DBParameterGroupQuotaExceeded",
        "EventSubscriptionQuotaExceeded",
        "GlobalClusterQuotaExceededFault",
    ),
    "kms": ("LimitExceededException",),
    "logs": ("LimitExceededException",),
    "secretsmanager": ("LimitExceededException",),
    "ssm": ("ParameterLimitExceeded",),
    "iam": ("LimitExceeded",),
    "sns": ("TopicLimitExceeded",),
    "s3": ("TooManyBuckets",),
    "application-autoscaling": ("LimitExceededException",),
}


def test_kinds_are_found() -> None:
    assert {"vpc", "db_cluster", "kms_key", "log_group", "s3_bucket"} <= KINDS.keys()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_quota_is_no_error_that_passes(name: str) -> None:
    kind = KINDS[name]
    for service, codes in QUOTAS.items():
        for code in codes:
            error = AwsError(service, "create", code, "The maximum number has been reached.", status=400)
            assert not (kind.busy and kind.busy(error)), code
            assert not (kind.eventual and kind.eventual(error)), code
            assert not (error.ambiguous or error.exists or error.missing or code in THROTTLED), code
