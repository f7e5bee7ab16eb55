"""The numbers of docs/real-model.md, as tables in Markdown and as small CSV files.

    python tables.py FOLDER

FOLDER is what ./make filled; what it lacks is left out, and said. Files are written into FOLDER/numbers. Needs
Python 3 alone.
"""

import csv
import json
import sys
from pathlib import Path

METRICS = ("clarity", "responsiveness", "purity")


def figure(value):
    return "–" if value is None else f"{value:.3g}"


def interval(measure):
    if measure.get("low") is None:
        return figure(measure["mean"])
    return f"{figure(measure['mean'])} ({figure(measure['low'])} to {figure(measure['high'])})"


class Tables:
    def __init__(self, folder):
        self.folder = folder / "numbers"
        self.folder.mkdir(exist_ok=True)

    def add(self, name, title, columns, rows):
        print(f"\n{title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
        for row in rows:
            print(f"| {' | '.join(str(cell) for cell in row)} |")
        with open(self.folder / f"{name}.csv", "w", newline="", encoding="utf-8") as out:
            csv.writer(out, lineterminator="\n").writerows([columns, *rows])


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def training(tables, file):
    report = json.loads(file.read_text(encoding="utf-8"))
    found = report["evaluation"]
    rows = [
        (i, f"{layer['unexplained']:.3f}", f"{layer['active']:.1f}", f"{layer['dead']:.3f}")
        for i, layer in enumerate(found["layers"])
    ]
    mean = sum(layer["unexplained"] for layer in found["layers"]) / len(rows)
    active = sum(layer["active"] for layer in found["layers"]) / len(rows)
    rows.append(("mean", f"{mean:.3f}", f"{active:.1f}", ""))
    title = f"Held-out text, {found['windows']} windows, {found['tokens']:,} tokens"
    tables.add("layers", title, ("layer", "FVU", "L0", "never act"), rows)
    r = found["replacement"]
    print(
        f"\nAll MLPs replaced, {r['windows']} windows: cross-entropy {r['replaced']:.2f} nats a token; the model's own"
        f" {r['loss']:.2f}, without MLPs {r['without']:.2f}; KL {r['kl']:.2f}; kept"
        f" {(r['without'] - r['replaced']) / (r['without'] - r['loss']):.3f}."
    )


def replaced(tables, file):
    found = json.loads(file.read_text())
    rows = [(name, figure(mean), found["right"][name]) for name, mean in found["logit_difference"].items()]
    title = f"IOI, {found['prompts']} prompts: right above wrong answer at the last position; kept {found['kept']:.3f}"
    tables.add("replaced", title, ("MLPs", "logit difference", "right"), rows)


def fidelity(tables, folder):
    rows = lines(folder / "results.jsonl")
    budgets = {r["k"] for r in rows if r["method"] != "random"}  # random is measured at others, too
    rows = sorted((r for r in rows if r["k"] in budgets), key=lambda r: (r["k"], r["kl_last"]["mean"]))
    title = f"Per prompt, {rows[0]['kl_last']['n']} prompts: KL at the last position in nats, the best first"
    cells = [(r["k"], r["method"], interval(r["kl_last"]), figure(r["faithfulness"]["mean"])) for r in rows]
    tables.add("per-prompt", title, ("K", "method", "KL", "faithfulness"), cells)
    rows = sorted(lines(folder / "held_out.jsonl"), key=lambda r: (r["n_features"], r["kl_last"]["mean"]))
    if rows:
        title = f"Held out, {rows[0]['kl_last']['n']} prompts: likewise, of circuits chosen on other prompts"
        cells = [
            (r["n_features"], r["method"], r["ranking"], interval(r["kl_last"]), figure(r["faithfulness"]["mean"]))
            for r in rows
        ]
        tables.add("held-out", title, ("N", "method", "ranked by", "KL", "faithfulness"), cells)


def scores(tables, folder, name):
    features = lines(folder / "features.jsonl")
    rows = []
    for metric in METRICS:
        known = [f[metric] for f in features if f.get(metric) is not None]
        rows.append((metric, f"{len(known)} of {len(features)}", figure(sum(known) / len(known)) if known else "–"))
    described = sum(f.get("description") is not None for f in features)
    title = f"Scores, {name}: {described} of {len(features)} features described"
    tables.add(f"scores-{folder.name}", title, ("FADE", "features with a score", "mean"), rows)
    with open(tables.folder / f"features-{folder.name}.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("layer", "feature", "description", *METRICS))
        for f in features:
            writer.writerow((f["layer"], f["feature"], f.get("description"), *(figure(f.get(m)) for m in METRICS)))


def main(work):
    folder = Path(work)
    tables = Tables(folder)
    parts = [
        (folder / "transcoder" / "training.json", lambda at: training(tables, at)),
        (folder / "replaced.json", lambda at: replaced(tables, at)),
        (folder / "lexical" / "results.jsonl", lambda at: fidelity(tables, at.parent)),
        (folder / "lexical" / "features.jsonl", lambda at: scores(tables, at.parent, "explained and rated by the offline baseline")),
        (folder / "local" / "features.jsonl", lambda at: scores(tables, at.parent, "explained and rated by Gemma-3-270M itself")),
        (folder / "rated" / "features.jsonl", lambda at: scores(tables, at.parent, "explained by the baseline, rated by Gemma-3-270M")),
    ]
    for file, write in parts:
        if file.exists():
            write(file)
        else:
            print(f"\nThere is no {file.relative_to(folder)} yet.")


if __name__ == "__main__":
    main(*sys.argv[1:])
