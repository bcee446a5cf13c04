"""A job: files of any Hadoop file system in, records, entries and a panel out as Parquet; stopped and started at will.

    spark-submit --py-files … -m verbale.spark.job  (or: python -m verbale.spark.job)  INPUT... --to FOLDER

``INPUT`` are files or patterns of files: WARC (as Common Crawl's CC-NEWS), archives, pages, feeds, JSONL; with
``--parquet`` they are Parquet with a column of texts. Files are read some at a time; what was read is a folder of its
own under ``FOLDER/records``, written whole or not at all. Started again with the same words, the job goes on after the
last of these, and after the last step of linking; with more files, it reads those alone and links anew.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from typing import Optional

from pyspark.sql import DataFrame, SparkSession

from .counting import panel
from .keeping import there
from .linking import link
from .reading import read, read_files


def main(words: Optional[Sequence[str]] = None) -> int:
    """Runs the job; returns what the process ends with."""
    asked = _parser().parse_args(words)
    spark = SparkSession.builder.appName("verbale").getOrCreate()
    files = found(spark, asked.inputs)
    if not files:
        print(f"no file is named {', '.join(asked.inputs)}", file=sys.stderr)
        return 2
    folder = asked.to.rstrip("/")
    # A batch of files of a file's own size: Spark hands over one at a time.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 256 if asked.parquet else 1)
    groups = list(batches(files, asked.at_once))
    for number, group in enumerate(groups, 1):
        path = f"{folder}/records/{name_of(group)}"
        if not there(spark, f"{path}/_SUCCESS"):
            print(f"reading {number} of {len(groups)}: {len(group)} files", file=sys.stderr)
            records(spark, group, asked).write.mode("overwrite").parquet(path)
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 10_000)
    read_now = spark.read.parquet(*(f"{folder}/records/{name_of(group)}" for group in groups))
    # What was linked belongs to what was read: other files, another folder.
    linked = f"{folder}/linked/{name_of(files)}"
    print("linking", file=sys.stderr)
    entries = kept(spark, link(read_now, work=f"{linked}/work"), f"{linked}/events")
    kept(spark, panel(entries), f"{linked}/panel")
    print(f"{linked}/events and {linked}/panel are written", file=sys.stderr)
    return 0


def records(spark: SparkSession, group: Sequence[str], asked: argparse.Namespace) -> DataFrame:
    """The records of some files."""
    if asked.parquet:
        rows = spark.read.parquet(*group)
        return read(rows, asked.text, asked.published or None, outlet=asked.outlet)
    whole = spark.read.format("binaryFile").load(list(group))
    return read_files(whole.repartition(len(group), "path"), outlet=asked.outlet)


def kept(spark: SparkSession, rows: DataFrame, path: str) -> DataFrame:
    """Writes a table, unless it is there already."""
    if not there(spark, f"{path}/_SUCCESS"):
        rows.write.mode("overwrite").parquet(path)
    return spark.read.parquet(path)


def found(spark: SparkSession, patterns: Sequence[str]) -> list[str]:
    """The files that patterns stand for, on any file system of Hadoop's, in order of their names."""
    jvm = spark._jvm
    assert jvm is not None
    names = set()
    for pattern in patterns:
        path = jvm.org.apache.hadoop.fs.Path(pattern)
        system = path.getFileSystem(spark._jsc.hadoopConfiguration())
        names.update(status.getPath().toString() for status in system.globStatus(path) or [])
    return sorted(names)


def batches(files: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Files in groups of so many."""
    for start in range(0, len(files), size):
        yield files[start : start + size]


def name_of(files: Sequence[str]) -> str:
    """A name that the same files always have."""
    return hashlib.sha256("\n".join(files).encode()).hexdigest()[:16]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verbale.spark.job", description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="files, or patterns of files")
    parser.add_argument("--to", required=True, metavar="FOLDER", help="where records, entries and panel go")
    parser.add_argument("--parquet", action="store_true", help="inputs are Parquet with a column of texts")
    parser.add_argument("--text", default="text", metavar="COLUMN", help="with --parquet: the column of texts")
    parser.add_argument(
        "--published", default="published", metavar="COLUMN", help="with --parquet: the column of days; '' for none"
    )
    parser.add_argument("--outlet", metavar="NAME", help="outlet of reports that name none")
    parser.add_argument("--at-once", type=int, default=64, metavar="N", help="files that are read before they are noted as done")
    return parser


if __name__ == "__main__":
    sys.exit(main())
