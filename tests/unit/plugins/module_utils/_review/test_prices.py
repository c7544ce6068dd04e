# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.prices import PRICES, monthly, overlaid


def test_a_month_has_730_hours():
    assert monthly("nat.gateway") == 32.85
    assert monthly("kms.key", 3) == 3.0
    assert monthly("aurora.db.unheard") is None


def test_every_price_has_its_page():
    assert all(price.page.startswith("https://aws.amazon.com/") and price.usd > 0 for price in PRICES.values())


def test_own_prices_lie_over_the_list():
    prices = overlaid({"aurora.db.r8g.large": 0.31, "nat.gateway": 0.05})
    assert monthly("aurora.db.r8g.large", 1, prices) == 226.3
    assert monthly("nat.gateway", 1, prices) == 36.5
    assert monthly("kms.key", 1, prices) == 1.0


def test_mistakes_are_said_together():
    with pytest.raises(Refusal) as caught:
        overlaid({"ec2.m7g.large": 0.1, "nat.gateway": "cheap", "kms.key": -1})
    assert len(caught.value.reasons) == 3
