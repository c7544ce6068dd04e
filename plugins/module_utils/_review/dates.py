# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Dates that people write."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORM = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_date(text: object) -> date:
    """A day from "2026-12-31", or from the date that YAML made of it. Errors: ValueError that says the form."""
    if isinstance(text, date) and not isinstance(text, datetime):
        return text
    if not isinstance(text, str) or not _FORM.fullmatch(text):
        raise ValueError(f"{text!r} is not a date of the form YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day of the calendar") from error
