# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""SNS topics: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ..._describe import sns
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State
from ..._engine.policies import advising, as_text, same_policy
from ..._engine.shared_policy import SharedPolicy
from ..._engine.tags import to_list
from ..kms.key_names import with_key_arns
from ..kms.kms_key import KMS_KEY

# https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
POLICY = SharedPolicy(sids=(), defaults=("__default_statement_ID",), size=30_720)


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    arns = [aws.arn("sns", item["name"]) for item in items]
    found = {
        topic["TopicArn"].rsplit(":", 1)[-1]: {
            "name": topic["TopicArn"].rsplit(":", 1)[-1],
            "arn": topic["TopicArn"],
            "kms_key": topic.get("KmsMasterKeyId"),
            "policy": topic["Policy"],
            "tags": topic["Tags"],
        }
        for topic in sns.topics(aws, arns=arns)
    }
    return with_key_arns(aws, items, found)


def create(aws: Aws, desired: State) -> None:
    """CreateTopic answers with the topic that is there when it has the same name, so it may be repeated."""
    attributes = {name: value for name, value in _attributes(desired).values() if value}
    aws.call("sns", "create_topic", Name=desired["name"], Attributes=attributes, Tags=to_list(desired["tags"]))


def _attributes(desired: State) -> dict[str, tuple[str, str | None]]:
    """AWS's name and value of each field."""
    policy = desired.get("policy")
    return {
        "kms_key": ("KmsMasterKeyId", desired.get("kms_key")),
        "policy": ("Policy", as_text(policy) if policy else None),
    }


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    policy = POLICY.after(found, desired) if "policy" in fields else {}
    values = _attributes({**desired, "policy": policy})
    for field in sorted(fields):
        name, value = values[field]
        with advising(policy):
            aws.call("sns", "set_topic_attributes", TopicArn=found["arn"], AttributeName=name, AttributeValue=value)


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("sns", "tag_resource", ResourceArn=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call("sns", "untag_resource", ResourceArn=found["arn"], TagKeys=to_remove)


SNS_TOPIC = Kind(
    name="sns_topic",
    role="",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"kms_key": Reference(KMS_KEY, "arn")},
    initial=frozenset({"purge_policy"}),
    equal={"policy": same_policy},
    check=lambda desired: POLICY.check(desired.get("policy")),
    keeps=partial(POLICY.keeps, "sns_topic"),
)
