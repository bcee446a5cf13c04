"""The record of a report: events, claims, mentions and diagnostics, with the names of the JSON that the command prints.

What a report does not say is ``None``, never a guess. Offsets count Unicode scalar values, as Python's strings do.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field, fields
from typing import Any, Optional, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


@dataclass(frozen=True)
class Span:
    """A stretch of the report: ``text[start:end]``, or of its title where ``in_`` is ``"title"``."""

    start: int
    end: int
    in_: Optional[str] = None


@dataclass(frozen=True)
class Topic(Span):
    """What an event was about, in the text's words and as a normalised name."""

    text: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Date:
    """When it happened. ``edtf`` is Extended Date/Time Format; ``precision`` day, week, month, season, year, interval
    or none; ``method`` stated, relative, year_inferred, publication or none."""

    edtf: str
    precision: str
    method: str
    start: Optional[int] = None
    end: Optional[int] = None
    in_: Optional[str] = None


@dataclass(frozen=True)
class Place:
    """Where it happened: country as ISO 3166-1 alpha-3, ``lat`` and ``lon`` in degrees north and east."""

    name: str
    country: Optional[str] = None
    geonames: Optional[int] = None
    lat: Optional[float] = None
    lon: Optional[float] = None
    start: Optional[int] = None
    end: Optional[int] = None
    in_: Optional[str] = None


@dataclass(frozen=True)
class Confirmation:
    """Whose word an event rests on: ``state`` is both_sides, one_side, third_party, denied, conflicting or unattributed."""

    state: str
    sides: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Participant(Span):
    """Who took part. ``side`` is the state or authority that is spoken for; a former official has a ``nationality`` and
    no side. ``level`` is a rank from 1, heads of state and government, to 9, private people."""

    name: str = ""
    entity: Optional[str] = None
    role: str = "actor"
    part: Optional[str] = None
    office: Optional[str] = None
    organisation: Optional[str] = None
    side: Optional[str] = None
    authority: Optional[str] = None
    nationality: Optional[str] = None
    sector: Optional[str] = None
    serving: Optional[bool] = None
    level: Optional[int] = None


@dataclass(frozen=True)
class Event:
    """One happening: PLOVER type and mode, CAMEO code, when, where, who, and how sure that is (0 to 1)."""

    id: str
    event_type: str
    mode: Optional[str] = None
    cameo: Optional[str] = None
    contexts: list[str] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    date: Optional[Date] = None
    place: Optional[Place] = None
    channel: Optional[str] = None
    setting: Optional[str] = None
    formality: Optional[str] = None
    status: str = "held"
    confirmation: Confirmation = field(default_factory=lambda: Confirmation("unattributed"))
    participants: list[Participant] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    confidence: float = 0.0
    rule: str = ""
    x_of: Optional[str] = None
    x_summons: bool = False
    x_entry: Optional[str] = None
    evidence: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class Asserter(Span):
    """Who asserts something; ``anonymous`` is officials, analysts or sources where nobody is named."""

    name: str = ""
    entity: Optional[str] = None
    office: Optional[str] = None
    organisation: Optional[str] = None
    side: Optional[str] = None
    anonymous: Optional[str] = None


@dataclass(frozen=True)
class Cue(Span):
    """The word of speech."""

    text: str = ""


@dataclass(frozen=True)
class Quote(Span):
    """Quoted words, literally; ``partial`` when they are less than a sentence."""

    text: str = ""
    partial: bool = False


@dataclass(frozen=True)
class Claim:
    """What somebody says; ``asserter`` is ``None`` where the outlet itself tells it."""

    id: str
    content: Span
    event: Optional[str] = None
    kind: str = "event"
    asserter: Optional[Asserter] = None
    via: Optional[Asserter] = None
    channel: Optional[str] = None
    cue: Optional[Cue] = None
    mode: str = "narration"
    quote: Optional[Quote] = None
    polarity: str = "affirmed"
    modality: str = "certain"
    tense: str = "past"
    narrator: bool = False
    rule: str = ""


@dataclass(frozen=True)
class Mention(Span):
    """What the report speaks of; ``timex`` is the TIMEX3 value of a time expression, ``coreferent`` the id of the
    earlier mention of the same thing."""

    id: str = ""
    text: str = ""
    kind: str = ""
    entity: Optional[str] = None
    country: Optional[str] = None
    geonames: Optional[int] = None
    lat: Optional[float] = None
    lon: Optional[float] = None
    timex: Optional[str] = None
    coreferent: Optional[str] = None


@dataclass(frozen=True)
class Diagnostic:
    """Something the reader of a record should know; ``severity`` is error, warning or info."""

    severity: str
    message: str
    start: Optional[int] = None
    end: Optional[int] = None
    in_: Optional[str] = None


