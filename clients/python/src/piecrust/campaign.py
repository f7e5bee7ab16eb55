"""A campaign: how far it is, and what came out."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, cast

import pandas as pd

from .api import Api, CampaignStatus, ResultTable
from .errors import NotFinished
from .figure import Figure
from .program import PathLike

_DONE = ("FINISHED", "FINISHED_WITH_FAILURES")
_STOPPED = ("FAILED", "CANCELLED")
_PAUSED = ("PAUSED", "PAUSED_FOR_BUDGET")


class Campaign:
    """A campaign of one PieCrust.

    Results can be read at any time, as far as they are; tables are asked for anew until the
    campaign has ended.
    """

    def __init__(self, api: Api, id: str) -> None:
        """Nothing is asked yet."""
        self.id = id
        self._api = api
        self._exports: Dict[str, Dict[str, bytes]] = {}

    def status(self) -> CampaignStatus:
        """Its state, and how far each stage is."""
        return self._api.get_campaign(self.id)

    def wait(
        self,
        timeout: Optional[float] = None,
        progress: Optional[Callable[[CampaignStatus], object]] = None,
    ) -> "Campaign":
        """Waits until it has finished, and returns the campaign itself.

        ``timeout`` is in seconds, by default there is none; ``progress`` hears of each change.
        Raises ``NotFinished`` where it failed, was cancelled, or pauses until somebody acts.
        """
        end = None if timeout is None else time.monotonic() + timeout
        last: Optional[CampaignStatus] = None
        pause = 0.2
        while True:
            status = self.status()
            if progress is not None and status != last:
                progress(status)
            last = status
            if status["state"] in _DONE:
                return self
            if status["state"] in _STOPPED + _PAUSED:
                raise NotFinished(_sentence(status))
            if end is not None and time.monotonic() >= end:
                raise NotFinished(f"{_sentence(status)} after {timeout:g} s")
            time.sleep(pause if end is None else max(0.0, min(pause, end - time.monotonic())))
            pause = min(2.0, pause * 1.5)

    def pause(self) -> CampaignStatus:
        """Lets what is under way end, and nothing new begin until ``resume``."""
        return self._api.pause_campaign(self.id, {})

    def resume(self) -> CampaignStatus:
        """Lets it go on."""
        return self._api.resume_campaign(self.id, {})

    def retry(self) -> CampaignStatus:
        """Tries again what has no result."""
        return self._api.retry_campaign(self.id, {})

    def cancel(self) -> CampaignStatus:
        """Stops it; what was done is kept."""
        return self._api.cancel_campaign(self.id, {})

    def results(self) -> ResultTable:
        """Means with intervals, comparisons, and what has no result."""
        return self._api.get_results(self.id)

    def results_df(self) -> pd.DataFrame:
        """One method at one budget a row, for each task: every measure with its interval."""
        return self._means("results")

    def held_out_df(self) -> pd.DataFrame:
        """One circuit at one size a row, measured on prompts that did not choose it."""
        return self._means("held_out")

    def prompts_df(self) -> pd.DataFrame:
        """One prompt under one method at one budget a row: texts, measures and predictions."""
        outcomes, prompts = self._table("outcomes"), self._table("prompts")
        if outcomes.empty:
            return outcomes
        texts = prompts.drop(columns=["tokens", "corrupted_tokens", "text_sha1"])
        return outcomes.merge(texts, on=["task", "prompt"], how="left")

    def features_df(self) -> pd.DataFrame:
        """One feature a row: how often it is kept, what it means, and how good that is."""
        return self._table("features")

    def evidence_df(self) -> pd.DataFrame:
        """One window of the corpus a row, for each explained feature."""
        return self._table("evidence")

    def written_df(self) -> pd.DataFrame:
        """One text a row that was written from a feature's description, with its activation."""
        return self._table("written")

    def ratings_df(self) -> pd.DataFrame:
        """One text of the corpus a row, with a feature's activation and the rating it got."""
        return self._table("ratings")

    def steered_df(self) -> pd.DataFrame:
        """One continuation under a steered feature a row, with the rating it got."""
        return self._table("steered")

    def figures(self) -> Dict[str, Figure]:
        """Its charts by name, as the report has them. Notebooks show them; ``save`` writes them."""
        files = self._export("figures")
        names = sorted(name[: -len(".svg")] for name in files if name.endswith(".svg"))
        return {
            name: Figure(
                name,
                {
                    kind: files[f"{name}.{kind}"]
                    for kind in ("svg", "pdf", "tex")
                    if f"{name}.{kind}" in files
                },
            )
            for name in names
        }

    def export(self, format: str, folder: PathLike) -> List[Path]:
        """Writes the files of an export, such as ``pie`` or ``html``; the folder is made."""
        out = Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        written = []
        for name, content in sorted(self._export(format).items()):
            (out / name).write_bytes(content)
            written.append(out / name)
        return written

    def _means(self, name: str) -> pd.DataFrame:
        """A table of means, each of which becomes a column beside those of its interval."""
        return pd.DataFrame([_flat(line) for line in self._lines(name)])

    def _table(self, name: str) -> pd.DataFrame:
        return pd.DataFrame(self._lines(name))

    def _lines(self, name: str) -> List[Dict[str, Any]]:
        text = self._export("jsonl").get(f"{name}.jsonl", b"").decode("utf-8")
        return [json.loads(line) for line in text.split("\n") if line]

    def _export(self, format: str) -> Dict[str, bytes]:
        if format in self._exports:
            return self._exports[format]
        ended = self.status()["finishedAt"] is not None
        archive = zipfile.ZipFile(io.BytesIO(self._api.export_campaign(self.id, cast(Any, format))))
        files = {_plain(name): archive.read(name) for name in archive.namelist()}
        if ended:
            self._exports[format] = files
        return files

    def __repr__(self) -> str:
        return f"Campaign({self.id!r})"


def _flat(line: Dict[str, Any]) -> Dict[str, Any]:
    row: Dict[str, Any] = {}
    for name, value in line.items():
        if not isinstance(value, dict):
            row[name] = value
            continue
        row[name] = value.get("mean")
        for part in ("sd", "low", "high", "n"):
            if part in value:
                row[f"{name}_{part}"] = value[part]
    return row


def _plain(name: str) -> str:
    if "/" in name or "\\" in name or name.startswith("."):
        raise ValueError(f"the archive holds a file of a strange name: {name!r}")
    return name


def _sentence(status: CampaignStatus) -> str:
    state = status["state"].lower().replace("_", " ")
    message = status["message"]
    return f"campaign {status['id']} is {state}" + (f": {message}" if message else "")


