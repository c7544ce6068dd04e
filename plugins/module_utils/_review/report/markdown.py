# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""report -> Markdown. jinja2 comes with Ansible on the controller; elsewhere it may be missing, and that is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from ..._engine.errors import Refusal
from ..model import Pillar, Severity
from ..plan import LATER, PHASES
from .templates import REPORT

try:
    from jinja2 import Environment, StrictUndefined

    HAS_JINJA2 = True
except ImportError:
    HAS_JINJA2 = False

Report = Mapping[str, Any]
Group = dict[str, Any]

SHOWN = 3  # resources listed for one gap; the JSON report has all
_PRIORITIES = {
    "critical": "Critical (Immediate Action Required)",
    "high": "High Priority",
    "medium": "Medium Priority",
    "low": "Low Priority",
    "info": "For Information",
}
# Detection: logs, threat detection and compliance monitoring. https://docs.aws.amazon.com/wellarchitected/latest/framework/sec-04.html
_COMPLIANCE = "SEC04"
_CHECK_KEYS = (
    "check_id",
    "title",
    "severity",
    "pillar",
    "best_practice",
    "recommendation",
    "role",
    "tag",
    "item",
    "downtime",
    "cost",
    "source",
)


def markdown(report: Report) -> str:
    """The whole report. Errors: Refusal where jinja2 is missing."""
    if not HAS_JINJA2:
        raise Refusal(
            "the Markdown report needs jinja2, which this host's Python lacks; run wa_review on the controller "
            "(connection local), install jinja2, or leave markdown out of report_formats"
        )
    # Markdown, not HTML: md() takes the markup out of what comes from the account.
    environment = Environment(  # noqa: S701
        trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters.update(FILTERS)
    return environment.from_string(REPORT).render(**_view(report))


def _view(report: Report) -> dict[str, Any]:
    """What the template shows: findings grouped by check, by pillar and by priority."""
    failed = _groups(report, "FAIL")
    passed = _groups(report, "PASS")
    return {
        **report,
        "br": "  ",
        "shown": SHOWN,
        "headline": _headline(passed, failed),
        "pillars": [_pillar(pillar, report, passed, failed) for pillar in Pillar],
        "phases": _phases(report["plan"]),
        "closing": {
            "with_role": sum(bool(step["roles"]) for step in report["plan"]),
            "downtime": sum(step["downtime"] for step in report["plan"]),
        },
        "critical": [group for group in failed if group["severity"] == "critical"],
        "high": [group for group in failed if group["severity"] == "high"],
        "savings": [group for group in failed if group["cost"] == "lowers" or (group["monthly_usd"] or 0) < 0],
        "compliance": [group for group in failed if group["best_practice"]["id"].startswith(_COMPLIANCE)],
        "unknown": _groups(report, "UNKNOWN"),
        "manual": _groups(report, "MANUAL"),
        "waived": [one for one in report["findings"] if one["status"] == "WAIVED"],
    }


def _groups(report: Report, status: str) -> list[Group]:
    """The findings of a status by check, in the report's order: pillar, severity, check."""
    found = [one for one in report["findings"] if one["status"] == status]
    return [_group(list(members)) for _check, members in groupby(found, key=lambda one: one["check_id"])]


def _group(findings: Sequence[Mapping[str, Any]]) -> Group:
    amounts = [one["monthly_usd"] for one in findings if one["monthly_usd"] is not None]
    return {
        **{key: findings[0][key] for key in _CHECK_KEYS},
        "findings": findings,
        "monthly_usd": round(sum(amounts), 2) if amounts else None,
    }


def _pillar(pillar: Pillar, report: Report, passed: Iterable[Group], failed: Iterable[Group]) -> dict[str, Any]:
    broken = {group["check_id"] for group in failed}
    gaps = [group for group in failed if group["pillar"] == pillar]
    return {
        "label": pillar.label,
        "url": pillar.url,
        "counts": report["summary"]["pillars"][pillar.value],
        # What fails on one resource is no strength for passing on another.
        "strengths": [one for one in passed if one["pillar"] == pillar and one["check_id"] not in broken],
        "gaps": gaps,
        "priorities": _priorities(gaps),
    }


def _priorities(gaps: Iterable[Group]) -> list[dict[str, Any]]:
    numbered = [{**group, "number": number} for number, group in enumerate(gaps, start=1)]
    by_severity = [
        (_PRIORITIES[severity.value], [group for group in numbered if group["severity"] == severity])
        for severity in Severity
    ]
    return [{"label": label, "groups": groups} for label, groups in by_severity if groups]


def _phases(plan: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    every = [{"name": name, "steps": [step for step in plan if step["phase"] == name]} for name in (*PHASES, LATER)]
    return [phase for phase in every if phase["steps"]]


def _headline(passed: Sequence[Group], failed: Sequence[Group]) -> dict[str, str]:
    broken = {group["check_id"] for group in failed}
    strengths = [group["title"] for group in passed if group["check_id"] not in broken]
    critical = [group["title"] for group in failed if group["severity"] == "critical"]
    by_pillar = [(pillar.label, sum(group["pillar"] == pillar for group in failed)) for pillar in Pillar]
    gaps = [f"{label} ({count})" for label, count in by_pillar if count]
    return {
        "strengths": f"checks that pass on every resource: {len(strengths)}" if strengths else "none found",
        "gaps": ", ".join(gaps) or "none found",
        "critical": "not met: " + "; ".join(_plain(title) for title in critical) if critical else "none found",
    }


def _plain(text: object) -> str:
    """Text for a line or a table cell: no line ends, no table bars, no tags."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def _code(text: object) -> str:
    return f"`{_plain(text).replace('`', '')}`" if text else "the stack"


def _usd(amount: float) -> str:
    return f"-${-amount:,.2f}" if amount < 0 else f"${amount:,.2f}"


def _signed(amount: float) -> str:
    return _usd(amount) if amount < 0 else f"+{_usd(amount)}"


def _fix(group: Mapping[str, Any]) -> str:
    """Who fixes it."""
    if not group["role"]:
        return "No role does this: it is work for people or for another tool"
    item = f"; review item {group['item']}" if group["item"] else ""
    return f"Role `{group['role']}`: `ansible-playbook playbooks/roles/{group['role']}.yml --tags {group['tag']}`{item}"


def _bill(group: Mapping[str, Any]) -> str:
    """What the fix does to the bill."""
    if group["monthly_usd"] is not None:
        return f"{_signed(group['monthly_usd'])}"
    return {
        "none": "unchanged",
        "raises": "rises",
        "lowers": "falls",
        "either": "rises or falls with the option chosen",
    }[group["cost"]]


def _work(step: Mapping[str, Any]) -> str:
    """A step's second half: who, how many, at what price."""
    who = "role " + ", ".join(f"`{role}`" for role in step["roles"]) if step["roles"] else "by people"
    parts = [who, f"{step['resources']} resource{'s' if step['resources'] != 1 else ''}"]
    parts += ["with downtime"] if step["downtime"] else []
    parts += [f"monthly cost {_bill(step)}"] if step["cost"] != "none" or step["monthly_usd"] is not None else []
    return ", ".join(parts)


def _seen(finding: Mapping[str, Any]) -> str:
    """The evidence and where."""
    where = f" ({_code(finding['resource'])})" if finding["resource"] else ""
    return f"{_plain(finding['evidence'])}{where}"


def _gap(group: Mapping[str, Any]) -> str:
    text = f"Not met: {_plain(group['title'])}"
    return f"🔴 **{text}** (critical)" if group["severity"] == "critical" else f"❌ {text} ({group['severity']})"


def _strength(group: Mapping[str, Any]) -> str:
    count = len(group["findings"])
    return f"{_plain(group['title'])} ({count} resources)" if count > 1 else _plain(group["title"])


def _link(practice: Mapping[str, str]) -> str:
    return f"[{practice['id']} {practice['title']}]({practice['url']})"


def _cells(line: Mapping[str, Any]) -> list[str]:
    """One line of the bill as the cells of its table."""
    what = f"{_plain(line['what'])} ({line['note']})" if line["note"] else _plain(line["what"])
    unit_usd = "?" if line["unit_usd"] is None else f"{line['unit_usd']:g}"
    amount = "not priced" if line["monthly_usd"] is None else f"{line['monthly_usd']:.2f}"
    return [line["area"], what, f"{line['quantity']:g}", line["unit"], unit_usd, amount, line["page"]]


def _terms(waiver: Mapping[str, Any]) -> str:
    reason, owner = _plain(waiver["reason"]), _plain(waiver["owner"])
    return f"{reason}; on {_code(waiver['resource'])}, owner {owner}, until {waiver['expires']}"


FILTERS = {
    "md": _plain,
    "code": _code,
    "usd": _usd,
    "signed": _signed,
    "fix": _fix,
    "bill": _bill,
    "work": _work,
    "seen": _seen,
    "gap": _gap,
    "strength": _strength,
    "link": _link,
    "cells": _cells,
    "terms": _terms,
}