@dataclass(frozen=True)
class _Contents:
    """All that a record holds."""

    id: str
    sha256: str
    published: Optional[str]
    events: list[Event]
    claims: list[Claim]
    diagnostics: list[Diagnostic]
    coder: str
    data: str
    mentions: list[Mention] = field(default_factory=list)


class Record:
    """What was read in one report. It is the JSON of ``verbale read --json --mentions``, taken apart when it is asked.

    >>> record = Record.from_json('{"id": "a", "sha256": "0", "published": null, "events": [], "claims": [],'
    ...     ' "diagnostics": [], "coder": "0.1.0", "data": "2026.11"}')
    >>> record
    <Record a: 0 events, 0 claims>
    >>> record == Record.from_json(record.to_json())
    True
    """

    __slots__ = ("_json", "_contents")

    def __init__(self, json_line: str) -> None:
        self._json = json_line
        self._contents: Optional[_Contents] = None

    @classmethod
    def from_json(cls, line: str) -> Record:
        """A record from its JSON."""
        return cls(line.rstrip("\n"))

    def to_json(self) -> str:
        """Its JSON on one line, the same as the command's."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """Its JSON as dictionaries and lists."""
        found: dict[str, Any] = json.loads(self._json)
        return found

    def _read(self) -> _Contents:
        if self._contents is None:
            self._contents = _taken_apart(_Contents, self.to_dict())
        return self._contents

    @property
    def id(self) -> str:
        """The name of the report."""
        return self._read().id

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8."""
        return self._read().sha256

    @property
    def published(self) -> Optional[str]:
        """When the report was published, as it was given."""
        return self._read().published

    @property
    def events(self) -> list[Event]:
        """What happened, in the order of the first words that tell of it."""
        return self._read().events

    @property
    def claims(self) -> list[Claim]:
        """Who said what, in the order of the text."""
        return self._read().claims

    @property
    def mentions(self) -> list[Mention]:
        """What the report speaks of, in the order of the text."""
        return self._read().mentions

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What went wrong or deserves a word."""
        return self._read().diagnostics

    @property
    def coder(self) -> str:
        """Version of the program."""
        return self._read().coder

    @property
    def data(self) -> str:
        """Version of the built-in knowledge."""
        return self._read().data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[type[Record], tuple[str]]:
        return (Record, (self._json,))

    def __repr__(self) -> str:
        return f"<Record {self.id}: {_count(len(self.events), 'event')}, {_count(len(self.claims), 'claim')}>"

    def __str__(self) -> str:
        return "\n".join([repr(self), *(f"  {_line(event)}" for event in self.events)])

    def _repr_html_(self) -> str:
        head = ("id", "type", "mode", "status", "date", "place", "who", "confidence")
        rows = "".join(_html_row(_cells(event)) for event in self.events)
        names = "".join(f"<th>{name}</th>" for name in head)
        said = "".join(f"<li>{html.escape(f'{one.severity}: {one.message}')}</li>" for one in self.diagnostics)
        return (
            f"<div><p>{html.escape(repr(self)[1:-1])}</p>"
            f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"
            f"{f'<ul>{said}</ul>' if said else ''}</div>"
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _who(event: Event) -> str:
    return "; ".join(
        f"{one.name} ({one.side or (f'of {one.nationality}' if one.nationality else '?')})" for one in event.participants
    )


def _cells(event: Event) -> list[str]:
    place = event.place and ", ".join(filter(None, (event.place.name, event.place.country)))
    date = event.date.edtf if event.date else ""
    sure = f"{100 * event.confidence:.0f} %"
    return [event.id, event.event_type, event.mode or "", event.status, date, place or "", _who(event), sure]


def _line(event: Event) -> str:
    return " · ".join(filter(None, _cells(event)))


def _html_row(cells: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"


_HINTS: dict[type, dict[str, Any]] = {}


def _taken_apart(kind: type[T], value: dict[str, Any]) -> T:
    """A dataclass from its JSON; a key that this version does not know is left out."""
    hints = _HINTS.get(kind)
    if hints is None:
        known = get_type_hints(kind)
        hints = _HINTS[kind] = {one.name: known[one.name] for one in fields(kind)}  # type: ignore[arg-type]
    found = {}
    for name, hint in hints.items():
        key = "in" if name == "in_" else name
        if key in value:
            found[name] = _part(hint, value[key])
    return kind(**found)


def _part(hint: Any, value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if get_origin(hint) is list:
        (of,) = get_args(hint)
        return [_part(of, one) for one in value]
    options = [one for one in get_args(hint) if one is not type(None)]
    return _taken_apart(options[0] if options else hint, value)
