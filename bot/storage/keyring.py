"""The operator's secret and everything derived from it: coded ids, fingerprints' keys, encryption.

The argument why no graph can be rebuilt without the secret is in docs/architecture/privacy.md.
"""

import hashlib
import hmac
import os
from functools import lru_cache, partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.balance.identity import Member

SHORT = 16
"""The bytes of a coded id: 128 bits of an HMAC-SHA-256 keep even billions of ids apart."""

_NONCE = 12
_CHANNELS = 1000  # whose codes are remembered


class UnreadableError(Exception):
    """An encrypted value that the secret does not open."""


class Keyring:
    """Derives one key for each purpose from the secret (HKDF, RFC 5869), so that none serves two."""

    __slots__ = (
        "_channel", "_check", "_cipher", "_community", "_delivery", "_event", "_member", "_prints", "_target",
    )  # fmt: skip

    def __init__(self, secret: bytes) -> None:
        # A secret of the program's own making has 256 bits; a short one of a person's is stretched by
        # nothing here, and the documentation says so.
        root = hmac.digest(b"checkpost root key", secret, "sha256")
        self._member = _derived(root, "member")
        self._target = _derived(root, "target")
        self._community = _derived(root, "community")
        # Few channels carry most messages.
        self._channel = lru_cache(_CHANNELS)(partial(_coded, _derived(root, "channel")))
        self._event = _derived(root, "event")
        self._prints = _derived(root, "fingerprint")
        self._delivery = _derived(root, "delivery")
        self._check = _derived(root, "check")
        self._cipher = AESGCM(_derived(root, "cipher"))

    def check_value(self) -> bytes:
        """Return what a database remembers to tell whether a secret fits it."""
        return hmac.digest(self._check, b"does this secret fit?", "sha256")

    def member(self, member: Member) -> bytes:
        """Return a member's author_hash: HMAC-SHA-256(key, PLATFORM:ID)."""
        return hmac.digest(self._member, str(member).encode(), "sha256")

    def target(self, author: bytes, person: Member) -> bytes:
        """Return the code of a person as one author's target: HMAC(key, author_hash | person)."""
        return hmac.digest(self._target, author + str(person).encode(), "sha256")[:SHORT]

    def actor(self, member: Member) -> bytes:
        """Return the code of an administrator in the audits of communities' settings."""
        return _coded(self._target, "actor", str(member))

    def community(self, community: str) -> bytes:
        """Return the code of a community."""
        return _coded(self._community, community)

    def channel(self, community: str, channel: str) -> int:
        """Return the code of a channel: 64 bits, as the signed number that both databases store."""
        return int.from_bytes(self._channel(community, channel)[:8], "big", signed=True)

    def message(self, community: str, platform: str, channel: str, message: str) -> bytes:
        """Return the code of a message; ids are unique within platform, community and channel."""
        return _coded(self._event, "message", community, platform, channel, message)

    def digest(self, *parts: str) -> bytes:
        """Return the keyed digest that settles which of two edits of one moment is the later."""
        return _coded(self._event, "version", *parts)

    def not_own(self, author: bytes, site: str) -> bytes:
        """Return the code of a place that a member said is not theirs, so that they are asked once."""
        return _coded(self._target, "not own", author.hex(), site)

    def delivery(self, event: str) -> bytes:
        """Return the code of a platform's event id."""
        return _coded(self._delivery, event)

    def fingerprints(self, author: bytes) -> bytes:
        """Return the key of one author's fingerprints, so that authors cannot be compared."""
        return hmac.digest(self._prints, author, "sha256")

    def seal(self, text: str, purpose: str) -> bytes:
        """Encrypt a value (AES-256-GCM); it opens for the same purpose only."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """Decrypt a value.

        Raises:
            UnreadableError: another secret or purpose sealed it, or it was changed.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode()).decode()
        except InvalidTag:
            raise UnreadableError(f"the stored {purpose} does not open with this [privacy] secret") from None


def _derived(root: bytes, purpose: str) -> bytes:
    return HKDFExpand(SHA256(), hashlib.sha256().digest_size, f"checkpost {purpose}".encode()).derive(root)


def _coded(key: bytes, *parts: str) -> bytes:
    # Each part goes in with its length, so that no two lists of parts run into the same bytes.
    pieces: list[bytes] = []
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        pieces += (len(encoded).to_bytes(4, "big"), encoded)
    return hmac.digest(key, b"".join(pieces), "sha256")[:SHORT]
