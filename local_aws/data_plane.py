# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a real data plane would have to do when the control plane changes.

The RDS service files call these at the moment at which AWS would act. The default does nothing, and says so:
``active`` is False, and whoever needs real databases asks for it. A data plane is installed with ``use``.
"""

from __future__ import annotations

from typing import Any


class DataPlane:
    """Each event names the cluster or snapshot as the API describes it. An event may raise a Refusal."""

    active = False

    def cluster_created(self, account: str, region: str, cluster: dict[str, Any], password: str) -> None:
        """A new, empty cluster."""

    def cluster_restored(self, account: str, region: str, cluster: dict[str, Any], source: dict[str, Any]) -> None:
        """A new cluster with the data of a snapshot, a recovery point, or another cluster at a time."""

    def cluster_deleted(self, account: str, region: str, cluster_id: str) -> None: ...

    def cluster_modified(self, account: str, region: str, cluster: dict[str, Any], password: str | None) -> None:
        """Other parameters or another admin password."""

    def instance_created(self, account: str, region: str, instance: dict[str, Any]) -> None: ...

    def instance_deleted(self, account: str, region: str, instance_id: str) -> None: ...

    def instance_rebooted(self, account: str, region: str, instance_id: str) -> None: ...

    def failed_over(self, account: str, region: str, cluster_id: str, writer: str) -> None:
        """The named member is the writer now."""

    def snapshot_taken(self, account: str, region: str, snapshot: dict[str, Any]) -> None: ...

    def snapshot_copied(self, account: str, region: str, snapshot: dict[str, Any], source: str) -> None: ...

    def snapshot_deleted(self, account: str, region: str, snapshot_id: str) -> None: ...

    def reset(self) -> None: ...

    def endpoint(self, account: str, region: str, cluster_id: str) -> tuple[str, int] | None:
        """Where the writer really listens; None where nothing does."""
        return None


_used: list[DataPlane] = [DataPlane()]


def current() -> DataPlane:
    return _used[0]


def use(data_plane: DataPlane) -> None:
    _used[0] = data_plane
