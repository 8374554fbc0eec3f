"""What the buyer wants, in one look: words as words, everything else by its name."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from besedka.assistant.talk import Line

_LIMIT = 200
# The punctuation of the sentence around a link is no part of it.
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>«»\"]*[^\s<>«»\".,;:!?…)\]}']", re.IGNORECASE)
_AROUND_LINKS = " \t\r\n,.;:!?…()[]«»\"'"
_THINGS = {
    "image": "фото",
    "voice": "голосовое сообщение",
    "video": "видео",
    "file": "файл",
    "location": "место на карте",
    "item": "объявление",
    "call": "звонок",
    "app_call": "звонок в приложении",
}
_NAMED_BY_TEXT = frozenset({"call", "location", "item"})
_UNSAID = frozenset({"system", "deleted"})


def wish_of(burst: Sequence[Line]) -> str:
    """The buyer's words, and in a sentence of its own what came without words."""
    words: list[str] = []
    things: list[str] = []
    for line in burst:
        if line.type in _UNSAID:
            continue
        if line.type in ("text", "link"):
            hosts = [_host(match[0]) for match in _LINK.finditer(line.text)]
            if hosts and not _LINK.sub("", line.text).strip(_AROUND_LINKS):
                things += [f"ссылка на {host}" for host in hosts]
            elif line.text.strip():
                words.append(with_short_links(line.text).strip())
            elif line.type == "link":
                things.append("ссылка")
        elif line.type in _NAMED_BY_TEXT and line.text:
            things.append(line.text[:1].lower() + line.text[1:])
        else:
            things.append(_THINGS.get(line.type, "сообщение, которое здесь не показать"))
    listed = _listed(things)
    if not words:
        return listed
    if listed:
        return " ".join([*map(_ended, words), f"Приложено: {listed}."])
    return " ".join([*map(_ended, words[:-1]), words[-1]])


def with_short_links(text: str) -> str:
    return _LINK.sub(lambda match: _host(match[0]), text)


def condensed(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LIMIT else text[: _LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _host(link: str) -> str:
    try:
        host = urlsplit(link if "://" in link else f"https://{link}").hostname
    except ValueError:  # "http://[" is no address
        host = None
    return (host or "сайт").removeprefix("www.")


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", ")", "+")) else f"{text}."


def _listed(things: Sequence[str]) -> str:
    counted = [
        thing if (count := things.count(thing)) == 1 else f"{thing} ({count})"
        for thing in dict.fromkeys(things)
    ]
    if len(counted) < 2:
        return "".join(counted)
    return f"{', '.join(counted[:-1])} и {counted[-1]}"
