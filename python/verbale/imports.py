"""What became of files of others' codings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reject:
    """A row that could not be read: where it stands, what is wrong, what should be there, and what is."""

    line: int
    reason: str
    expected: str
    got: str
    #: The member of an archive.
    part: str = ""


@dataclass(frozen=True)
class Imported:
    """A file that came in: of its ``rows``, ``stored`` became events, ``merged`` told of one that another row had told of,
    ``filtered`` were not asked for, and ``refused`` could not be read."""

    #: Number of the import, for ``verbale import remove``.
    number: int
    name: str
    format: str
    rows: int
    stored: int
    merged: int
    filtered: int
    refused: int
    #: It had come in before, and added nothing.
    known: bool
    #: Codes that are not known and are kept as they are: what they should stand for, the code, and in how many rows.
    unknown: list[tuple[str, str, int]] = field(default_factory=list)
    #: Rows that were no UTF-8 and were read as Windows-1252.
    windows_1252: int = 0
    #: The first twenty rows that could not be read.
    rejects: list[Reject] = field(default_factory=list)


@dataclass(frozen=True)
class Imports:
    """What became of files; ``refused`` has those that could not be read, with the reason."""

    files: list[Imported]
    refused: list[tuple[str, str]] = field(default_factory=list)


def imported(told: dict[str, Any]) -> Imported:
    """A file from the engine's JSON."""
    counts = {name: told[name] for name in ("name", "format", "rows", "stored", "merged", "filtered", "refused", "known")}
    return Imported(
        number=told["import"],
        unknown=[(odd["system"], odd["code"], odd["rows"]) for odd in told["unknown"]],
        windows_1252=told["windows_1252"],
        rejects=[Reject(**reject) for reject in told["rejects"]],
        **counts,
    )
