"""Diplomatic reports as auditable events.

>>> import verbale
>>> record = verbale.read("Foreign Minister Liina Tamberg met the Chilean president in Santiago on 3 March 2025.")
>>> record.events[0].event_type, record.events[0].place.country
('CONSULT', 'CHL')
"""

from __future__ import annotations

from ._engine import DATA as DATA_VERSION
from ._engine import SCHEMA_VERSION, World
from ._engine import VERSION as __version__
from .errors import InputError, InputTypeError, LedgerBusyError, LedgerFailure, VerbaleError
from .reading import read
from .record import Record
from .tables import claims, documents, events, mentions, read_batches, read_many, schema

__all__ = [
    "DATA_VERSION",
    "InputError",
    "InputTypeError",
    "LedgerBusyError",
    "LedgerFailure",
    "Record",
    "SCHEMA_VERSION",
    "VerbaleError",
    "World",
    "__version__",
    "claims",
    "documents",
    "events",
    "mentions",
    "read",
    "read_batches",
    "read_many",
    "schema",
]
