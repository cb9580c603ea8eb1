import pytest

from tests.support.scene import Loop, Scene, accepted_loop


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def loop() -> Loop:
    return accepted_loop()


@pytest.fixture
def reco(loop: Loop) -> Loop:
    """Its first recommendation is published."""
    loop.advisor.says("/reco Contacter l’EPF")
    return loop
