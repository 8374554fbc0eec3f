from collections.abc import Iterator

import pytest

from besedka.events import service


@pytest.fixture(autouse=True)
def _own_subscribers() -> Iterator[None]:
    subscribers = {kind: list(each) for kind, each in service._subscribers.items()}
    yield
    service._subscribers.clear()
    service._subscribers.update(subscribers)
