# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The one policy of a resource, which AWS replaces as a whole and which others write to, too. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .kind import State
from .policies import as_text, merged, others, statements, wide_open


@dataclass(frozen=True)
class SharedPolicy:
    """How a kind keeps what others put into the field policy; an item's purge_policy says that none of it shall stay.

    sids: of the statements that the kind makes, which nobody else would think of. defaults: of those that AWS gives to
    a resource without a policy. size: the longest policy, in bytes of JSON.
    """

    sids: tuple[str, ...]
    defaults: tuple[str, ...]
    size: int

    def after(self, found: State, desired: State) -> dict[str, Any]:
        """The policy of a resource that is there: what is asked for, beside the statements of others."""
        if desired.get("purge_policy"):
            return dict(desired["policy"])
        return merged(found.get("policy"), desired["policy"], self.sids, self.defaults)

    def keeps(self, kind: str, desired: State, found: State | None) -> tuple[State, list[str]]:
        """As Kind.keeps: desired with the policy as it will be, and what of it lets everybody in, whatever ours say."""
        if found is None or not desired.get("policy"):
            return desired, []
        kept = {**desired, "policy": self.after(found, desired)}
        if desired.get("purge_policy"):
            return kept, []
        opened = wide_open(others(found.get("policy"), self.sids, statements(desired["policy"]), self.defaults))
        said = (
            f"{kind} {desired['name']}: {', '.join(opened)} in its policy is somebody else's and stays, and allows "
            "something to everybody; have its owner take it out or hold it by a condition"
        )
        return kept, [said] if opened else []

    def check(self, policy: Mapping[str, Any] | None) -> list[str]:
        """The refusal of a policy that AWS would not take, as a sentence."""
        size = len(as_text(policy)) if policy else 0
        if size <= self.size:
            return []
        return [
            f"its policy would have {size} bytes and AWS takes {self.size}, the statements of others that stay among "
            "them; have some taken out, or name fewer principals"
        ]
