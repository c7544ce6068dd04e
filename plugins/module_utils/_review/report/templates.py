# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Markdown report's templates, in the form of the architecture review that this collection continues.

They are Python because Ansible ships only Python with a module.
"""

from __future__ import annotations

REPORT = """\
# AWS Well-Architected Framework Review

**Project:** {{ stack.project }}{{ br }}
**Environment:** {{ stack.environment }}{{ br }}
**Region:** {{ stack.region }}{{ " (recovery in " ~ stack.dr_region ~ ")" if stack.dr_region }}{{ br }}
**Account:** {{ stack.account_id }}{{ br }}
**Review Date:** {{ reviewed_on }} (state of {{ snapshot.collected_at }}){{ br }}
**Architecture:** {{ stack.architecture | join(", ") or "nothing found" }}

---

## Executive Summary

Checks: {{ summary.checks }}. Results: {{ summary.statuses.PASS }} passed, {{ summary.statuses.FAIL }} failed,
{{ summary.statuses.UNKNOWN }} unknown, {{ summary.statuses.MANUAL }} for people to judge.
Exit: **{{ exit.status }}** ({{ exit.text }}).

{% if summary.statuses.UNKNOWN %}
> **Incomplete:** {{ summary.statuses.UNKNOWN }} results could not be judged because calls were denied or failed;
> see [Unknown](#unknown).

{% endif %}
**Overall Assessment:**
- ✅ **Strengths:** {{ headline.strengths }}
- ⚠️ **Areas for Improvement:** {{ headline.gaps }}
- 🔴 **Critical Gaps:** {{ headline.critical }}

| Pillar | FAIL | UNKNOWN | MANUAL | WAIVED | PASS | not applicable |
|---|---|---|---|---|---|---|
{% for pillar in pillars %}
| {{ pillar.label }} | {{ pillar.counts.values() | join(" | ") }} |
{% endfor %}

{% if since %}
### Since the Review of {{ since.reviewed_on }}

- Closed: {{ since.closed | length }} findings; new: {{ since.new | length }}
- Monthly cost before {{ since.cost_before_usd | usd }}, after {{ since.cost_after_usd | usd }}
- Change: {{ since.cost_change_usd | signed }} a month
{% for finding in since.new %}
- New: {{ finding.severity }}: {{ finding.title | md }} ({{ finding.resource | code }})
{% endfor %}

{% endif %}
---

{% for pillar in pillars %}
## {{ loop.index }}. {{ pillar.label }}

### Current State

**Strengths:**
{% for group in pillar.strengths %}
- ✅ {{ group | strength }}
{% else %}
- none found
{% endfor %}

**Gaps:**
{% for group in pillar.gaps %}
- {{ group | gap }}
{% for finding in group.findings[:shown] %}
  - {{ finding | seen }}
{% endfor %}
{% if group.findings | length > shown %}
  - and {{ group.findings | length - shown }} more, see the JSON report
{% endif %}
{% else %}
- none found
{% endfor %}

{% if pillar.label == "Cost Optimization" %}
**Current Monthly Cost:** {{ cost.total_usd | usd }}, see [Monthly Cost](#monthly-cost)

{% endif %}
### Recommendations

{% for priority in pillar.priorities %}
#### {{ priority.label }}

{% for group in priority.groups %}
{{ group.number }}. **{{ group.title | md }}** (`{{ group.check_id }}`)
   - {{ group.recommendation | md }}
   - {{ group | fix }}
   - Downtime: {{ "yes" if group.downtime else "no" }}; monthly cost: {{ group | bill }}
   - Best practice: {{ group.best_practice | link }}
   - Rule: <{{ group.source }}>
{% endfor %}

{% else %}
Nothing to do.

{% endfor %}
**Reference:** [{{ pillar.label }} Pillar]({{ pillar.url }})

---

{% endfor %}
## Monthly Cost

List prices of {{ cost.priced_on }} for {{ cost.price_region }}, in {{ cost.currency }}.
{% if cost.stack_region != cost.price_region %}
The stack runs in {{ cost.stack_region }}, whose prices differ.
{% endif %}

| Area | What | Quantity | Unit | Unit price | USD a month | Source |
|---|---|---|---|---|---|---|
{% for line in cost.lines %}
| {{ line | cells | join(" | ") }} |
{% endfor %}
| **Total** | | | | | **{{ "%.2f" | format(cost.total_usd) }}** | |

- Fixes that save: {{ cost.fixes_save_usd | usd }} a month; fixes that add: {{ cost.fixes_add_usd | usd }} a month
- After all fixes whose amount is known: {{ cost.projected_usd | usd }} a month
{% for reason in cost.missing %}
- Not priced: {{ reason | md }}
{% endfor %}
{% for what in cost.not_counted %}
- Not counted: {{ what }}
{% endfor %}

---

## Priority Action Plan

{% for phase in phases %}
### {{ phase.name }}

{% for step in phase.steps %}
{{ step.number }}. **{{ step.title | md }}** ({{ step.severity }}{{ ", " ~ step.item if step.item }}): {{ step | work }}
{% endfor %}

{% else %}
Nothing to do.

{% endfor %}
---

## Summary of Findings

### Critical Issues (Immediate Action Required)

{% for group in critical %}
- {{ group | gap }}: {{ group.findings[0] | seen }}
{% else %}
- none
{% endfor %}

### High-Risk Items

{% for group in high %}
- ⚠️ Not met: {{ group.title | md }}: {{ group.findings[0] | seen }}
{% else %}
- none
{% endfor %}

### Cost Optimization Opportunities

- 💰 Potential savings: {{ cost.fixes_save_usd | usd }} a month of {{ cost.total_usd | usd }}
{% for group in savings %}
- 💰 {{ group.title | md }}: {{ group | bill }}
{% endfor %}

### Compliance Gaps

{% for group in compliance %}
- {{ group | gap }}
{% else %}
- none
{% endfor %}

---

## Unknown

{% for group in unknown %}
- {{ group.title | md }} (`{{ group.check_id }}`, {{ group.severity }})
{% for finding in group.findings[:shown] %}
  - {{ finding | seen }}
{% endfor %}
{% if group.findings | length > shown %}
  - and {{ group.findings | length - shown }} more, see the JSON report
{% endif %}
{% else %}
Every check could be judged.
{% endfor %}
{% if not_run %}

Not run, because the gathering was narrowed: {{ not_run | join(", ") }}.
{% endif %}

## Manual

{% for group in manual %}
{% for finding in group.findings %}
- {{ group.title | md }}: {{ finding | seen }}
{% endfor %}
{% else %}
Nothing is left to people.
{% endfor %}

## Waivers

{% for finding in waived %}
- {{ finding.title | md }}: {{ finding | seen }}
  - Waived: {{ finding.waiver | terms }}
{% else %}
Nothing is waived.
{% endfor %}
{% for waiver in waivers.expired %}
- **Expired, waives nothing:** `{{ waiver.check_id }}`: {{ waiver | terms }}
{% endfor %}
{% for waiver in waivers.unused %}
- Not needed: `{{ waiver.check_id }}`: {{ waiver | terms }}
{% endfor %}

---

## Conclusion

- Steps: {{ plan | length }}
- By roles of this collection: {{ closing.with_role }}; with downtime: {{ closing.downtime }}
- Monthly cost: {{ cost.total_usd | usd }} now, {{ cost.projected_usd | usd }} after the fixes whose amount is known

---

## References

- [AWS Well-Architected Framework](https://docs.aws.amazon.com/wellarchitected/latest/framework/welcome.html)
{% for pillar in pillars %}
- [{{ pillar.label }} Pillar]({{ pillar.url }})
{% endfor %}
"""
