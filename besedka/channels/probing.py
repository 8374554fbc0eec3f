"""Trying keys out before they are kept, step by step, so that each trouble has its own words."""

from besedka.channels import connections
from besedka.channels.adapters.base import (
    AccountProfile,
    ChannelAdapter,
    ChannelError,
)
from besedka.channels.schemas import ProbeRead, ProbeStep, ProbeStepRead
from besedka.core import time


async def probe_keys(kind: str, credentials: dict[str, str]) -> ProbeRead:
    """What the channel says to these keys; nothing is kept. Raises UnknownChannelKind."""
    adapter = connections.open_adapter(kind, credentials)
    try:
        return await _probe(adapter)
    finally:
        await adapter.aclose()


async def _probe(adapter: ChannelAdapter) -> ProbeRead:
    steps: list[ProbeStepRead] = []
    profile: AccountProfile | None = None
    try:
        await adapter.authorise()
        steps.append(_passed(ProbeStep.KEYS))
        profile = await adapter.check()
        steps.append(_passed(ProbeStep.ACCOUNT))
        # The messenger alone is closed without the tariff: whom the keys belong to is told anyway.
        async for _ in adapter.chats(updated_since=time.now()):
            break
        steps.append(_passed(ProbeStep.TARIFF))
    except ChannelError as error:
        steps.append(_failed(list(ProbeStep)[len(steps)], error))
    return ProbeRead(
        steps=steps,
        account_name=profile.name if profile else None,
        account_id=profile.external_id if profile else None,
    )


def _passed(step: ProbeStep) -> ProbeStepRead:
    return ProbeStepRead(step=step, is_passed=True)


def _failed(step: ProbeStep, error: ChannelError) -> ProbeStepRead:
    return ProbeStepRead(
        step=step,
        is_passed=False,
        code=error.code,
        title=error.title,
        way_out=error.way_out_of_trial,
    )
