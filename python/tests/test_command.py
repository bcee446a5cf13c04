"""The command that comes with the package, and the package itself."""

from __future__ import annotations

import importlib.metadata
import pathlib
import subprocess
import sys
import sysconfig

import verbale


def run(*args: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(args, capture_output=True, text=True, input=given)


def test_the_command_is_installed() -> None:
    program = pathlib.Path(sysconfig.get_path("scripts")) / "verbale"
    shown = run(str(program), "--version")
    assert shown.returncode == 0 and shown.stdout.startswith(f"verbale {verbale.__version__}")
    assert run(sys.executable, "-m", "verbale", "--version").stdout == shown.stdout


def test_exit_codes_are_the_commands(tmp_path: pathlib.Path) -> None:
    verbale_ = (sys.executable, "-m", "verbale")
    assert run(*verbale_, "read", "-", "--json", given="It rained.").returncode == 0
    assert run(*verbale_, "read", str(tmp_path / "none.txt")).returncode == 1
    wrong = run(*verbale_, "read")
    assert wrong.returncode == 2 and "Usage" in wrong.stderr
    assert run(*verbale_, "events", "-l", str(tmp_path / "none.db")).returncode == 2
    helped = run(*verbale_, "--help")
    assert helped.returncode == 0 and "Usage" in helped.stdout


def test_a_reader_that_has_gone_is_no_error(reports: pathlib.Path) -> None:
    script = f"{sys.executable} -m verbale read {reports} | head -n 1; exit ${{PIPESTATUS[0]}}"
    assert run("bash", "-c", script).returncode == 0


def test_the_version_is_the_programs() -> None:
    assert importlib.metadata.version("verbale") == verbale.__version__
