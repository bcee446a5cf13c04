"""The command ``verbale``, as the wheel installs it: the same program as the binary."""

from __future__ import annotations

import signal
import sys

from . import _engine


def main() -> int:
    """Runs the command with the arguments of the process and returns its exit code: 0, 1 or 2."""
    # Ctrl-C ends the command at once, as it does without Python.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _engine.command(["verbale", *sys.argv[1:]])
