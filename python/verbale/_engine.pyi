"""
What the package `verbale` is made of; use that.
"""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from pyarrow import RecordBatch, RecordBatchReader, Schema, Table
from typing import Final, final

__all__ = ["DATA", "SCHEMA_VERSION", "VERSION", "Imports", "Ledger", "Question", "Reviews", "World", "balance_of", "balance_shares", "balance_svg", "balance_words", "code_of", "command", "keep_file", "keep_rows", "kept_schema", "png", "schema", "step", "step_schema"]

DATA: Final[str]
SCHEMA_VERSION: Final[int]
VERSION: Final[str]

@final
class Imports:
    """
    The imports of a ledger by the path of its file.
    """
    def __new__(cls, /, path: str | PathLike[str]) -> Imports: ...
    def codings(self, /, listed: str) -> Table:
        """
        What others coded, as the table `codings`; by first day, then by id. `listed` is a JSON object that says whose
        codings, and of whom.
        """
    def take(self, /, paths: Sequence[str | PathLike[str]], asked: str, *, threads: int = 0, at: str) -> tuple[list[str], list[tuple[str, str]]]:
        """
        Takes in files, each whole or not at all; returns what came of each as JSON, and what was refused. `asked` is a
        JSON object that says how they are read and what of them is wanted.
        """

@final
class Ledger:
    """
    A ledger by the path of its file.
    """
    def __new__(cls, /, path: str | PathLike[str], create: bool = True) -> Ledger: ...
    def add(self, /, world: World, input: str, reports: Sequence[str | PathLike[str]] | RecordBatchReader | Table, *, published: str | None = None, outlet: str | None = None, retain: str = "full", restore: bool = False, threads: int = 0, at: str) -> tuple[int, int, int, list[tuple[str, str]]]:
        """
        Codes reports and adds them; returns the numbers of those added, known and removed earlier, and what was refused.
        """
    def balance(self, /, question: Question) -> str:
        """
        The balance of a state between powers, as `verbale balance --json` prints it.
        """
    def diff(self, /, before: int, after: int, *, balance: str | None = None, rules: str = "officials") -> str:
        """
        What changed from one run to another, and what that does to a balance, as `verbale diff --json` prints it.
        """
    def recode(self, /, world: World, *, all: bool = False, threads: int = 0, at: str) -> tuple[int | None, int, int, list[tuple[str, str]], list[str]]:
        """
        Reads the stored texts again; returns the number of the run, if there was anything to read, of documents read
        and changed, what was refused, and the documents that cannot be read again.
        """
    def record(self, /, document: str) -> str:
        """
        The record of a document's newest coding, as a line of JSON.
        """
    def remove(self, /, document: str, *, at: str, reason: str | None = None) -> list[str]:
        """
        Removes a document with all that came from it, by its key or the name it came with; returns the keys.
        """
    def table(self, /, table: str, wanted: str = "{}") -> Table:
        """
        A table of the ledger; `wanted` is a JSON object that says which rows.
        """

@final
class Question:
    """
    A question of balance, checked before anything is read: whose policy, between whom, and how it is counted.
    """
    def __new__(cls, /, state: str, between: Sequence[str], *, rules: str = "officials", from_: str | None = None, to: str | None = None, source: str | None = None, delta: float = 0.2, curve: bool = False, baseline: str | None = None, families: str | None = None) -> Question: ...

@final
class Reviews:
    """
    The reviews of a ledger by the path of its file.
    """
    def __new__(cls, /, path: str | PathLike[str]) -> Reviews: ...
    def agreement(self, /) -> str:
        """
        How right the coder was by field, and how far reviewers agree, as `verbale review agreement --json` prints it.
        """
    def dump(self, /) -> str:
        """
        All reviews as JSON lines.
        """
    def load(self, /, lines: str) -> tuple[int, list[tuple[int, str]]]:
        """
        Takes in reviews from JSON lines; returns how many were new, and number and reason of each line that is left out.
        """
    def queue(self, /, *, balance: str | None = None, rules: str = "officials", limit: int = 20) -> list[tuple[str, float | None]]:
        """
        What nobody has reviewed, what would move a balance most first: lines of JSON, each with that change.
        """
    def rule(self, /, ruling: str, *, reviewer: str, at: str, reason: str | None = None) -> list[tuple[str, str]]:
        """
        Writes a ruling, a JSON object such as `{"action": "accept", "event": "…"}`, into the log; returns the id and the
        words of each review that came of it.
        """

