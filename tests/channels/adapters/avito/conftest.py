from collections.abc import AsyncIterator

import pytest

from besedka.channels.adapters.avito import AvitoAdapter
from tests.channels.adapters.avito.scripted import Naps, ScriptedAvito, adapter_for


@pytest.fixture
def scripted() -> ScriptedAvito:
    return ScriptedAvito()


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def adapter(scripted: ScriptedAvito, naps: Naps) -> AsyncIterator[AvitoAdapter]:
    adapter = adapter_for(scripted, naps=naps)
    yield adapter
    await adapter.aclose()
