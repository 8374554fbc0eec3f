"""The report: one JSON object for programs, a table for people."""

from dataclasses import asdict

import orjson

from besedka.trial.judge import Verdict
from besedka.trial.timings import Spread

# The keys of the JSON object, in order; nothing else is in it.
COUNTS = (
    "sent",
    "stored",
    "lost",
    "duplicates_stored",
    "bursts",
    "answered",
    "unanswered",
    "double_answers",
    "bot_after_person",
    "recovered_by_sweep",
)
TIMES = ("ack_ms", "visible_ms", "answer_overhead_ms")

_TITLES = {
    "sent": "сообщений покупателей отправлено",
    "stored": "из них в базе",
    "lost": "потеряно",
    "duplicates_stored": "записано дважды",
    "bursts": "серий, на которые отвечает бот",
    "answered": "отвечено или передано с уведомлением",
    "unanswered": "осталось без ответа",
    "double_answers": "отвечено дважды",
    "bot_after_person": "бот написал после человека",
    "recovered_by_sweep": "найдено сверкой, а не вебхуком",
    "ack_ms": "подтверждение вебхука",
    "visible_ms": "видно в браузере",
    "answer_overhead_ms": "ответ сверх паузы и модели",
}
_MUST_BE_ZERO = frozenset(
    {"lost", "duplicates_stored", "unanswered", "double_answers", "bot_after_person"}
)
_MOST_DETAILS = 20


def as_json(verdict: Verdict) -> str:
    """`{"sent", …, "ack_ms": {"p50", "p95", "p99", "max"}, …, "failed": […]}`; times in ms."""
    report: dict[str, object] = {name: getattr(verdict, name) for name in COUNTS}
    report |= {name: asdict(getattr(verdict, name)) for name in TIMES}
    report["failed"] = verdict.failed
    return orjson.dumps(report).decode()


def as_text(verdict: Verdict) -> str:
    lines = [""]
    for name in COUNTS:
        value = getattr(verdict, name)
        mark = "  ← должно быть 0" if name in _MUST_BE_ZERO and value else ""
        lines.append(f"  {name:<20}{value:>8}  {_TITLES[name]}{mark}")
    lines.append(f"  {'':<20}{verdict.with_person:>8}  серий взял человек, ещё ")
    lines[-1] += f"{verdict.needs_none} не требовали ответа"
    lines += ["", f"  {'мс':<20}{'p50':>9}{'p95':>9}{'p99':>9}{'max':>9}"]
    for name in TIMES:
        lines.append(f"  {name:<20}{_columns(getattr(verdict, name))}  {_TITLES[name]}")
    lines += ["", *(f"  ! {reason}" for reason in verdict.failed)]
    lines += [f"  · {detail}" for detail in verdict.details[:_MOST_DETAILS]]
    if len(verdict.details) > _MOST_DETAILS:
        lines.append(f"  · … и ещё {len(verdict.details) - _MOST_DETAILS}")
    lines += ["", "  Всё чисто." if verdict.is_clean else "  Испытание не пройдено."]
    return "\n".join(lines)


def _columns(spread: Spread) -> str:
    values = (spread.p50, spread.p95, spread.p99, spread.max)
    return "".join(f"{'—' if value is None else value:>9}" for value in values)
