"""What people say of a ledger's events."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Optional

import pyarrow as pa

from . import _engine
from .errors import InputError
from .words import Words, several

if TYPE_CHECKING:
    from .ledger import Ledger

#: Entries as their JSON has them.
Entries = list[dict[str, Any]]
#: Ids of reviews.
Ids = list[str]


class Reviews:
    """What people say of a ledger's events. Nothing they said is ever changed; it can be taken back."""

    def __init__(self, ledger: Ledger) -> None:
        self._reviews = _engine.Reviews(ledger.path)
        self._ledger = ledger

    def list(self, *, balance: Optional[str] = None, rules: str = "officials", limit: int = 20) -> Entries:
        """Events that nobody has reviewed, as the JSON of an entry with ``change``: how far the tilt of a ``balance`` such
        as ``"AFG:USA,RUS"`` would move if the event were wrong. What would move it most comes first; without a balance,
        what is least sure."""
        found = self._reviews.queue(balance=balance, rules=rules, limit=limit)
        return [{**json.loads(entry), "change": change} for entry, change in found]

    def next(self, *, balance: Optional[str] = None, rules: str = "officials") -> Optional[dict[str, Any]]:
        """The first of :meth:`list`."""
        return next(iter(self.list(balance=balance, rules=rules, limit=1)), None)

    def accept(self, event: str, *, reviewer: Optional[str] = None, reason: Optional[str] = None) -> str:
        """Says that an event is right; returns the id of the review. An event goes by ``DOCUMENT:EVENT`` of any telling."""
        return self._rule({"action": "accept", "event": event}, reviewer, reason)[0]

    def reject(self, event: str, *, reviewer: Optional[str] = None, reason: Optional[str] = None) -> str:
        """Says that an event is none, or not what happened; it is not counted. Returns the id of the review."""
        return self._rule({"action": "reject", "event": event}, reviewer, reason)[0]

    def edit(
        self, event: str, edits: Mapping[str, Any], *, reviewer: Optional[str] = None, reason: Optional[str] = None
    ) -> Ids:
        """Corrects fields: ``{"date": "2025-10-22", "participants/0/side": "AFG", "formality": None}``. Returns the ids of
        the reviews, one for each field."""
        words = [f"{path}={'null' if value is None else _word(value)}" for path, value in edits.items()]
        return self._rule({"action": "edit", "event": event, "edits": words}, reviewer, reason)

    def split(
        self, event: str, tellings: Words, *, reviewer: Optional[str] = None, reason: Optional[str] = None
    ) -> str:
        """Says that tellings of an event are of a happening of their own; returns the id of the review."""
        return self._rule({"action": "split", "event": event, "tellings": several(tellings)}, reviewer, reason)[0]

    def join(self, event: str, other: str, *, reviewer: Optional[str] = None, reason: Optional[str] = None) -> str:
        """Says that two events are one happening; returns the id of the review."""
        return self._rule({"action": "join", "event": event, "with": other}, reviewer, reason)[0]

    def undo(
        self, review: Optional[str] = None, *, reviewer: Optional[str] = None, reason: Optional[str] = None
    ) -> str:
        """Takes back a review by its id, or the last one; returns the id of the review that says so."""
        return self._rule({"action": "undo", "review": review}, reviewer, reason)[0]

    def agreement(self) -> dict[str, Any]:
        """How right the coder was by field, and how far reviewers agree (Krippendorff's alpha)."""
        found: dict[str, Any] = json.loads(self._reviews.agreement())
        return found

    def table(self) -> pa.Table:
        """All reviews, with :func:`verbale.schema` ``("reviews")``."""
        return self._ledger._ledger.table("reviews")

    def dump(self) -> str:
        """All reviews as JSON lines, for :meth:`load` of another ledger."""
        return self._reviews.dump()

    def load(self, lines: str) -> int:
        """Takes in reviews from JSON lines; returns how many were new.

        Raises:
            InputError: Lines that are no reviews, by their numbers; all others are taken in.
        """
        new, broken = self._reviews.load(lines)
        if broken:
            raise InputError("; ".join(f"line {number} is left out: {why}" for number, why in broken))
        return new

    def _rule(self, ruling: Mapping[str, Any], reviewer: Optional[str], reason: Optional[str]) -> Ids:
        at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        kept = self._reviews.rule(json.dumps(ruling), reviewer=reviewer or _login(), at=at, reason=reason)
        return [review for review, _ in kept]


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _word(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
