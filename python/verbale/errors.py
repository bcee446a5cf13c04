"""What can go wrong: every exception of this package is a :class:`VerbaleError`."""

from __future__ import annotations


class VerbaleError(Exception):
    """Something that verbale could not do; the message says what to do about it."""


class InputError(VerbaleError, ValueError):
    """What was handed in or asked for makes no sense: a date that is none, a column that is missing, an event that is not there."""


class InputTypeError(InputError, TypeError):
    """What was handed in is of a kind that cannot be read: ``None`` or bytes in place of a text."""


class LedgerFailure(VerbaleError):
    """A ledger cannot be read or written: the disk is full, the file is damaged."""


class LedgerBusyError(LedgerFailure):
    """Another program was writing to the ledger for too long; trying again may do."""
