# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections import Counter

from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.best_practices import BEST_PRACTICES, PAGES


def test_all_of_the_framework_are_there():
    counts = Counter(re.match("[A-Z]+", key)[0] for key in BEST_PRACTICES)
    assert counts == {"OPS": 67, "REL": 65, "SEC": 63, "COST": 50, "PERF": 32, "SUS": 29}


def test_each_has_a_title_and_a_page():
    for key, practice in BEST_PRACTICES.items():
        assert re.fullmatch(r"[A-Z]+\d\d-BP\d\d", key)
        assert practice.id == key
        assert re.fullmatch(re.escape(PAGES) + r"[a-z0-9_]+\.html", practice.url), practice
        assert practice.title == " ".join(practice.title.split())
        assert len(practice.title) > 10


def test_an_entry_of_two_lines_is_read_whole():
    assert BEST_PRACTICES["PERF05-BP02"].title == (
        "Use monitoring solutions to understand the areas where performance is most critical"
    )
