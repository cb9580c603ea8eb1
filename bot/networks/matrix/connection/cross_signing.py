"""Signs our device with our account's keys (cross-signing): clients shut out unsigned devices.

matrix-nio does not do it. The three keys are plain Ed25519 key pairs; each is kept on disk as an
account of vodozemac, whose pickle is encrypted with the store's key.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from nio.api import Api
from vodozemac import Account

from bot.networks.matrix.connection.homeserver import Homeserver, RequestRefused, path
from bot.networks.matrix.connection.login import Session, read_private, write_private
from bot.networks.matrix.settings import MatrixSettings
from bot.ports.network import NetworkError, RetryLater

_FILE = "cross_signing.json"
_USAGES = ("master", "self_signing", "user_signing")
_PAUSE = timedelta(seconds=5)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """The account's three key pairs, by usage."""

    user_id: str
    pairs: dict[str, Account]

    def public(self, usage: str) -> str:
        """The public key, in unpadded base64."""
        return self.pairs[usage].ed25519_key.to_base64()

    def key(self, usage: str) -> dict[str, Any]:
        """The public part of one key, to be uploaded; the master key signs the two others."""
        public = self.public(usage)
        shown = {
            "user_id": self.user_id,
            "usage": [usage],
            "keys": {f"ed25519:{public}": public},
        }
        return shown if usage == "master" else self.sign("master", shown)

    def sign(self, usage: str, shown: dict[str, Any]) -> dict[str, Any]:
        """A copy of the object with one more signature, by that key."""
        bare = {name: shown[name] for name in shown if name not in {"signatures", "unsigned"}}
        signature = self.pairs[usage].sign(Api.to_canonical_json(bare).encode()).to_base64()
        signatures = {**shown.get("signatures", {}).get(self.user_id, {})}
        signatures[f"ed25519:{self.public(usage)}"] = signature
        return {**bare, "signatures": {self.user_id: signatures}}


async def sign_device(settings: MatrixSettings, session: Session, server: Homeserver) -> None:
    """Sign our device on the server, unless it keeps keys that were made elsewhere."""
    identity = _identity(settings, session.user_id)
    asked: dict[str, Any] = {"device_keys": {session.user_id: []}}
    known = await server.call("POST", path("keys", "query"), asked)
    master = known.get("master_keys", {}).get(session.user_id, {}).get("keys", {})
    if identity.public("master") not in master.values():
        try:
            await _upload(settings, identity, server)
        except RequestRefused:
            _log.warning("The device of %s could not be cross-signed.", session.user_id)
            return
    device = known["device_keys"].get(session.user_id, {}).get(session.device_id)
    if device is None:
        raise RetryLater(_PAUSE, "The server does not show our device yet.")
    signatures = device.get("signatures", {}).get(session.user_id, {})
    if f"ed25519:{identity.public('self_signing')}" not in signatures:
        await _sign(identity, session, device, server)


async def _sign(
    identity: Identity, session: Session, device: dict[str, Any], server: Homeserver
) -> None:
    signed = {session.user_id: {session.device_id: identity.sign("self_signing", device)}}
    answer = await server.call("POST", path("keys", "signatures", "upload"), signed)
    if answer.get("failures"):
        _log.warning("The server did not take the signature of our device.")


async def _upload(settings: MatrixSettings, identity: Identity, server: Homeserver) -> None:
    """The first upload needs no further authentication; replacing keys needs the password."""
    keys: dict[str, Any] = {f"{usage}_key": identity.key(usage) for usage in _USAGES}
    address = path("keys", "device_signing", "upload")
    try:
        await server.call("POST", address, keys)
    except RequestRefused as error:
        if error.status != 401 or not settings.password:
            raise
        keys["auth"] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": settings.user},
            "password": settings.password,
        }
        await server.call("POST", address, keys)


def _identity(settings: MatrixSettings, user_id: str) -> Identity:
    """The keys kept in the folder; if there are none, new ones, written there before their use."""
    file = settings.folder / _FILE
    secret = hashlib.sha256(b"cross-signing:" + settings.store_key.encode()).digest()
    kept = read_private(file)
    if kept.get("user_id") == user_id:
        try:
            pickles = kept["keys"]
            return Identity(user_id, {u: Account.from_pickle(pickles[u], secret) for u in _USAGES})
        except ValueError as error:
            raise NetworkError(f"{file} cannot be read with this store key.") from error
    identity = Identity(user_id, {usage: Account() for usage in _USAGES})
    pickles = {usage: pair.pickle(secret) for usage, pair in identity.pairs.items()}
    write_private(file, {"user_id": user_id, "keys": pickles})
    return identity
