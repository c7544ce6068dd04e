# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What each AWS service adds to moto and corrects in it: one module or package for each service."""

from __future__ import annotations
