"""From clauses and evidence to a decision, said politely."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from besedka.assistant.decisions import Action, Decision, HandoverReason, ModelHandoverReason
from besedka.assistant.extractive import listing_answers
from besedka.assistant.extractive.clauses import Clause, clauses_in, is_greeting
from besedka.assistant.extractive.evidence import (
    Match,
    Unit,
    has_price,
    matches_of,
    needs_of,
    units_of,
)
from besedka.assistant.extractive.intents import person_needed
from besedka.assistant.talk import LISTING_SOURCE, Briefing, ListingFacts, Speaker
from besedka.assistant.wishes import condensed, wish_of
from besedka.core.words import normalise, words_of

_MAX_QUOTE = 350
_MAX_ROWS = 4
_INTEREST = re.compile(
    r"^\W*(?:\+|интересует|интересно|хочу узнать|можно (?:узнать )?подробнее|расскажите)[^?]{0,40}$"
)
_VARIANT = re.compile(r"\b(?:со?|без) [а-я]{3,}")


@dataclass(slots=True)
class _Reply:
    """What has been found for the burst so far."""

    parts: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    unknown: list[Clause] = field(default_factory=list)
    unclear: list[Clause] = field(default_factory=list)
    choice: str = ""
    is_gone: bool = False  # what is asked about is no longer published

    def say(self, text: str, *sources: str) -> None:
        if text not in self.parts:
            self.parts.append(text)
        self.sources += [source for source in sources if source not in self.sources]


def decide(briefing: Briefing, *, objection: str | None = None) -> Decision:
    """Answer, ask one question back, or hand over. `objection`: why a guard refused the answer."""
    if objection is not None:
        return _hand_over(briefing, HandoverReason.UNKNOWN_FACT, _Reply())
    units = units_of(briefing)
    reply = _Reply()
    clauses = clauses_in(briefing.burst)
    for clause in clauses:
        reason = person_needed(
            clause, has_answer=lambda asked: _is_answerable(asked, briefing, units)
        )
        if reason is not None:
            return _hand_over(briefing, reason, reply)
        _answer(clause, briefing, units, reply)
    if reply.is_gone:
        return _hand_over(briefing, HandoverReason.LISTING_CLOSED, reply)
    if reply.unknown:
        return _hand_over(briefing, HandoverReason.UNKNOWN_FACT, reply)
    if reply.choice:
        return _clarify(briefing, reply, reply.choice)
    if reply.parts:
        return _say(briefing, reply)
    return _when_nothing_was_asked(briefing, reply, clauses)


def _is_answerable(clause: Clause, briefing: Briefing, units: Sequence[Unit]) -> bool:
    tried = _Reply()
    _answer(clause, briefing, units, tried)
    return bool(tried.parts)


def _answer(clause: Clause, briefing: Briefing, units: Sequence[Unit], reply: _Reply) -> None:
    listing = briefing.listing
    if listing is not None and _tells_of_sale(clause, listing, reply):
        return
    matches = matches_of(clause, units, listing)
    if variants := _variants(clause, units):
        _quote(clause, variants, reply)
        return
    from_listing = None
    if listing is not None and all(
        listing_answers.price_tells(word, listing) for word in needs_of(clause, listing)
    ):
        from_listing = listing_answers.answer(clause, listing)
    if from_listing is not None and (not matches or listing_answers.comes_first(clause)):
        reply.say(from_listing, LISTING_SOURCE)
        return
    if listing is not None and listing_answers.title_tells(clause, listing):
        reply.say(f"В объявлении указано: «{listing.title}».", LISTING_SOURCE)
    elif matches:
        _quote(clause, matches, reply)
    elif clause.is_empty:
        if clause.is_question:
            reply.unclear.append(clause)
    elif clause.is_question or (clause.concepts and len(clause.words) < 2):
        reply.unknown.append(clause)
    else:
        reply.unclear.append(clause)


def _tells_of_sale(clause: Clause, listing: ListingFacts, reply: _Reply) -> bool:
    is_interest = bool(_INTEREST.match(clause.normal)) and not clause.words
    if listing.status == "closed" and (is_interest or listing_answers.is_about_sale(clause)):
        reply.say(listing_answers.closed(listing), LISTING_SOURCE)
        reply.is_gone = True
        return True
    if is_interest and (facts := listing_answers.overview(listing)) is not None:
        reply.say(facts, LISTING_SOURCE)
    return is_interest


def _variants(clause: Clause, units: Sequence[Unit]) -> list[Match]:
    """ "Сколько со своим маслом?" asks for one of several prices, not for the listing's."""
    if not (clause.asks("цена") and _VARIANT.search(clause.normal)):
        return []
    return [match for match in matches_of(clause, units, None) if match.coverage == 1]


