"""What several tests read: the reports that are written for this project."""

from __future__ import annotations

import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

MEETING = "Foreign Minister Liina Tamberg of Estonia met the Chilean president in Santiago on 3 March 2025."


@pytest.fixture(scope="session")
def reports() -> pathlib.Path:
    """The folder of example reports."""
    return ROOT / "examples" / "reports"


@pytest.fixture(scope="session")
def texts(reports: pathlib.Path) -> list[str]:
    """The texts of the example reports, in the order of their names."""
    return [path.read_text(encoding="utf-8") for path in sorted(reports.glob("*.txt"))]


@pytest.fixture(scope="session")
def meeting() -> str:
    """A report of one sentence."""
    return MEETING
