import pytest

from tests.trial.scene import Scene


@pytest.fixture
def scene() -> Scene:
    return Scene()
