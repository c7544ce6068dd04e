# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.kind import Kind, Reference
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.names import is_id, resolve
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources import kinds
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.vpc import VPC
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.kms.key_names import with_key_arns
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.kms.kms_key import KMS_KEY

HERE = "arn:aws:kms:us-east-1:123456789012"
APP, BARE, MULTI = "1234abcd-12ab-34cd-56ef-1234567890ab", "0" * 8 + "-0000-0000-0000-" + "0" * 12, "mrk-" + "0a" * 16
RDS = "fedcba98-12ab-34cd-56ef-1234567890ab"
ARN = f"{HERE}:key/{APP}"
FOREIGN = "arn:aws:kms:us-east-1:999999999999:alias/theirs"


def alias(name, target=None):
    listed = {"AliasName": f"alias/{name}", "AliasArn": f"{HERE}:alias/{name}"}
    return {**listed, **({"TargetKeyId": target} if target else {})}


DESCRIBED = {ARN: ARN, BARE: f"{HERE}:key/{BARE}", MULTI: f"{HERE}:key/{MULTI}", FOREIGN: f"{FOREIGN[:-12]}key/x"}


class Aws:
    """An account with aliases, and keys that DescribeKey alone knows."""

    region, account_id = "us-east-1", "123456789012"

    def __init__(self):
        self.calls = []

    def pages(self, service, operation, key):
        self.calls.append(operation)
        return [alias("app", APP), alias("aws/rds", RDS), alias("aws/s3")]

    def call(self, service, operation, **parameters):
        key = parameters["KeyId"]
        self.calls.append((operation, key))
        if key not in DESCRIBED:
            raise AwsError(service, operation, "NotFoundException", "no such key", status=400)
        return {"KeyMetadata": {"KeyId": key, "Arn": DESCRIBED[key]}}

    def map(self, function, items):
        return [function(item) for item in items]


THING = Kind(
    name="thing",
    role="",
    read=lambda aws, items: {},
    create=lambda aws, desired: None,
    references={"kms_key": Reference(KMS_KEY, "arn")},
)


def resolved(text, **options):
    [item] = resolve(Context(Aws(), **options), THING, [{"name": "a", "kms_key": text}], frozenset())
    return item["kms_key"]


@pytest.mark.parametrize("text", ["app", "alias/app", APP, ARN, f"{HERE}:alias/app"])
def test_five_spellings_are_one_key(text):
    assert resolved(text) == ARN
    assert kinds.missing(Aws(), {"kms_key": [text]}, {}, []) == []


@pytest.mark.parametrize(
    ("text", "arn"),
    [
        ("alias/aws/rds", f"{HERE}:key/{RDS}"),
        ("aws/rds", f"{HERE}:key/{RDS}"),
        ("alias/aws/s3", f"{HERE}:alias/aws/s3"),
        (BARE, f"{HERE}:key/{BARE}"),
        (MULTI, f"{HERE}:key/{MULTI}"),
        (FOREIGN, "arn:aws:kms:us-east-1:999999999999:key/x"),
        ("arn:aws:kms:us-east-1:999999999999:key/y", "arn:aws:kms:us-east-1:999999999999:key/y"),
    ],
)
def test_aws_s_own_keys_keys_without_an_alias_and_those_of_other_accounts(text, arn):
    assert resolved(text) == arn


def test_names_of_many_things_cost_one_call():
    aws = Aws()
    items = [{"name": name, "kms_key": name} for name in ("app", "alias/app", APP, "aws/rds", ARN)]
    resolve(Context(aws), THING, items, frozenset())
    assert aws.calls == ["list_aliases"]


@pytest.mark.parametrize("text", ["nothing", "alias/nothing", f"{HERE}:alias/nothing", "f" * 8 + BARE[8:]])
def test_what_is_not_there_is_named_as_it_was_spelled(text):
    words = f"kms_key {text} does not exist; the role secrets makes it"
    with pytest.raises(Refusal, match=words):
        resolved(text)
    [said] = kinds.missing(Aws(), {"kms_key": [text]}, {}, [])
    assert words in said


@pytest.mark.parametrize("text", ["new", "alias/new", f"{HERE}:alias/new"])
def test_a_key_that_this_run_would_make_is_known_however_it_is_spelled(text):
    planned = {"kms_key": {"new": {}}}
    assert resolved(text, check_mode=True, planned=planned) == "kms_key new (known after apply)"
    assert kinds.missing(Aws(), {"kms_key": [text]}, planned, []) == []


def test_an_alias_of_another_region_encrypts_nothing_here():
    with pytest.raises(Refusal, match="is in eu-west-1 and encrypts nothing in us-east-1"):
        resolved("arn:aws:kms:eu-west-1:123456789012:alias/app")


def test_an_alias_s_arn_is_no_id_of_a_key():
    assert is_id(KMS_KEY, ARN) and is_id(KMS_KEY, "arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-1")
    assert is_id(KMS_KEY, "kms_key new (known after apply)")
    assert not any(is_id(KMS_KEY, text) for text in ("app", "alias/app", APP, f"{HERE}:alias/app"))
    assert is_id(VPC, "vpc-0a1b2c3d") and is_id(VPC, "arn:aws:ec2:us-east-1:1:vpc/x") and not is_id(VPC, "vpc-prod")


@pytest.mark.parametrize("found", ["alias/app", APP, f"{HERE}:alias/app", ARN])
def test_what_aws_gives_back_is_compared_by_the_key_s_arn(found):
    states = {"a": {"kms_key": found}, "b": {"kms_key": found}, "c": {"kms_key": None}}
    items = [{"name": "a", "kms_key": ARN}, {"name": "b"}, {"name": "c", "kms_key": ARN}, {"name": "d", "kms_key": ARN}]
    made = with_key_arns(Aws(), items, states)
    assert made == {"a": {"kms_key": ARN}, "b": {"kms_key": found}, "c": {"kms_key": None}}


def test_what_needs_no_look_costs_no_call_and_what_is_unknown_stays():
    aws = Aws()
    with_key_arns(aws, [{"name": "a", "kms_key": ARN}], {"a": {"kms_key": f"{HERE}:key/other"}})
    assert aws.calls == []
    gone = {"a": {"kms_key": "alias/gone"}}
    assert with_key_arns(aws, [{"name": "a", "kms_key": ARN}], gone) == gone
