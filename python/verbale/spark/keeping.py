"""Steps that are kept: on the executors, or as Parquet in a folder where a later run finds them."""

from __future__ import annotations

from typing import Callable, Optional

from pyspark.sql import DataFrame, SparkSession

#: Keeps a table under a name, and gives it back.
Keep = Callable[[str, DataFrame], DataFrame]


class Shelf:
    """Tables by name; with a folder, as Parquet that is whole or not there."""

    def __init__(self, spark: SparkSession, folder: Optional[str]) -> None:
        self.spark = spark
        self.folder = folder

    def __call__(self, name: str, rows: DataFrame) -> DataFrame:
        if self.folder is None:
            # The plan ends here: what is built on it is not planned with all that came before.
            return rows.localCheckpoint()
        path = f"{self.folder.rstrip('/')}/{name}"
        if not there(self.spark, f"{path}/_SUCCESS"):
            rows.write.mode("overwrite").parquet(path)
        return self.spark.read.schema(rows.schema).parquet(path)


def there(spark: SparkSession, path: str) -> bool:
    """Whether a file is there, on any file system of Hadoop's."""
    jvm = spark._jvm
    assert jvm is not None
    found = jvm.org.apache.hadoop.fs.Path(path)
    return bool(found.getFileSystem(spark._jsc.hadoopConfiguration()).exists(found))
