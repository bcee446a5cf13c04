"""Records to entries: documents and tellings that share keys meet, and what hangs together is linked in one task.

The steps are the engine's, and the ledger's own: which documents are copies of one text and which are on one story,
which tellings are of one happening. Spark only brings together what belongs together.
"""

from __future__ import annotations

from typing import Optional

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .keeping import Keep, Shelf
from .steps import alone, both, hexadecimal, needed, of_shuffle, through

#: What names a document or a telling, and its place in the order of adding.
_NODE = ["when", "document", "event"]
_OTHER = [f"other_{name}" for name in _NODE]


def link(records: DataFrame, *, partitions: Optional[int] = None, work: Optional[str] = None) -> DataFrame:
    """The entries of records: one for each happening, with all that tell of it.

    The columns are those of ``verbale events -o parquet``, and ``json``, the line of ``verbale events -o jsonl``; sorted
    by ``date_from`` (nulls last) and ``id`` they come in its order. What only superseded versions of documents tell is
    there too, as with ``--superseded``. The same document in several rows counts once.

    ``partitions`` are those of each shuffle (otherwise the session's). All but the last step are taken at once, and what
    they give is kept: on the executors, and lost with one of them, or, where ``work`` names a folder of any Hadoop file
    system, there as Parquet; what is found there is not done again, so that a broken-off job goes on.
    """
    needed(records, ["key", "when", "sketch", "sheet", "address", "fetched", "published"], "verbale.spark.read")
    return _Linking(records, partitions, Shelf(records.sparkSession, work)).entries()


class _Linking:
    """One run of linking."""

    def __init__(self, records: DataFrame, parts: Optional[int], keep: Keep) -> None:
        self.records = records
        self.parts = parts or of_shuffle(records.sparkSession)
        self.keep = keep

    def entries(self) -> DataFrame:
        documents = self.keep("documents", self.documents())
        tellings = self.keep("tellings", self.tellings(documents))
        edges = self.keep(
            "links", self.compared("link", alone(tellings, "ask_tellings"), tellings, _NODE, "compare_tellings")
        )
        labels = self.components(edges)
        apart = F.coalesce(F.col("component"), F.col("document")).alias("component")
        told = tellings.join(labels.drop("matter"), _NODE, "left").select(*_NODE, "telling", apart)
        return through(both(told, edges.join(labels, ["matter", *_NODE])), "link", ["component"], self.parts)

    def documents(self) -> DataFrame:
        """Each document once: of several rows the first by name and address, as if it had been added first."""
        first = Window.partitionBy("key").orderBy("id", "url", "fetched", "sheet")
        rows = self.records.where(F.col("key").isNotNull()).select(
            F.col("key").alias("document"), "when", "sketch", "sheet", "address", "fetched", "published",
            F.row_number().over(first).alias("nth"),
        )
        return rows.where("nth = 1").drop("nth").withColumn("event", F.lit(0))

    def tellings(self, documents: DataFrame) -> DataFrame:
        """What each document tells, by the family and the story that it is in."""
        sketches = documents.select(*_NODE, "sketch")
        asked = alone(documents.select("when", "document", "sketch"), "ask")
        edges = self.keep("likenesses", self.compared("likeness", asked, sketches, _NODE, "compare"))
        within = edges.join(self.components(edges), ["matter", *_NODE])
        groups = self.keep("groups", through(within, "group", ["component"], self.parts))

        def group(matter: int, name: str) -> DataFrame:
            return groups.where(F.col("matter") == matter).select("document", F.col("group").alias(name))

        told = documents.select("when", "document", "sheet")
        told = told.join(group(0, "family"), "document", "left").join(group(1, "story"), "document", "left")
        return alone(told.join(_superseded(documents), "document", "left"), "tell")

    def compared(self, name: str, asked: DataFrame, payload: DataFrame, by: list[str], step: str) -> DataFrame:
        """Who belongs together, of those who share most keys: whatever must be looked at is brought to each block once."""
        met = through(asked, "meet", ["matter", "key"], self.parts)
        chosen = self.keep(f"{name}_pairs", through(met, "choose", ["matter", *_NODE], self.parts))
        ends = chosen.select("block", *_NODE)
        others = chosen.select("block", *(F.col(other).alias(one) for one, other in zip(_NODE, _OTHER)))
        wanted = ends.union(others).distinct()
        return through(both(chosen, wanted.join(payload, by)), step, ["block"], self.parts)

    def components(self, edges: DataFrame) -> DataFrame:
        """What hangs together: in each partition as few edges as will do, then all of these in one task."""
        return through(through(edges, "forest"), "label", ["matter"], 1)


def _superseded(documents: DataFrame) -> DataFrame:
    """The documents of which a later version stands at the same address: fetched last, then published last."""
    order = F.struct(
        F.coalesce("fetched", F.lit("")), F.coalesce("published", F.lit("")), hexadecimal("document")
    )
    at = documents.where(F.col("address").isNotNull()).select("document", "address", order.alias("order"))
    newest = at.groupBy("address").agg(F.max("order").alias("newest"))
    return at.join(newest, "address").where("order < newest").select("document", F.lit(True).alias("superseded"))
