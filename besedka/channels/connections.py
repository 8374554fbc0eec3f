"""One adapter per account and process: its token, limits and connections are shared."""

import json
from uuid import UUID

import httpx

from besedka.channels.adapters import create_adapter, must_be_known
from besedka.channels.adapters.base import ChannelAdapter, ChannelUnavailable
from besedka.channels.models import AccountState, ChannelAccount
from besedka.core.crypto import seal, unseal
from besedka.core.settings import get_settings

_adapters: dict[UUID, tuple[str, ChannelAdapter]] = {}
_retired: list[ChannelAdapter] = []
_transport: httpx.AsyncBaseTransport | None = None


def use_transport(transport: httpx.AsyncBaseTransport | None) -> None:
    """Send all channels' requests through `transport`. For tests that run a channel in process."""
    global _transport  # noqa: PLW0603 - a seam for tests
    _transport = transport


def transport() -> httpx.AsyncBaseTransport | None:
    """What leads to the channels: in a test, a channel in this process."""
    return _transport


def seal_credentials(credentials: dict[str, str]) -> str:
    return seal(json.dumps(credentials))


def credentials_of(account: ChannelAccount) -> dict[str, str]:
    credentials: dict[str, str] = json.loads(unseal(account.sealed_credentials))
    if account.external_id is not None:
        credentials["user_id"] = account.external_id
    return credentials


def adapter_of(account: ChannelAccount) -> ChannelAdapter:
    # The sealed text changes with the credentials, so it tells whether the adapter is current.
    version = f"{account.external_id}:{account.sealed_credentials}"
    known = _adapters.get(account.id)
    if known is not None and known[0] == version:
        return known[1]
    if known is not None:
        # Requests under way on the old keys end by themselves; then its connections close.
        _retired.append(known[1])
    adapter = open_adapter(account.kind, credentials_of(account))
    _adapters[account.id] = (version, adapter)
    return adapter


def refuse_while_connecting(account: ChannelAccount) -> None:
    """Raises ChannelUnavailable: what waits for the account may leave in a moment."""
    if account.state is AccountState.CONNECTING:
        raise ChannelUnavailable(account_id=account.id)


def open_adapter(kind: str, credentials: dict[str, str]) -> ChannelAdapter:
    must_be_known(kind)  # no setting bears an unknown channel's name
    settings = get_settings()
    return create_adapter(
        kind,
        credentials,
        base_url=settings.channel_base_url(kind),
        requests_per_s=settings.channel_requests_per_s(kind),
        transport=_transport,
    )


async def close_all() -> None:
    for adapter in [*(adapter for _, adapter in _adapters.values()), *_retired]:
        await adapter.aclose()
    _adapters.clear()
    _retired.clear()
