"""The balance: the command's rules and figures, for people and programs."""

from __future__ import annotations

import json
import pathlib
import pickle
import subprocess
import sys

import pytest

import verbale


@pytest.fixture(scope="module")
def found(reports: pathlib.Path) -> verbale.Balance:
    return verbale.balance("AFG", "USA,RUS", reports, curve=True)


def command(*args: str) -> str:
    return subprocess.run([sys.executable, "-m", "verbale", *args], capture_output=True, check=True, text=True).stdout


def test_the_figures_are_the_commands(found: verbale.Balance, reports: pathlib.Path, tmp_path: pathlib.Path) -> None:
    printed = command("balance", "AFG", "--between", "USA,RUS", str(reports), "--json", "--curve")
    assert found.to_json() == printed.rstrip("\n")
    ledger = verbale.Ledger(tmp_path / "verbale.db")
    ledger.add(reports)
    assert ledger.balance("AFG", ["USA", "RUS"], curve=True) == found
    assert verbale.balance("AFG", ["USA", "RUS"], ledger=ledger.path, curve=True) == found
    how = {"rules": "inclusive", "from_": "2025-01", "to": "2025", "delta": 0.3, "baseline": "equal"}
    options = "--rules inclusive --from 2025-01 --to 2025 --delta 0.3 --baseline equal --json -l".split()
    printed = command("balance", "AFG", "--between", "USA,RUS", *options, ledger.path)
    assert ledger.balance("AFG", "USA,RUS", **how).to_json() == printed.rstrip("\n")


def test_attributes_are_those_of_the_json(found: verbale.Balance) -> None:
    whole = json.loads(found.to_json())
    names = ("state", "between", "verdict", "toward", "counts", "tilt", "p_within_delta", "delta", "more_needed", "events")
    for name in names:
        assert getattr(found, name) == whole[name] == found[name]
    assert found.to_dict() == dict(found) == whole and found["curve"]


def test_people_see_the_verdict(found: verbale.Balance, tmp_path: pathlib.Path) -> None:
    assert "Afghanistan" in repr(found) and "events: USA" in repr(found) and "T " in repr(found)
    page = found._repr_html_()
    assert page.count("<svg") == 1 and "<td>RUS</td>" in page
    assert command("balance", "AFG", "--between", "USA,RUS", "--help")
    found.save(tmp_path / "chart.svg")
    found.save(tmp_path / "chart.png")
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8") == found.to_svg()
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(verbale.InputError, match=".svg or .png"):
        found.save(tmp_path / "chart.pdf")


def test_it_is_drawn(found: verbale.Balance, reports: pathlib.Path) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    axes = found.plot()
    assert axes.get_xlim() == (-1, 1) and axes.get_title()
    several = verbale.balance("AFG", ["USA", "RUS", "CHN"], reports)
    assert several.tilt is None and len(several.plot().patches) == 3


def test_it_survives_pickling(found: verbale.Balance) -> None:
    assert pickle.loads(pickle.dumps(found)) == found


def test_reports_that_are_refused_are_named() -> None:
    found = verbale.balance("AFG", "USA,RUS", [None])
    assert found.verdict == "not_enough_evidence" and found.refused[0][0] == "row 0"
    assert "row 0" in repr(found)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"rules": "none-such"}, "rules 'none-such'"),
        ({"rules": "/no/such.toml"}, "cannot be read"),
        ({"from_": "May"}, "May"),
        ({"delta": 3.0}, "delta 3"),
        ({"baseline": "none"}, "equal, past or others"),
        ({"families": "AFG"}, "families"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(how: dict[str, object], says: str) -> None:
    with pytest.raises(verbale.InputError, match=says):
        verbale.balance("AFG", "USA,RUS", ["Rain."], **how)


def test_there_must_be_something_to_ask() -> None:
    with pytest.raises(verbale.InputError, match="give reports, or a ledger"):
        verbale.balance("AFG", "USA,RUS")
    assert verbale.balance("AFG", "USA", ["Rain."]).remarks
