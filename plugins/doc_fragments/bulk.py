# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations


class ModuleDocFragment:
    """What the modules for a list of things share; of it WAIT is for those that take more than one list, too."""

    WAIT = r"""
options:
  begin:
    description:
      - Whether the task only begins what takes long.
      - It makes what is not there and ends once AWS shows it. All else, of which there may be what a new resource still
        lacks, is left to a later task of the same list without this option, which waits.
    type: bool
    default: false
  wait_timeout:
    description:
      - How long to wait for a resource that is busy or on its way, in seconds.
      - Without it each kind of resource has its own time.
    type: int
"""

    DOCUMENTATION = r"""
options:
  defaults:
    description:
      - Options that the items share, as an item has them. What an item says itself wins.
      - Null in an item is as if neither the item nor O(defaults) had the option.
    type: dict
  name_prefix:
    description: Text that is put before the name of each item.
    type: str
notes:
  - An item that is text stands for a dictionary with that name alone.
"""
