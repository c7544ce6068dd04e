# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The accounts are those of the integration tests."""

from __future__ import annotations

from tests.integration.conftest import server, stack

__all__ = ["server", "stack"]
