# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from ..plugin_utils.module_action import BulkAction


class ActionModule(BulkAction):
    """Where Ansible looks for the module's action."""
