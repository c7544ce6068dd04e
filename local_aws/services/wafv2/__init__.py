# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""WAF: scopes and their region, rules and what they take of an ACL, managed rule groups, logging, associations.

https://docs.aws.amazon.com/waf/latest/APIReference/, https://docs.aws.amazon.com/waf/latest/developerguide/
"""

from __future__ import annotations

from local_aws.service import Service

aws = Service("wafv2")

from local_aws.services.wafv2 import associations, groups, ip_sets, logging, rules, scopes  # noqa: E402, F401
