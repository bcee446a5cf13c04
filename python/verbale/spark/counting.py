"""Entries to what the measure counts, and the measure itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Optional

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .. import _engine
from .steps import alone, needed


def panel(entries: DataFrame) -> DataFrame:
    """What the measure sees of entries, one row for each state and month.

    ``state``; ``month`` (``YYYY-MM``, null where it is not known); ``events``, how many; ``partners``, with whom how
    many of them, from the code to the number; ``engagements``, each of these events with its id, first day, partners and
    what the measure sees of it as JSON.
    """
    needed(entries, ["json"], "verbale.spark.link")
    seen = alone(entries.select("json"), "count")
    within = ["state", "month"]
    one = F.struct("first_day", "id", "partners", "engagement")
    months = seen.groupBy(*within).agg(
        F.count(F.lit(1)).alias("events"), F.array_sort(F.collect_list(one)).alias("engagements")
    )
    dyads = seen.select(*within, F.explode("partners").alias("partner")).groupBy(*within, "partner").count()
    pair = F.struct("partner", "count")
    partners = dyads.groupBy(F.col("state").alias("of"), F.col("month").alias("within")).agg(
        F.map_from_entries(F.array_sort(F.collect_list(pair))).alias("partners")
    )
    # Months may be null, and null is equal to nothing but to itself in this way.
    same = F.col("state").eqNullSafe(F.col("of")) & F.col("month").eqNullSafe(F.col("within"))
    none = F.create_map().cast("map<string,bigint>")
    found = F.coalesce("partners", none).alias("partners")
    return months.join(partners, same, "left").select("state", "month", "events", found, "engagements")


def balance(
    panel: DataFrame,
    state: str,
    between: Sequence[str],
    *,
    start: Optional[str] = None,
    end: Optional[str] = None,
    rules: str = "officials",
    delta: float = 0.2,
    curve: bool = False,
) -> dict[str, Any]:
    """Whether a state's engagement with powers is balanced, as ``verbale balance --json`` answers.

    ``state`` and ``between`` are codes or names; ``start`` and ``end`` bound the days (EDTF); ``rules`` are
    ``officials``, ``inclusive``, ``high-level`` or ``confirmed``. The events of the state with one of these powers are
    brought to the driver, a few hundred bytes each.
    """
    needed(panel, ["state", "month", "engagements"], "verbale.spark.panel")
    world = _engine.World()
    own, *powers = (_engine.code_of(world, word) for word in (state, *between))
    of_state = panel.where(F.col("state") == own).select(F.explode("engagements").alias("one")).select("one.*")
    with_powers = of_state.where(F.arrays_overlap("partners", F.array(*map(F.lit, powers))))
    rows = [(row.first_day, row.engagement) for row in with_powers.select("first_day", "engagement").collect()]
    named = panel.where(F.col("state").isin([own, *powers])).select("state").distinct().collect()
    answer = _engine.balance_of(
        world,
        rows,
        state,
        list(between),
        rules=rules,
        start=start,
        end=end,
        delta=delta,
        curve=curve,
        spoken_of={row.state for row in named},
    )
    found: dict[str, Any] = json.loads(answer)
    return found
