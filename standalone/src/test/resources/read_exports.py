"""Reads a campaign's exports as a Python user does, and checks them against each other.

Usage: read_exports.py FOLDER, with exports in FOLDER/pie, FOLDER/features and FOLDER/safetensors.
"""

import json
import sys
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file

folder = Path(sys.argv[1])


def read(file):
    return json.loads((folder / file).read_text("utf-8"))


def lines(file):
    return [json.loads(line) for line in (folder / file).read_text("utf-8").splitlines()]


def cantor(layer, index):
    return (layer + index) * (layer + index + 1) // 2 + index


prompts = {p["global_idx"]: p for p in lines("pie/per_prompt_merged.jsonl") if p["method"] == "fap"}
assert prompts, "no prompt under fap"

index = read("safetensors/scores_index.json")
seen = set()
for entry in index["files"]:
    file = folder / "safetensors" / entry["file"]
    with safe_open(file, framework="numpy") as opened:
        metadata = opened.metadata()
    assert metadata["campaign"] == index["campaign"] and metadata["task"] == entry["task"]
    assert metadata["subject_fingerprint"]
    tensors = load_file(file)
    for prompt in entry["prompts"]:
        seen.add(prompt)
        names = ("layer", "position", "feature")
        layer, position, feature = (tensors[f"{prompt}/{name}"] for name in names)
        score = tensors[f"{prompt}/score/fap/0"]
        assert score.dtype == np.float32 and len(layer) == prompts[prompt]["n_enc_occ"]
        order = np.lexsort((feature, position, layer, -np.abs(score)))
        for k, kept in prompts[prompt]["kept_by_k"].items():
            best = {(layer[i], position[i], feature[i]) for i in order[: int(k)]}
            assert best == {(l, p, f) for l, p, f, _ in kept}, f"prompt {prompt} at K={k}"
assert seen == set(prompts), "some prompt has no scores"

listed = read("features/features_by_layer.json")
k = str(listed["k"])
kept = [(l, f) for p in prompts.values() for l, _, f, _ in p["kept_by_k"][k]]
for layer, features in listed["layers"].items():
    for entry in features:
        assert entry["cantor_id"] == cantor(int(layer), entry["index"])
        assert entry["kept_occurrences"] == kept.count((int(layer), entry["index"]))
assert sum(len(features) for features in listed["layers"].values()) == len(set(kept))

for line in lines("features/circuit_tracer_nodes.jsonl"):
    wanted = [f"{l}_{f}_{p}" for l, p, f, _ in prompts[line["global_idx"]]["kept_by_k"][k]]
    assert line["pinnedIds"] == wanted

print(f"{len(seen)} prompts, {len(set(kept))} features")
