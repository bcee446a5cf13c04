"""verbale on Spark: reports to records, records to a ledger's entries, entries to a balance, on many machines.

>>> records = verbale.spark.read(reports)              # doctest: +SKIP
>>> entries = verbale.spark.link(records)              # doctest: +SKIP
>>> panel = verbale.spark.panel(entries)               # doctest: +SKIP
>>> verbale.spark.balance(panel, "AFG", ["USA", "RUS"])["verdict"]  # doctest: +SKIP
'not_enough_evidence'

The entries are those that ``verbale add`` and ``verbale events`` give of the same reports, byte for byte, in however
many partitions they lie; ``docs/spark.md`` says up to which limits. Needs ``pyspark``; every machine needs this package.
"""

from .counting import balance, panel
from .linking import link
from .reading import read, read_files

__all__ = ["balance", "link", "panel", "read", "read_files"]
