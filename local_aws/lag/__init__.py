# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Eventual consistency: ``kinds`` is what a read that lags looks like, ``tables`` are all of them, ``stale`` lags."""
