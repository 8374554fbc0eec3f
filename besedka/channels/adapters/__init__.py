"""The channels we speak, and how to get an adapter for one account of one of them."""

import httpx

from besedka.channels.adapters.avito import AvitoAdapter
from besedka.channels.adapters.base import Capabilities, ChannelAdapter, ChannelError

_KINDS = {"avito": AvitoAdapter}


class UnknownChannelKind(ChannelError):
    code = "unknown_channel_kind"
    status = 422
    title = "Такого канала нет"
    way_out = "Выберите канал из списка."


def kinds() -> tuple[str, ...]:
    return tuple(_KINDS)


def must_be_known(kind: str) -> None:
    """Raises UnknownChannelKind."""
    if kind not in _KINDS:
        raise UnknownChannelKind(kind=kind)


def capabilities_of(kind: str) -> Capabilities:
    """What every account of this channel can; the base's defaults for a channel we left."""
    adapter = _KINDS.get(kind)
    return adapter.capabilities if adapter is not None else Capabilities()


def create_adapter(
    kind: str,
    credentials: dict[str, str],
    *,
    base_url: str,
    requests_per_s: float = 10,
    transport: httpx.AsyncBaseTransport | None = None,
) -> ChannelAdapter:
    """An adapter for one account; keep it while the account is in use and `aclose` it after.

    Its token, its limits and its connections live in it, so two adapters of one account would
    ask twice as fast as `requests_per_s`.
    """
    must_be_known(kind)
    return _KINDS[kind](
        credentials, base_url=base_url, requests_per_s=requests_per_s, transport=transport
    )
