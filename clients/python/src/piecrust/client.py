"""One PieCrust, and what can be asked of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, List, Mapping, Optional, Tuple, Union

from .api import Api, CampaignEstimate
from .campaign import Campaign
from .errors import PieCrustError
from .program import PathLike, Program
from .transport import Transport

Spec = Union[Mapping[str, Any], str, "os.PathLike[str]"]
"""A campaign's spec: a dictionary, the path of a YAML file, or YAML itself (with a line feed)."""


class Client:
    """A PieCrust that answers at an address. ``api`` has every operation of its REST API."""

    def __init__(self, address: str, token: str, program: Optional[Program] = None) -> None:
        """Nothing is asked yet. ``program`` is stopped by ``close``."""
        self._transport = Transport(address, token)
        self._program = program
        self.api = Api(self._transport)

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return self._transport.address

    def run(
        self, spec: Spec, folder: Optional[PathLike] = None, fresh: bool = False
    ) -> Campaign:
        """Starts a campaign, or continues the one that the spec already is; returns at once.

        Relative paths in the spec are relative to ``folder``, by default that of the spec's file,
        or else the working directory; they are those of the machine that serves. ``fresh`` forgets
        an ended campaign's results first.
        """
        text, beside = _read(spec)
        answer = self.api.start_campaign(
            {
                "spec": text,
                "folder": str(Path(folder).absolute() if folder is not None else beside),
                "fresh": fresh,
            }
        )
        return self.campaign(answer["id"])

    def estimate(self, spec: Spec) -> CampaignEstimate:
        """What a campaign will take in time, memory and money; paths must be absolute."""
        return self.api.estimate_spec({"spec": _read(spec)[0]})

    def campaign(self, id: str) -> Campaign:
        """The campaign of this id, which is not asked for yet."""
        return Campaign(self.api, id)

    def campaigns(self) -> List[Campaign]:
        """All campaigns, the latest first."""
        return [self.campaign(status["id"]) for status in self.api.list_campaigns()]

    def close(self) -> None:
        """Closes its connections, and stops the program where this client started it."""
        self._transport.close()
        if self._program is not None:
            self._program.stop()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self.address!r})"


def connect(address: Optional[str] = None, token: Optional[str] = None) -> Client:
    """A PieCrust that is served elsewhere.

    ``address`` is such as ``https://piecrust.example.org``, by default ``PIECRUST_SERVER``;
    ``token`` is one that it lets in, by default ``PIECRUST_API_TOKEN``.
    """
    where = (address or os.environ.get("PIECRUST_SERVER", "")).strip()
    key = (token or os.environ.get("PIECRUST_API_TOKEN", "")).strip()
    if not where:
        raise PieCrustError("no address is given, expected one, or PIECRUST_SERVER to be set")
    if not key:
        raise PieCrustError("no token is given, expected one, or PIECRUST_API_TOKEN to be set")
    return Client(where, key)


def start(binary: Optional[PathLike] = None, home: Optional[PathLike] = None) -> Client:
    """A PieCrust on this machine, started where none serves the home already.

    It stops when Python ends, or at ``close``. See ``Program.start`` for where it is found.
    """
    program = Program.start(binary, home)
    return Client(program.address, program.token, program)


_default: Optional[Client] = None


def client() -> Client:
    """The PieCrust that ``run`` uses: that of ``PIECRUST_SERVER``, or else one of this machine."""
    global _default
    if _default is None:
        _default = connect() if os.environ.get("PIECRUST_SERVER", "").strip() else start()
    return _default


def run(spec: Spec, folder: Optional[PathLike] = None, fresh: bool = False) -> Campaign:
    """Starts a campaign, or continues it, on the PieCrust of ``client()``: see ``Client.run``."""
    return client().run(spec, folder, fresh)


def _read(spec: Spec) -> Tuple[str, Path]:
    """The spec's text, and what its paths are relative to."""
    if isinstance(spec, Mapping):
        return json.dumps(spec, default=os.fspath), Path.cwd()  # JSON is YAML
    if isinstance(spec, str) and "\n" in spec:
        return spec, Path.cwd()
    file = Path(spec)
    return file.read_text(encoding="utf-8"), file.absolute().parent
