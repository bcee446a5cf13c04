"""Ledgers: reports of years in one file, one entry for each happening, with what people say of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional, Union

import pyarrow as pa

from . import _engine
from ._engine import World
from .balance import Balance, asked, now
from .errors import InputError
from .imports import Imports, imported
from .reading import embedded
from .record import Record
from .reviews import Reviews
from .rows import Day, day, given
from .tables import Reports
from .words import Words, several

#: One file or folder, or several.
Paths = Union[str, os.PathLike[str], Iterable[Union[str, os.PathLike[str]]]]


@dataclass(frozen=True)
class Added:
    """What became of reports that were added; ``refused`` has those that could not be read, with the reason."""

    stored: int
    known: int
    removed: int
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Recoded:
    """What became of texts that were read again; ``run`` is ``None`` where there was nothing to read. ``kept`` are the
    documents of which the text is not kept, so that they cannot be read again."""

    run: Optional[int]
    read: int
    changed: int
    refused: list[tuple[str, str]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


class Difference(dict[str, Any]):
    """What changed between two runs: the JSON of ``verbale diff --json``, with ``changes`` field by field."""

    def __repr__(self) -> str:
        new = self["new_documents"]
        moved = "" if self.get("balance") is None else "; the balance before and after is in ['balance']"
        return f"<Difference of runs {self['before']} and {self['after']}: {len(self['changes'])} changes, {new} new documents{moved}>"


class Ledger:
    """A ledger: one SQLite file, which the command, the page and any number of processes can use at once.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ledger = Ledger(f"{folder}/verbale.db")
    ...     ledger.add(["Kenya's president met the Norwegian foreign minister in Nairobi on 12 May 2025."])
    ...     ledger.events()["event_type"].to_pylist()
    Added(stored=1, known=0, removed=0, refused=[])
    ['CONSULT']
    """

    def __init__(self, path: Union[str, os.PathLike[str]] = "verbale.db", *, create: bool = True) -> None:
        """Opens a ledger, or makes it when it is not there and ``create`` says so.

        Raises:
            InputError: It is not there and is not to be made, or the file is no ledger.
            LedgerFailure: It cannot be read.
        """
        self.path = os.fspath(path)
        self._ledger = _engine.Ledger(self.path, create=create)

    def __fspath__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return f"Ledger({self.path!r})"

    def __reduce__(self) -> tuple[type[Ledger], tuple[str]]:
        return (Ledger, (self.path,))

    def add(
        self,
        reports: Reports,
        *,
        published: Optional[Day] = None,
        outlet: Optional[str] = None,
        columns: Optional[Mapping[str, str]] = None,
        retain: str = "full",
        restore: bool = False,
        world: Optional[World] = None,
        threads: Optional[int] = None,
        name: Optional[str] = None,
    ) -> Added:
        """Codes reports and adds them, in batches that are stored whole or not at all. The same again adds nothing.

        Args:
            reports: As for :func:`verbale.read_many`; a path is a file, a folder or an archive.
            published, outlet, columns, world, threads: As for :func:`verbale.read_many`.
            retain: How much of each text is kept: ``full``, ``excerpts`` (the sentences that something rests on) or
                ``hash``. Only documents kept full can be coded again.
            restore: Take in documents that were removed earlier.
            name: What the ledger calls where they came from.
        """
        rows = given(reports, columns)
        called = name or (", ".join(rows) if isinstance(rows, list) else "python")
        found = self._ledger.add(
            world or embedded(),
            called,
            rows,
            published=day(published),
            outlet=outlet,
            retain=retain,
            restore=restore,
            threads=threads or 0,
            at=now(),
        )
        return Added(*found)

    def remove(self, document: str, *, reason: Optional[str] = None) -> list[str]:
        """Removes a document, by key or name, with all that came from it; returns the keys of what was removed."""
        return self._ledger.remove(document, at=now(), reason=reason)

    def events(self, **which: Any) -> pa.Table:
        """The events, one row for each happening, with :func:`verbale.schema` ``("events")``; by first day, then by id.

        Args:
            country, partner: Codes of those who took part; one or several.
            event_type, status, outlet: One or several: ``"CONSULT"``, ``"held"``, the name of an outlet.
            from_, to: The first and last day, month or year.
            reviewed: ``any``, ``none``, ``accepted``, ``rejected``, ``edited`` or ``conflict``; without it all but rejected.
            inclusive: Former officials count for their country, too.
            undated: With ``from_`` or ``to``: undated events as well.
            superseded: What only superseded versions of documents tell, as well.
        """
        return self._ledger.table("events", _which(which))

    def claims(self, **which: Any) -> pa.Table:
        """What was claimed and by whom, with :func:`verbale.schema` ``("claims")``; filtered as :meth:`events`."""
        return self._ledger.table("claims", _which(which))

    def quotes(self, **which: Any) -> pa.Table:
        """Quotes with their speakers, with :func:`verbale.schema` ``("quotes")``; filtered as :meth:`events`."""
        return self._ledger.table("quotes", _which(which))

    def documents(self, **which: Any) -> pa.Table:
        """The documents, with :func:`verbale.schema` ``("documents")``; filtered by country, days and outlet."""
        return self._ledger.table("documents", _which(which))

    def entities(self) -> pa.Table:
        """Who takes part in the events, by id, with :func:`verbale.schema` ``("entities")``."""
        return self._ledger.table("entities")

    def runs(self) -> pa.Table:
        """What was done to the ledger, with :func:`verbale.schema` ``("runs")``."""
        return self._ledger.table("runs")

    def import_(
        self,
        format: str,
        files: Paths,
        *,
        mapping: Optional[Union[str, os.PathLike[str]]] = None,
        country: Words = (),
        types: Words = (),
        from_: Optional[Day] = None,
        to: Optional[Day] = None,
        threads: Optional[int] = None,
    ) -> Imports:
        """Takes in what others coded, as they coded it: each file whole or not at all. The same file again adds nothing.

        Imported events stay apart from the ledger's own: :meth:`codings` lists them, and ``balance(source=format)`` counts
        them.

        Args:
            format: ``gdelt``, ``icews``, ``polecat``, ``plover`` or ``un-votes``; ``csv`` with a ``mapping``.
            files: Files or folders; plain, ``.gz``, ``.zip`` or ``.bz2``.
            mapping: A TOML file that says which column is what.
            country, types: Only what these states take part in, and only events of these PLOVER types.
            from_, to: Only from and up to this day, month or year.
            threads: As for :func:`verbale.read_many`.

        Raises:
            InputError: There is no such format, state or type, or the mapping is none. Files and rows that cannot be
                read raise nothing: they are in the result.
        """
        paths = [files] if isinstance(files, (str, os.PathLike)) else files
        asked = {
            "format": format,
            "mapping": None if mapping is None else os.fspath(mapping),
            "country": several(country),
            "types": several(types),
            "from": day(from_, "from_"),
            "to": day(to, "to"),
            "rejects": 20,
        }
        told, refused = _engine.Imports(self.path).take(
            [os.fspath(path) for path in paths], json.dumps(asked), threads=threads or 0, at=now()
        )
        return Imports([imported(json.loads(line)) for line in told], refused)

    def imports(self) -> pa.Table:
        """The files of others' codings that came in, with :func:`verbale.schema` ``("imports")``."""
        return self._ledger.table("imports")

    def codings(
        self, state: str, *, source: str, partner: Words = (), from_: Optional[Day] = None, to: Optional[Day] = None
    ) -> pa.Table:
        """What others coded of a state, one row for each event, with :func:`verbale.schema` ``("codings")``; by first day,
        then by id.

        Args:
            state: Who takes part: a code or a name.
            source: Format of the import, or the name of its mapping.
            partner: Who takes part as well: one or several; anybody without it.
            from_, to: The first and last day, month or year.

        Raises:
            InputError: The ledger has no import of that name.
        """
        listed = {
            "state": state,
            "source": source,
            "partner": several(partner),
            "from": day(from_, "from_"),
            "to": day(to, "to"),
        }
        return _engine.Imports(self.path).codings(json.dumps(listed))

    def record(self, document: str) -> Record:
        """The record of a document's newest coding, by its key."""
        return Record.from_json(self._ledger.record(document))

    @property
    def review(self) -> Reviews:
        """What waits for people, and what they say."""
        return Reviews(self)

    def recode(self, *, all: bool = False, world: Optional[World] = None, threads: Optional[int] = None) -> Recoded:
        """Reads the stored texts again, where program, data, rules, model or knowledge files are others than before, or
        ``all`` of them. Both readings are kept, and reviews stay in force."""
        return Recoded(*self._ledger.recode(world or embedded(), all=all, threads=threads or 0, at=now()))

    def diff(self, before: int, after: int, *, balance: Optional[str] = None, rules: str = "officials") -> Difference:
        """What a run reads otherwise than an earlier one, field by field, and what that does to a ``balance`` such as
        ``"AFG:USA,RUS"``.

        Raises:
            InputError: There is no such run, or the balance is not so written.
        """
        return Difference(json.loads(self._ledger.diff(before, after, balance=balance, rules=rules)))

    def balance(self, state: str, between: Iterable[str], **how: Any) -> Balance:
        """The balance of a state between powers; see :func:`verbale.balance` for how it can be counted."""
        return Balance(self._ledger.balance(asked(state, between, **how)))


#: Filters that take several words.
_SEVERAL = ("country", "partner", "event_type", "outlet", "status")
#: Filters that are switched on.
_SWITCHES = ("inclusive", "undated", "superseded")


def _which(which: Mapping[str, Any]) -> str:
    """Filters as the engine takes them."""
    found: dict[str, Any] = {}
    for name, value in which.items():
        if name in _SEVERAL:
            found[name] = several(value)
        elif name in ("from_", "to"):
            found[name.rstrip("_")] = day(value, name)
        elif name in _SWITCHES:
            found[name] = bool(value)
        elif name == "reviewed":
            found[name] = value
        else:
            known = ", ".join((*_SEVERAL, "from_", "to", "reviewed", *_SWITCHES))
            raise InputError(f"'{name}' is no filter; there are {known}")
    return json.dumps(found)
