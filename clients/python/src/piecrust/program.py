"""The program itself, started beside this one and stopped with it."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import subprocess
import threading
from collections import deque
from pathlib import Path
from typing import Deque, Optional, Tuple, Union

from .errors import NotStarted, PieCrustError
from .transport import Transport

PathLike = Union[str, "os.PathLike[str]"]

_ANSWERS = re.compile(r"answers at (http://\S+)")
_STOP_S = 30


class Program:
    """A PieCrust that serves one home, on this machine, for this user alone."""

    def __init__(
        self, address: str, token: str, process: "Optional[subprocess.Popen[str]]" = None
    ) -> None:
        """``process`` is what ``stop`` ends; without one, somebody else started the program."""
        self.address = address
        self.token = token
        self._process = process
        if process is not None:
            atexit.register(self.stop)

    @staticmethod
    def start(binary: Optional[PathLike] = None, home: Optional[PathLike] = None) -> "Program":
        """Starts the program on a free port, or finds the one that serves the home already.

        ``binary`` is the launcher ``piecrust``, or the folder of a checkout or a release; by
        default ``PIECRUST_BIN``, or else ``piecrust`` of the ``PATH``. A checkout is built first,
        which takes minutes. ``home`` is by default ``PIECRUST_HOME``, or else ``~/.piecrust``.
        """
        folder = Path(home or os.environ.get("PIECRUST_HOME") or Path.home() / ".piecrust")
        running = _serving(folder)
        if running is not None:
            return Program(*running)
        environment = {**os.environ, "PIECRUST_HOME": str(folder.absolute())}
        process = subprocess.Popen(
            [str(_launcher(binary)), "serve", "--port", "0", "--until-input-ends"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        said: Deque[str] = deque(maxlen=20)
        answers = threading.Event()
        threading.Thread(target=_listen, args=(process, said, answers), daemon=True).start()
        answers.wait()
        running = _serving(folder)  # of the one that was started, or that another was faster with
        if running is None:
            process.kill()
            process.wait()
            raise NotStarted(f"PieCrust did not start: {' '.join(said) or 'it said nothing'}")
        return Program(*running, process=process if process.poll() is None else None)

    def stop(self) -> None:
        """Stops what ``start`` started; a campaign under way goes on when it is started again."""
        process, self._process = self._process, None
        if process is None:
            return
        atexit.unregister(self.stop)
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listen(
    process: "subprocess.Popen[str]", said: "Deque[str]", answers: threading.Event
) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line.strip())
        if _ANSWERS.search(line):
            answers.set()
    process.wait()
    answers.set()


def _serving(home: Path) -> Optional[Tuple[str, str]]:
    """Address and token of the program that serves a home; a killed one leaves its file behind."""
    try:
        file = json.loads((home / "server.json").read_text())
    except (OSError, ValueError):
        return None
    address, token = f"http://127.0.0.1:{file['port']}", str(file["token"])
    try:
        Transport(address, token, timeout=10.0).json("GET", "/api/v1/session")
    except PieCrustError:
        return None
    return address, token


def _launcher(binary: Optional[PathLike]) -> Path:
    named = binary or os.environ.get("PIECRUST_BIN") or shutil.which("piecrust")
    if not named:
        raise NotStarted(
            "there is no 'piecrust' on the PATH, expected PIECRUST_BIN to name the launcher, or the"
            " folder of a checkout or a release"
        )
    path = Path(named)
    path = path / "piecrust" if path.is_dir() else path
    if not os.access(path, os.X_OK):
        raise NotStarted(f"{path} cannot be started, expected the launcher 'piecrust'")
    return path.absolute()
