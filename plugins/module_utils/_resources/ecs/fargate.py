# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The sizes that Fargate has: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"""

from __future__ import annotations

_GB = 1024
# CPU units (1024 are one vCPU) -> MiB of memory.
SIZES: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16384 + 1, 1024)),
    4096: tuple(range(8192, 30720 + 1, 1024)),
    8192: tuple(range(16 * _GB, 60 * _GB + 1, 4 * _GB)),
    16384: tuple(range(32 * _GB, 120 * _GB + 1, 8 * _GB)),
}


def size_reasons(cpu: int, memory: int) -> list[str]:
    """What Fargate has instead of a size that it has not."""
    offered = SIZES.get(cpu)
    if offered is None:
        return [f"Fargate has no tasks of {cpu} CPU units; it has {', '.join(map(str, SIZES))}"]
    if memory in offered:
        return []
    step = f" in steps of {offered[1] - offered[0]}" if len(offered) > 3 else f" ({', '.join(map(str, offered))})"
    return [
        f"Fargate has no tasks of {cpu} CPU units with {memory} MiB; it has {offered[0]} to {offered[-1]} MiB{step}"
    ]
