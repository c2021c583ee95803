"""A day of samples in one value: 288 steps of 5 minutes, the mean and the highest of each, and which minutes came.

Loads are hundredths of a point (0 to 10,000) in two bytes each: 1,440 bytes a day. A step takes up to five samples, one a
minute, and knows them by a bit each; so a sample that is sent twice counts once, in whatever order samples come.
The hours of the day are kept beside it, 96 bytes, for whoever reads weeks of many targets.
"""

import sys
from array import array
from dataclasses import dataclass

STEPS, STEP_MINUTES, HOURS = 288, 5, 24
STEPS_AN_HOUR = STEPS // HOURS
UNKNOWN = 0xFFFF
WHOLE_STEP = 0b11111


def pack(values: "array[int]") -> bytes:
    """Little-endian, whatever the machine is."""
    if sys.byteorder == "big":
        values = array("H", values)
        values.byteswap()
    return values.tobytes()


def unpack(packed: bytes) -> "array[int]":
    values = array("H", packed)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def points(value: int) -> float | None:
    """As people read it; None where nothing is known."""
    return None if value == UNKNOWN else value / 100


@dataclass
class PackedDay:
    """mean, highest: hundredths of a point, UNKNOWN where nothing came. minutes: a bit for each minute that came."""

    mean: "array[int]"
    highest: "array[int]"
    minutes: bytearray

    @classmethod
    def empty(cls) -> "PackedDay":
        return cls(array("H", [UNKNOWN] * STEPS), array("H", [UNKNOWN] * STEPS), bytearray(STEPS))

    @classmethod
    def read(cls, packed: bytes) -> "PackedDay":
        both = unpack(packed[: 4 * STEPS])
        return cls(both[:STEPS], both[STEPS:], bytearray(packed[4 * STEPS :]))

    def packed(self) -> bytes:
        return pack(self.mean + self.highest) + bytes(self.minutes)

    def take(self, minute: int, *, mean: float, highest: float, minutes: int = 1) -> int:
        """Take in a sample of `minutes` (1 or 5) from a minute of the day on.

        Returns how many of them are new; where one came before, none of the sample is taken.
        """
        step = minute // STEP_MINUTES
        bits = WHOLE_STEP if minutes == STEP_MINUTES else 1 << minute % STEP_MINUTES
        before = self.minutes[step]
        if before & bits:
            return 0
        weight, said = minutes / (before.bit_count() + minutes), mean * 100
        known = said if not before else self.mean[step] + (said - self.mean[step]) * weight
        self.mean[step] = round(known)
        self.highest[step] = max(round(highest * 100), self.highest[step] if before else 0)
        self.minutes[step] = before | bits
        return minutes

    def hours(self) -> bytes:
        """The mean of each hour, then the highest of each; UNKNOWN where less than half of its steps came."""
        means, peaks = array("H"), array("H")
        for first in range(0, STEPS, STEPS_AN_HOUR):
            came = [at for at in range(first, first + STEPS_AN_HOUR) if self.minutes[at]]
            enough = len(came) * 2 >= STEPS_AN_HOUR
            means.append(round(sum(self.mean[at] for at in came) / len(came)) if enough else UNKNOWN)
            peaks.append(max(self.highest[at] for at in came) if enough else UNKNOWN)
        return pack(means + peaks)


NO_HOURS = pack(array("H", [UNKNOWN] * 2 * HOURS))
EMPTY = PackedDay.empty().packed()
