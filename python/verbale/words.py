"""One word where one will do, several where there are more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Union

#: One word or several.
Words = Union[str, Iterable[str]]


def several(words: Words) -> list[str]:
    """One word or several, as a list."""
    return [words] if isinstance(words, str) else list(words)
