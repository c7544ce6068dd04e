# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Stacks to load into a running emulator: each module's ``load(endpoint_url)`` makes one with boto3."""
