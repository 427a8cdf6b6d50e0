"""Chance with a name: the random streams of the program (Philox 4x32-10, Salmon et al. 2011)."""
from __future__ import annotations

import hashlib

from nonpaper import real

_MASK = 0xFFFFFFFF
_MANY = 0xFFFFFFFFFFFFFFFF


def _philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        low, high = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (
            (high >> 32) ^ c1 ^ k0,
            high & _MASK,
            (low >> 32) ^ c3 ^ k1,
            low & _MASK,
        )
        k0, k1 = (k0 + 0x9E3779B9) & _MASK, (k1 + 0xBB67AE85) & _MASK
    return c0, c1, c2, c3


def key_of(seed: int, name: str) -> tuple[int, int]:
    """The two words that make a stream: from a seed and a name."""
    digest = hashlib.blake2b(
        b"nonpaper/stream/1\0" + (seed & _MANY).to_bytes(8, "little") + name.encode(), digest_size=32
    ).digest()
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:16], "little")


class Luck:
    """One stream. The same key brings the same numbers, on every machine."""

    __slots__ = ("_key", "_upper", "_blocks", "_waiting")

    def __init__(self, first: int, second: int) -> None:
        self._key = (first & _MASK, first >> 32 & _MASK)
        self._upper = (second & _MASK, second >> 32 & _MASK)
        self._blocks = 0
        self._waiting: list[int] = []

    def u32(self) -> int:
        """32 random bits."""
        if not self._waiting:
            blocks = self._blocks
            counter = (blocks & _MASK, blocks >> 32 & _MASK, *self._upper)
            self._waiting = list(reversed(_philox(counter, self._key)))
            self._blocks = (blocks + 1) & _MANY
        return self._waiting.pop()

    def unit(self) -> float:
        """A number in [0, 1), 53 bits of two words."""
        high = self.u32()
        return float((high << 32 | self.u32()) >> 11) * 2.0**-53

    def below(self, bound: int) -> int:
        """A whole number in [0, bound), without favour (Lemire 2019). The bound is from 1 to 2^32 - 1."""
        if not 0 < bound <= _MASK:
            raise ValueError(f"a bound must be from 1 to {_MASK}, not {bound}")
        product = self.u32() * bound
        if product & _MASK < bound:
            unfair = (2**32 - bound) % bound
            while product & _MASK < unfair:
                product = self.u32() * bound
        return product >> 32

    def normal(self) -> float:
        """A standard normal number (Marsaglia's polar method)."""
        while True:
            u = 2.0 * self.unit() - 1.0
            v = 2.0 * self.unit() - 1.0
            square = u * u + v * v
            if 0.0 < square < 1.0:
                return u * real.sqrt(-2.0 * real.log(square) / square)
