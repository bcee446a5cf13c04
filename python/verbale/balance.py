"""The balance of a state between powers: the command's rules and figures, as an object for people and programs."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any, Optional, Union

from . import _engine
from ._engine import World
from .errors import InputError
from .reading import embedded
from .rows import Day, day, given
from .tables import Reports


class Balance:
    """The answer to a question of balance. It is the JSON of ``verbale balance --json``; every key of it is an item.

    The tilt T is +1 when all events are with the first power, -1 when all are with the second, 0 when there are as many
    with each. The verdict is ``balanced`` when P(\\|T\\| < delta) is at least 95 %, ``tilted`` when T is beyond delta on one
    side with at least 95 %, and otherwise ``not_enough_evidence``.
    """

    __slots__ = ("_json", "_found", "refused")

    def __init__(self, json_line: str, refused: Iterable[tuple[str, str]] = ()) -> None:
        self._json = json_line.rstrip("\n")
        self._found: dict[str, Any] = json.loads(self._json)
        #: Reports that could not be read, each with the reason.
        self.refused: list[tuple[str, str]] = list(refused)

    @property
    def state(self) -> str:
        """Whose policy: its code."""
        return str(self._found["state"])

    @property
    def between(self) -> list[str]:
        """Between whom: codes of two powers or more."""
        return list(self._found["between"])

    @property
    def verdict(self) -> str:
        """``balanced``, ``tilted`` or ``not_enough_evidence``."""
        return str(self._found["verdict"])

    @property
    def toward(self) -> Optional[str]:
        """The power that it is tilted towards."""
        return self._found.get("toward")

    @property
    def counts(self) -> dict[str, float]:
        """Events with each power."""
        return dict(self._found["counts"])

    @property
    def tilt(self) -> Optional[dict[str, Optional[float]]]:
        """``raw``, ``mean``, ``low`` and ``high`` of T (95 % interval), -1 to 1; ``None`` between more than two."""
        return self._found.get("tilt")

    @property
    def p_within_delta(self) -> float:
        """P(\\|T\\| < delta), 0 to 1."""
        return float(self._found["p_within_delta"])

    @property
    def delta(self) -> float:
        """How small a tilt counts as none."""
        return float(self._found["delta"])

    @property
    def more_needed(self) -> Optional[dict[str, Optional[int]]]:
        """How many events more would give ``balanced``, and how many ``tilted``."""
        return self._found.get("more_needed")

    @property
    def events(self) -> list[str]:
        """Ids of the events that count, in order of date."""
        return list(self._found["events"])

    @property
    def remarks(self) -> list[str]:
        """What is wrong with the question, or what the reader should know."""
        return list(self._found.get("remarks", ()))

    def __getitem__(self, key: str) -> Any:
        return self._found[key]

    def keys(self) -> Iterable[str]:
        """The keys of the JSON."""
        return self._found.keys()

    def to_json(self) -> str:
        """The JSON on one line, the same as the command's."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The JSON as dictionaries and lists."""
        found: dict[str, Any] = json.loads(self._json)
        return found

    def to_svg(self) -> str:
        """The chart of ``verbale balance -o chart.svg``."""
        return _engine.balance_svg(self._json)

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Writes the chart, as SVG or PNG by the ending of the name."""
        name = os.fspath(path)
        ending = os.path.splitext(name)[1].lower()
        if ending not in (".svg", ".png"):
            raise InputError(f"{name}: end the name with .svg or .png")
        svg = self.to_svg()
        with open(name, "wb") as file:
            file.write(svg.encode() if ending == ".svg" else _engine.png(svg))

    def plot(self, ax: Any = None) -> Any:
        """Draws events with each power and, between two, the tilt with its interval, with matplotlib; returns the axes.

        ``ax`` is where to draw it; a new figure without it. ``save`` and ``to_svg`` give the command's own chart and need
        no matplotlib.
        """
        try:
            import matplotlib.pyplot as plt
        except ImportError as error:
            raise ImportError("Balance.plot needs matplotlib: pip install 'verbale[plot]'; Balance.to_svg does not") from error
        if ax is None:
            _, ax = plt.subplots(figsize=(7, 2.2), layout="constrained")
        if self.tilt is None:
            ax.barh(self.between[::-1], [self.counts[code] for code in self.between[::-1]])
            ax.set_xlabel(f"events of {self.state} with each")
        else:
            first, second = self.between
            low, mean, high = (self.tilt[name] or 0.0 for name in ("low", "mean", "high"))
            ax.axvspan(-self.delta, self.delta, alpha=0.15, lw=0)
            ax.axvline(0, lw=0.8, color="0.5")
            ax.errorbar([mean], [0], xerr=[[mean - low], [high - mean]], fmt="o", capsize=4)
            ax.set(xlim=(-1, 1), yticks=[], xlabel="tilt, with its 95 % interval")
            ax.text(-1, 0.06, f"{second}: {self.counts[second]:g}", ha="left", transform=ax.get_xaxis_transform())
            ax.text(1, 0.06, f"{first}: {self.counts[first]:g}", ha="right", transform=ax.get_xaxis_transform())
        ax.set_title(_engine.balance_words(self._json)[1], fontsize="medium", wrap=True)
        return ax

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Balance) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[type[Balance], tuple[str, list[tuple[str, str]]]]:
        return (Balance, (self._json, self.refused))

    def __repr__(self) -> str:
        """The verdict in words, with counts and what would settle it."""
        question, verdict, *rest = _engine.balance_words(self._json)
        counts = ", ".join(f"{code} {self.counts[code]:g}" for code in self.between)
        lines = [question, verdict, f"events: {counts}"]
        if self.tilt is not None:
            low, mean, high = (self.tilt[name] or 0.0 for name in ("low", "mean", "high"))
            within = f"P(|T| < {self.delta:g}) is {self.p_within_delta:.2f}"
            lines.append(f"T {mean:+.2f}, 95 % interval [{low:+.2f}, {high:+.2f}]; {within}")
        lines += rest
        if self.refused:
            lines.append(f"not read: {'; '.join(f'{name}: {why}' for name, why in self.refused[:5])}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shares = dict(_engine.balance_shares(self._json))
        rows = "".join(
            f"<tr><td>{html.escape(code)}</td><td>{self.counts[code]:g}</td><td>{html.escape(shares.get(code, ''))}</td></tr>"
            for code in self.between
        )
        head = "<tr><th>power</th><th>events</th><th>share of events, with interval</th></tr>"
        return f"<div>{self.to_svg()}<table>{head}{rows}</table></div>"


def now() -> str:
    """The time in UTC, as ledgers note it."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def asked(
    state: str,
    between: Iterable[str],
    *,
    rules: str = "officials",
    from_: Optional[Day] = None,
    to: Optional[Day] = None,
    source: Optional[str] = None,
    delta: float = 0.2,
    curve: bool = False,
    baseline: Optional[str] = None,
    families: Optional[str] = None,
) -> _engine.Question:
    """A question of balance; :func:`balance` says what its parts are."""
    powers = between.split(",") if isinstance(between, str) else list(between)
    return _engine.Question(
        state,
        [power.strip() for power in powers],
        rules=os.fspath(rules),
        from_=day(from_, "from_"),
        to=day(to, "to"),
        source=source,
        delta=delta,
        curve=curve,
        baseline=baseline,
        families=families,
    )


