"""Which words are common French, in every inflected form: a compact, approximate set."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

_HASHES = 5
_BITS_PER_WORD = 9


@dataclass(frozen=True, slots=True)
class OrdinaryWords:
    """A Bloom filter over folded words: never misses one of its words, and takes about one
    foreign word in fifty for its own. `bits` has a power-of-two-free length, in bytes."""

    bits: bytes

    def __contains__(self, word: str) -> bool:
        bits = self.bits
        size = len(bits) * 8
        return bool(bits) and all(
            bits[place >> 3] >> (place & 7) & 1 for place in _places(word, size)
        )


def pack(words: Iterable[str]) -> OrdinaryWords:
    """The filter of these folded words; the same words give the same bytes."""
    kept = sorted(set(words))
    bits = bytearray(len(kept) * _BITS_PER_WORD // 8 + 1)
    for word in kept:
        for place in _places(word, len(bits) * 8):
            bits[place >> 3] |= 1 << (place & 7)
    return OrdinaryWords(bytes(bits))


def _places(word: str, size: int) -> Iterator[int]:
    raw = word.encode()
    first, step = crc32(raw), crc32(raw, 0x9E3779B9) | 1
    return ((first + index * step) % size for index in range(_HASHES))
