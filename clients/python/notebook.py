#!/usr/bin/env python3
"""Writes demo.ipynb: runs its cells against a PieCrust in a new home, and keeps what they show.

    PIECRUST_BIN=../.. python3 notebook.py
"""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

CELLS = [
    """\
# A campaign from Python

Which features of the demo model's transcoder carry its answers, what do they mean, and how good is that
explanation? Run this from the root of the repository, after `pip install "./clients/python[plot]"`; it takes a
minute or two on a laptop.""",
    "import piecrust as pc\n\nclient = pc.start()  # finds PIECRUST_BIN, or piecrust on the PATH",
    """\
campaign = client.run({
    "name": "notebook",
    "subject": {"model": "demo/model", "transcoder": "demo/clt"},
    "tasks": [{"kind": "ioi", "prompts": 30, "seed": 1000}],
    "prune": {"methods": ["fap", "fap-synergy", "random"], "budgets": [10, 20, 50, 100, 200], "held_out": 0.2},
    "interpret": {"features": {"method": "fap", "budget": 50, "at_most": 12},
                  "corpus": {"path": "demo/corpus.jsonl.gz", "windows": 2000, "tokens": 48},
                  "llm": {"provider": "lexical"}},  # an offline baseline
    "evaluate": {"preset": "pie", "faithfulness": False},
}).wait()
campaign""",
    "## What is kept\n\nOne prompt under one method at one budget a row:",
    """\
prompts = campaign.prompts_df()
prompts[["method", "k", "kl_last", "patched_token", "clean_token", "text"]].head()""",
    """\
kl = campaign.results_df().pivot(index="k", columns="method", values="kl_last")
kl.plot(loglog=True, marker="o", xlabel="kept occurrences K", ylabel="KL (nats), in-sample, 30 prompts");""",
    "Circuits of features, on the prompts that did not choose them:",
    """\
held_out = campaign.held_out_df()
held_out[["method", "ranking", "n_features", "kl_last", "kl_last_low", "kl_last_high", "kl_last_n"]].round(3).head(10)""",
    "## What it means",
    """\
features = campaign.features_df()
features[["layer", "feature", "kept", "description", "clarity", "responsiveness", "purity"]].round(2)""",
    "The strongest window of the corpus for each of them:",
    """\
evidence = campaign.evidence_df().query("stratum == 'top'")
strongest = evidence.sort_values("activation", ascending=False).drop_duplicates(["layer", "feature"])
strongest[["layer", "feature", "activation", "text"]].round(2).head()""",
    "client.close()",
]


def main():
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for i, text in enumerate(CELLS):
        code = text.startswith(("import", "campaign", "prompts", "kl ", "held_out", "features", "evidence", "client"))
        cell = (nbformat.v4.new_code_cell if code else nbformat.v4.new_markdown_cell)(text)
        cell.id = f"cell-{i}"
        notebook.cells.append(cell)
    with tempfile.TemporaryDirectory() as home:
        os.environ["PIECRUST_HOME"] = home
        NotebookClient(notebook, timeout=900, resources={"metadata": {"path": str(ROOT)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    for path in (str(ROOT), str(Path.home()), home):
        if path in nbformat.writes(notebook):
            raise SystemExit(f"a path of this machine is in the notebook: {path}")
    notebook.metadata.pop("language_info", None)
    nbformat.write(notebook, HERE / "demo.ipynb")


if __name__ == "__main__":
    main()
