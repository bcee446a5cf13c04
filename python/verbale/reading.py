"""Reading one report."""

from __future__ import annotations

from functools import lru_cache
from typing import Optional

from ._engine import World
from .record import Record
from .rows import Day, one


@lru_cache(maxsize=None)
def embedded() -> World:
    """The world that is built in."""
    return World()


def read(
    text: str,
    *,
    id: str = "report",
    title: Optional[str] = None,
    published: Optional[Day] = None,
    outlet: Optional[str] = None,
    url: Optional[str] = None,
    language: Optional[str] = None,
    world: Optional[World] = None,
) -> Record:
    """Reads a report and returns what it tells: events, claims, and what they rest on.

    Args:
        text: The report, decoded. Offsets in the record count its Unicode scalar values, as ``text[start:end]`` does.
        id: A name for the report, which the record repeats.
        title: A title given beside the text; spans in it are marked ``in_ == "title"``.
        published: When it was published: any kind of date, or text as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``. It is
            the only "today" there is: without it, days without a year keep an unknown year.
        outlet: Who published it; without it the host of ``url``.
        url: Where it was found.
        language: BCP 47, as ``en``.
        world: What it is read with, when not what is built in.

    Raises:
        InputTypeError: ``text`` is no text (``None``, NaN, bytes), or another field is of a kind that cannot be read.
        InputError: ``published`` is no date.

    >>> read("Norway and Kenya signed a fisheries agreement in Nairobi on Monday.", published="2025-05-14").events[0].date.edtf
    '2025-05-12'
    """
    checked, fields = one(text, title=title, published=published, outlet=outlet, url=url, language=language)
    return Record.from_json((world or embedded()).read(checked, id=id, **fields))
