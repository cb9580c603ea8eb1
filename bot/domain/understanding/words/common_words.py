"""Which words are common French, in every inflected form: a compact, approximate set."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

_HASHES = 5
_BITS_PER_WORD = 9


@dataclass(frozen=True, slots=True)
class CommonWords:
    """A Bloom filter over folded words: it knows all of its words, and takes about one foreign
    word in fifty for its own. `bits` is not empty.
    """

    bits: bytes

    def __contains__(self, word: str) -> bool:
        bits = self.bits
        return all(bits[place >> 3] >> (place & 7) & 1 for place in _places(word, len(bits) * 8))


def pack(words: Iterable[str]) -> CommonWords:
    """The filter of these folded words; the same words give the same bytes."""
    kept = sorted(set(words))
    bits = bytearray(len(kept) * _BITS_PER_WORD // 8 + 1)
    for word in kept:
        for place in _places(word, len(bits) * 8):
            bits[place >> 3] |= 1 << (place & 7)
    return CommonWords(bytes(bits))


def _places(word: str, size: int) -> list[int]:
    raw = word.encode(errors="surrogatepass")
    first, step = crc32(raw), crc32(raw, 0x9E3779B9) | 1
    return [(first + index * step) % size for index in range(_HASHES)]
