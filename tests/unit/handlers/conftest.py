import pytest

from tests.support.scene import Loop, Scene, accepted_loop


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def loop() -> Loop:
    return accepted_loop()