@final
class World:
    """
    Everything that reports are read with: language model, knowledge, rules. It never changes, and all threads share it.
    """
    def __new__(cls, /, knowledge: Sequence[str | PathLike[str]] = ..., names: str = "as-written") -> World: ...
    def balance(self, /, question: Question, reports: Sequence[str | PathLike[str]] | RecordBatchReader | Table, *, published: str | None = None, outlet: str | None = None, threads: int = 0, at: str) -> tuple[str, list[tuple[str, str]]]:
        """
        The balance of a state between powers, straight of files or of the rows of a table, as
        `verbale balance --json` prints it.
        """
    @property
    def knowledge(self, /) -> list[Path]:
        """
        The files of knowledge it was made with.
        """
    @property
    def names(self, /) -> str:
        """
        Its naming profile.
        """
    def read(self, /, text: str, *, id: str, title: str | None = None, published: str | None = None, outlet: str | None = None, url: str | None = None, language: str | None = None) -> str:
        """
        Reads a report and returns its record as a line of JSON, as `verbale read --json --mentions` prints it.
        """
    def read_many(self, /, reports: Sequence[str | PathLike[str]] | RecordBatchReader | Table, *, published: str | None = None, outlet: str | None = None, threads: int = 0) -> Table:
        """
        Reads files or the rows of a table, on so many threads, and returns the table `records` with a row for each
        report, in their order.
        """

def balance_of(world: World, rows: Sequence[tuple[str | None, str]], state: str, between: Sequence[str], *, rules: str, start: str | None, end: str | None, delta: float, curve: bool, spoken_of: set[str]) -> str:
    """
    The balance of a state between powers, of rows of a panel: first day and what the measure sees, as JSON. The answer
    is a line of JSON, as `verbale balance --json` prints it.
    """

def balance_shares(json: str) -> list[tuple[str, str]]:
    """
    The share of each partner in words, by its code: `12 % [3, 28]`.
    """

def balance_svg(json: str) -> str:
    """
    A balance as a chart, in SVG.
    """

def balance_words(json: str) -> list[str]:
    """
    A balance in words: what was asked, what was found, and what would settle it or what is wrong with the question.
    """

def code_of(world: World, word: str) -> str:
    """
    The code of the state or organisation that a word means.
    """

def command(args: Sequence[str]) -> int:
    """
    Runs the command `verbale` with its arguments, the program's name first, and returns its exit code.
    """

def keep_file(world: World, name: str, content: Sequence[int], *, published: str | None = None, outlet: str | None = None) -> list[RecordBatch]:
    """
    Reads all reports of a file, of any kind that `verbale add` reads; its name tells the kind.
    """

def keep_rows(world: World, tables: Sequence[RecordBatch], *, published: str | None = None, outlet: str | None = None) -> list[RecordBatch]:
    """
    Reads the rows of tables for a ledger in parts, in their order; a row that cannot be read says so in its diagnostics.
    """

def kept_schema() -> Schema:
    """
    The Arrow schema of what is kept of reports: the columns of `records`, and what linking needs.
    """

def png(svg: str) -> bytes:
    """
    A chart in SVG as a picture, in PNG.
    """

def schema(table: str) -> Schema:
    """
    The Arrow schema of a table: `records`, `events`, `claims`, `mentions`, `documents`, `quotes`, `entities`, `codings`,
    `runs`, `imports` or `reviews`.
    """

def step(name: str, tables: Sequence[RecordBatch]) -> list[RecordBatch]:
    """
    Takes a step of linking on the tables of a part.
    """

def step_schema(name: str) -> Schema:
    """
    The Arrow schema of what a step of linking gives.
    """
