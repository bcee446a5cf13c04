"""Steps of the engine as Spark runs them: rows that belong together are brought to one task, which takes the step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Optional

import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from .. import _engine
from ..errors import InputError


def through(rows: DataFrame, step: str, by: Sequence[str] = (), parts: Optional[int] = None) -> DataFrame:
    """Takes a step on all rows; those alike in the columns ``by`` are then in one task, of so many ``parts``."""

    def run(tables: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held = list(tables)
        if held:
            yield from _engine.step(step, held)

    if by:
        rows = rows.repartition(parts or of_shuffle(rows.sparkSession), *by)
    return rows.mapInArrow(run, schema_of(step))


def alone(rows: DataFrame, step: str) -> DataFrame:
    """Takes a step on each table by itself: nothing need lie together, and little memory is needed."""

    def run(tables: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in tables:
            yield from _engine.step(step, [table])

    return rows.mapInArrow(run, schema_of(step))


def schema_of(step: str) -> StructType:
    """The columns that a step gives."""
    return from_arrow_schema(_engine.step_schema(step))


def of_shuffle(spark: SparkSession) -> int:
    """How many partitions a shuffle of the session has."""
    return int(spark.conf.get("spark.sql.shuffle.partitions") or 200)


def both(rows: DataFrame, others: DataFrame) -> DataFrame:
    """Two kinds of rows in one table; a column that one lacks is null there."""
    return rows.unionByName(others, allowMissingColumns=True)


def needed(frame: DataFrame, columns: Iterable[str], made_by: str) -> None:
    """Raises :class:`InputError` that names the first column which is not there."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        there = ", ".join(frame.columns) or "none"
        raise InputError(f"there is no column '{missing[0]}', which {made_by} makes; there are {there}")


def hexadecimal(column: str) -> Column:
    """A document's number as its key: 16 hexadecimal digits, which sort as the ledger sorts them."""
    return F.lpad(F.lower(F.hex(F.col(column))), 16, "0")
