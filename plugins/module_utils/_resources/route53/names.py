# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Names as Route 53 keeps them: in lower case, with a dot at the end, odd characters by their octal code.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
"""

from __future__ import annotations

import re

_CODE = re.compile(r"\\([0-7]{3})")


def plain(name: str) -> str:
    """A name as people write it: app.example.com, *.example.com."""
    return _CODE.sub(lambda found: chr(int(found[1], 8)), name).lower().removesuffix(".")


def within(name: str, zone: str) -> bool:
    """Whether a record's name belongs to a zone."""
    return plain(name) == plain(zone) or plain(name).endswith(f".{plain(zone)}")
