# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Connections to providers of source code:
https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html

A new one is PENDING until a person completes it in the console, which no call can do, so that it is not waited for:
https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import codeconnections
from ..._engine.aws import Aws
from ..._engine.errors import WebappError
from ..._engine.kind import Kind, State
from ..._engine.tags import to_list

PROVIDERS = ("GitHub", "GitHubEnterpriseServer", "GitLab", "GitLabSelfManaged", "Bitbucket", "AzureDevOps")
_LONGEST = 32


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Errors: WebappError for a name that two connections have, of which nobody knows which is meant."""
    whole = any(set(item) > {"name"} for item in items)
    found = codeconnections.connections(aws, names={item["name"] for item in items}, tags=whole)
    names = [one["ConnectionName"] for one in found]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise WebappError(f"several connections are called {', '.join(doubles)}; delete all but one, or use its ARN")
    return {
        one["ConnectionName"]: {
            "name": one["ConnectionName"],
            "id": one["ConnectionArn"],
            "arn": one["ConnectionArn"],
            "provider_type": one["ProviderType"],
            "status": one["ConnectionStatus"],
            "tags": one.get("Tags"),
        }
        for one in found
    }


def create(aws: Aws, desired: State) -> None:
    """Of an installed provider its host says the type."""
    options = {"HostArn": desired["host"]} if desired.get("host") else {"ProviderType": desired["provider_type"]}
    aws.call_once(
        "codeconnections",
        "create_connection",
        ConnectionName=desired["name"],
        Tags=to_list(desired["tags"]),
        **options,
    )


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("codeconnections", "tag_resource", ResourceArn=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call("codeconnections", "untag_resource", ResourceArn=found["arn"], TagKeys=to_remove)


def check(desired: State) -> list[str]:
    reasons = []
    if not 1 <= len(desired["name"]) <= _LONGEST:
        reasons.append(f"the name of a connection has 1 to {_LONGEST} characters")
    provider = desired.get("provider_type")
    if provider in ("GitHubEnterpriseServer", "GitLabSelfManaged") and not desired.get("host"):
        reasons.append(f"{provider} is installed on a host of its own; give host, the ARN of that")
    return reasons


CODECONNECTIONS_CONNECTION = Kind(
    name="codeconnections_connection",
    role="delivery",
    read=read,
    create=create,
    tag=tag,
    unchangeable={"provider_type": "a connection keeps its provider; give another name to make another connection"},
    initial=frozenset({"host"}),
    doubles=True,
    check=check,
)
