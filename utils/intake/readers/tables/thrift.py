"""Structures in Thrift's compact protocol, in which Parquet describes itself: fields by their number."""

from typing import Any

MOST = 5_000_000  # values in one structure


class Damaged(Exception):
    """Bytes that are no structure, or one of too many values."""


def structure(content: bytes) -> tuple[dict[int, Any], int]:
    """Give the structure with which some bytes begin, and the number of its bytes; raise Damaged.

    A field is a whole number, true or false, bytes, a structure or a list of these; a fraction or a map is None.
    """
    reader = _Reader(content)
    try:
        return reader.structure(), reader.at
    except (IndexError, RecursionError) as error:
        raise Damaged("it ends too early, or is nested too deeply") from error


class _Reader:
    """Bytes, and the place in them that is read next."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at, self.n = content, 0, 0

    def byte(self) -> int:
        self.at += 1
        return self.content[self.at - 1]

    def structure(self) -> dict[int, Any]:
        fields: dict[int, Any] = {}
        number = 0
        while head := self.byte():
            step, kind = divmod(head, 16)
            number = number + step if step else self.number()
            fields[number] = kind == 1 if kind in (1, 2) else self.value(kind)
        return fields

    def value(self, kind: int) -> Any:
        self.n += 1
        if self.n > MOST:
            raise Damaged(f"it holds more than {MOST:,} values")
        if kind in (1, 2, 3):  # true and false in a list, and a byte
            return self.byte()
        if kind in (4, 5, 6):
            return self.number()
        if kind == 7:
            self.passed(8)
            return None
        if kind == 8:
            return self.bytes(self.digits())
        if kind in (9, 10):
            size, kind = divmod(self.byte(), 16)
            return [self.value(kind) for _ in range(self.digits() if size == 15 else size)]
        if kind == 11:
            self.map()
            return None
        if kind == 12:
            return self.structure()
        raise Damaged(f"it holds a value of an unknown kind, {kind}")

    def map(self) -> None:
        if size := self.digits():
            kinds = divmod(self.byte(), 16)
            for _ in range(size):
                for kind in kinds:
                    self.value(kind)

    def bytes(self, length: int) -> bytes:
        self.passed(length)
        return self.content[self.at - length : self.at]

    def passed(self, length: int) -> None:
        self.at += length
        if self.at > len(self.content):
            raise IndexError

    def number(self) -> int:
        digits = self.digits()
        return (digits >> 1) ^ -(digits & 1)

    def digits(self) -> int:
        """Give a whole number written in seven bits a byte, the smallest first."""
        number = shift = 0
        while shift < 70:
            byte = self.byte()
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number
        raise Damaged("it holds a number without an end")