def _quote(clause: Clause, matches: Sequence[Match], reply: _Reply) -> None:
    best = matches[0]
    rows = [match for match in matches if _is_as_good(match, best)]
    prices = [match.unit for match in rows if has_price(match.unit)]
    if clause.asks("цена") and len({unit.text for unit in prices}) > _MAX_ROWS:
        names = [unit.text.split(":")[0] for unit in prices[:6] if ":" in unit.text]
        reply.choice = "Уточните, пожалуйста, что именно: " + ", ".join(names) + "?"
        reply.sources += [prices[0].source.id]
        return
    if best.unit.answers_a_question:
        chosen = [match.unit for match in matches if match.unit.source is best.unit.source][:3]
    elif clause.asks("цена") and len(prices) > 1:
        chosen = prices
    else:
        chosen = [match.unit for match in rows if match.unit.source.id == best.unit.source.id][:2]
    chosen.sort(key=lambda unit: (unit.source.id, unit.position))
    length = 0
    for unit in chosen:
        if length and length + len(unit.text) > _MAX_QUOTE:
            break
        reply.say(_sentence(unit.text), unit.source.id)
        length += len(unit.text)


def _is_as_good(match: Match, best: Match) -> bool:
    return (
        match.is_full == best.is_full
        and match.coverage >= best.coverage - 0.01
        and match.unit.listing_overlap >= best.unit.listing_overlap
    )


def _sentence(text: str) -> str:
    text = text.strip().rstrip(";,")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", ":")) else text + "."


def _when_nothing_was_asked(
    briefing: Briefing, reply: _Reply, clauses: Sequence[Clause]
) -> Decision:
    asked_before = bool(briefing.earlier) and briefing.earlier[-1].text.rstrip().endswith("?")
    if asked_before and briefing.earlier[-1].speaker is Speaker.BOT:
        return _hand_over(briefing, HandoverReason.UNCLEAR, reply)
    if is_greeting(briefing.burst) and not any(clause.text for clause in clauses):
        title = f" по объявлению «{briefing.listing.title}»" if briefing.listing else ""
        return _clarify(briefing, reply, f"Чем могу помочь{title}?")
    return _clarify(briefing, reply, "Уточните, пожалуйста, что именно вас интересует?")


def _say(briefing: Briefing, reply: _Reply) -> Decision:
    body = _joined(reply.parts)
    last = briefing.last_answer()
    if last is not None and " ".join(words_of(last)).endswith(" ".join(words_of(body))):
        if normalise(last).startswith("повторю"):
            return _hand_over(briefing, HandoverReason.UNCLEAR, _Reply())
        body = (
            f"Повторю: {body[:1].lower()}{body[1:]}" if body[1:2].islower() else f"Повторю: {body}"
        )
    return Decision(
        action=Action.ANSWER, text=_greeted(briefing, body), source_ids=list(reply.sources)
    )


def _clarify(briefing: Briefing, reply: _Reply, question: str) -> Decision:
    text = _joined([*reply.parts, question])
    return Decision(
        action=Action.CLARIFY, text=_greeted(briefing, text), source_ids=list(reply.sources)
    )


def _hand_over(briefing: Briefing, reason: ModelHandoverReason, reply: _Reply) -> Decision:
    text = _greeted(briefing, _joined(reply.parts)) if reply.parts else ""
    return Decision(
        action=Action.HAND_OVER,
        text=text,
        source_ids=list(reply.sources),
        reason=reason,
        wants=condensed(wish_of(briefing.burst)),
    )


def _joined(parts: Sequence[str]) -> str:
    return ("\n" if sum(map(len, parts)) > 200 else " ").join(parts)


def _greeted(briefing: Briefing, text: str) -> str:
    return text if briefing.has_greeted else f"Здравствуйте. {text}"
