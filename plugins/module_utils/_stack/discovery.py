# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One concurrent pass over the account."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .._engine.aws import Aws
from .._engine.errors import AwsError, Refusal
from .collectors import COLLECTORS
from .membership import Workload
from .snapshot import Item, Snapshot, Unavailable


@dataclass
class Gatherer:
    """What a collector is given: the account, the workload, and what other collectors found."""

    aws: Aws
    workload: Workload
    now: datetime
    dr_region: str = ""
    _futures: dict[str, Future[tuple[Item, ...]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    # A thread each, so that one collector may wait for another.
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=len(COLLECTORS)))

    def items(self, collector: str) -> tuple[Item, ...]:
        """What another collector found, collected once whoever asks. Errors: Unavailable where that one failed."""
        try:
            return self._future(collector).result()
        except AwsError as error:
            raise Unavailable(collector, error.as_dict()) from error

    def _future(self, collector: str) -> Future[tuple[Item, ...]]:
        with self._lock:
            if collector not in self._futures:
                function = COLLECTORS[collector].collect
                self._futures[collector] = self._pool.submit(lambda: tuple(function(self)))
            return self._futures[collector]

    def run(self, wanted: Collection[str]) -> tuple[dict[str, tuple[Item, ...]], dict[str, dict[str, str]]]:
        """(what was found, what failed), by collector."""
        with self._pool:
            for collector in wanted:
                self._future(collector)
            found, errors = {}, {}
            for collector in wanted:
                try:
                    found[collector] = self.items(collector)
                except Unavailable as missing:
                    errors[collector] = missing.error
        return found, errors


def collect(
    aws: Aws,
    *,
    project: str,
    environment: str,
    dr_region: str | None = None,
    gather: Collection[str] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Snapshot:
    """The stack as it is. gather: groups ("network") or collectors ("rds.db_clusters"); None is everything.

    A denied or failing API is recorded under the snapshot's errors, with every collector that needs it; the rest
    goes on. Errors: Refusal for a name in gather that is neither; AwsError when not even the caller is known.
    """
    wanted = _wanted(gather)
    aws = aws.tolerating()
    account = aws.account_id
    moment = now()
    gatherer = Gatherer(aws, Workload(project, environment), moment, dr_region or "")
    found, errors = gatherer.run(wanted)
    return Snapshot(
        account_id=account,
        partition=aws.partition,
        region=aws.region,
        dr_region=dr_region or "",
        project=project,
        environment=environment,
        collected_at=moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        collections=found,
        errors=errors,
    )


def _wanted(gather: Collection[str] | None) -> list[str]:
    if gather is None:
        return list(COLLECTORS)
    groups = {collector.group for collector in COLLECTORS.values()}
    unknown = sorted(name for name in gather if name not in groups and name not in COLLECTORS)
    if unknown:
        raise Refusal(f"gather knows no {', '.join(unknown)}; known are the groups {', '.join(sorted(groups))}")
    return [name for name, collector in COLLECTORS.items() if name in gather or collector.group in gather]
