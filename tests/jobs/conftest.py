from collections.abc import Iterator

import pytest

from besedka.jobs import registry


@pytest.fixture(autouse=True)
def _own_jobs() -> Iterator[None]:
    """A test has the jobs that it declares and no others, and they are gone after it."""
    definitions, periodic = dict(registry._definitions), dict(registry._periodic)
    registry._definitions.clear()
    registry._periodic.clear()
    yield
    registry._definitions.clear()
    registry._definitions.update(definitions)
    registry._periodic.clear()
    registry._periodic.update(periodic)
