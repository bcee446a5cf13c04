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
from .balance import Balance, balance
from .errors import InputError, InputTypeError, LedgerBusyError, LedgerFailure, VerbaleError
from .imports import Imported, Imports, Reject
from .ledger import Added, Difference, Ledger, Recoded
from .reading import read
from .record import Record
from .reviews import Reviews
from .tables import claims, documents, events, mentions, read_many, schema

__all__ = [
    "Added",
    "Balance",
    "DATA_VERSION",
    "Difference",
    "Imported",
    "Imports",
    "InputError",
    "InputTypeError",
    "Ledger",
    "LedgerBusyError",
    "LedgerFailure",
    "Record",
    "Recoded",
    "Reject",
    "Reviews",
    "SCHEMA_VERSION",
    "VerbaleError",
    "World",
    "__version__",
    "balance",
    "claims",
    "documents",
    "events",
    "mentions",
    "read",
    "read_many",
    "schema",
]
