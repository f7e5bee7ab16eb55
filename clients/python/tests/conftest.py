"""A PieCrust for the tests that need a real one: PIECRUST_BIN, or 'piecrust' on the PATH."""

import os
import shutil
from pathlib import Path

import pytest

import piecrust as pc

DEMO = Path(__file__).parents[3] / "demo"


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def client(home):
    if not (os.environ.get("PIECRUST_BIN") or shutil.which("piecrust")):
        pytest.skip("PIECRUST_BIN names no PieCrust")
    with pc.start(home=home) as started:
        yield started


@pytest.fixture(scope="session")
def campaign(client):
    spec = {
        "name": "small",
        "subject": {"model": DEMO / "model", "transcoder": DEMO / "clt"},
        "tasks": [{"kind": "ioi", "prompts": 5, "seed": 1000}],
        "prune": {"methods": ["fap", "random"], "budgets": [10, 20], "held_out": 0.4},
        "interpret": {
            "features": {"method": "fap", "budget": 10, "at_most": 3},
            "corpus": {"path": DEMO / "corpus.jsonl.gz", "windows": 200, "tokens": 48},
            "llm": {"provider": "lexical"},
        },
        "evaluate": {"preset": "pie", "faithfulness": False},
    }
    return client.run(spec).wait(timeout=300)
