# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What stands for a value that may be a secret, in states and differences."""

from __future__ import annotations

import hashlib


def fingerprint(value: str) -> str:
    """It tells whether two values are the same, and not which they are."""
    return f"sha256:{hashlib.sha256(value.encode()).hexdigest()[:16]}"
