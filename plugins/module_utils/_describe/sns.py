# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""SNS: https://docs.aws.amazon.com/sns/latest/api/"""

from __future__ import annotations

import json
from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item, each_named, further


def topics(aws: Aws, *, arns: Collection[str], subscriptions: bool = False) -> list[Item]:
    """The topics that exist: TopicArn, KmsMasterKeyId, DisplayName, Policy (a document) and Tags.

    subscriptions: with Subscriptions ([{SubscriptionArn, Protocol}], None when denied; no Endpoint: an address of
    a web hook is a secret).
    """

    def one(arn: str) -> list[Item]:
        attributes = aws.call("sns", "get_topic_attributes", TopicArn=arn)["Attributes"]
        topic: Item = {**attributes, "Policy": json.loads(attributes["Policy"]) if attributes.get("Policy") else None}
        answer = further(aws, topic, "sns", "list_tags_for_resource", ResourceArn=arn)
        topic["Tags"] = to_dict(answer["Tags"]) if answer else {}
        if subscriptions:
            answer = further(aws, topic, "sns", "list_subscriptions_by_topic", TopicArn=arn)
            found = answer.get("Subscriptions", []) if answer else None
            topic["Subscriptions"] = found and [
                {key: one[key] for key in ("SubscriptionArn", "Protocol")} for one in found
            ]
        return [topic]

    return each_named(aws, sorted(arns), one)