def balance(
    state: str,
    between: Iterable[str],
    reports: Optional[Reports] = None,
    *,
    ledger: Any = None,
    published: Optional[Day] = None,
    outlet: Optional[str] = None,
    columns: Optional[Mapping[str, str]] = None,
    world: Optional[World] = None,
    threads: Optional[int] = None,
    **how: Any,
) -> Balance:
    """Measures whether a state's engagement with two powers or more is balanced, with the command's rules and figures.

    Args:
        state: Whose policy: an ISO 3166-1 code or a name.
        between: Between which powers: codes or names, as a list or as ``"USA,RUS"``.
        reports: What to read, as :func:`verbale.read_many` takes it. Reports are linked first: two that tell of one meeting
            count once.
        ledger: The ledger to ask, a :class:`verbale.Ledger` or a path, in place of reports.
        published, outlet, columns, world, threads: As for :func:`verbale.read_many`.
        rules: How to count: ``officials``, ``inclusive``, ``high-level``, ``confirmed``, or the path of a TOML file.
        from_, to: The first and last day, month or year.
        source: Whose codings of a ledger: ``own``, or the format of an import.
        delta: How small a tilt counts as none, 0 to 1.
        curve: Also the figure under every way of counting, as ``found["curve"]``.
        baseline: ``equal``, ``past`` or ``others``: what to hold the figure against.
        families: Two families of sources, to estimate how many meetings neither reported: ``"AFG,others"``.

    Raises:
        InputError: There are no such rules, a date is none, or there is nothing to ask.

    >>> found = balance("AFG", "USA,RUS", ["Afghan Foreign Minister Amir Khan Muttaqi met the US envoy in Kabul on Monday."],
    ...     published="2025-10-24")
    >>> found.verdict
    'not_enough_evidence'
    """
    question = asked(state, between, **how)
    if (reports is None) == (ledger is None):
        raise InputError("give reports, or a ledger: balance('AFG', 'USA,RUS', reports) or ledger='verbale.db'")
    if ledger is not None:
        return Balance(_engine.Ledger(os.fspath(ledger), create=False).balance(question))
    found, refused = (world or embedded()).balance(
        question, given(reports, columns), published=day(published), outlet=outlet, threads=threads or 0, at=now()
    )
    return Balance(found, refused)
