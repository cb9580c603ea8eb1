"""What is said of a message that cannot be trusted, on a stand-in for the library's machine."""

import logging
from types import SimpleNamespace
from typing import cast

import pytest
from nio import AsyncClient

from bot.networks.matrix.connection.encryption import Encryption
from bot.networks.matrix.connection.homeserver import Homeserver

SENDER = "@martine.duval-fourmies.exemple.fr:agent.exemple.fr"
SEALED = {
    "type": "m.room.encrypted",
    "event_id": "$1",
    "sender": SENDER,
    "origin_server_ts": 1,
    "content": {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "illisible",
        "device_id": "TELEPHONE",
        "sender_key": "a key",
        "session_id": "a session",
    },
}


def test_the_log_does_not_name_who_sent_what_another_device_sealed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened = SimpleNamespace(source={"type": "m.room.message", "content": {"body": "Bonjour"}})
    olm = SimpleNamespace(
        decrypt_megolm_event=lambda event, room_id: opened,
        device_store={SENDER: {"TELEPHONE": SimpleNamespace(curve25519="another key")}},
    )
    client = cast(AsyncClient, SimpleNamespace(olm=olm))
    encryption = Encryption(client, cast(Homeserver, None))

    with caplog.at_level(logging.INFO):
        assert None is encryption.decrypt("!salle:exemple.fr", SEALED)

    assert 1 == len(caplog.records)
    assert "martine" not in caplog.text
