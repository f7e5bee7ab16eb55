"""Makes features/: feature files in the form in which circuit-tracer's transcoders are published.

Run it in this folder with Python 3:

    python make_published.py

index.json.gz maps each layer to its file and to byte offsets; between two of them lie the four bytes
of a length, little-endian, and as many bytes of gzip'd JSON. Layer 0 holds feature 0, not feature 1,
and feature 2 without examples.
"""

import gzip
import json
import struct
from pathlib import Path

HERE = Path(__file__).parent / "features"


def example(value, special=False):
    tokens = (["<bos>"] if special else []) + ["The", " bird", f" says {value}"]
    acts = ([99.0] if special else []) + [0.0, value / 2, float(value)]
    return {
        "tokens": tokens,
        "tokens_acts_list": acts,
        "train_token_ind": len(tokens) - 1,
        "is_repeated_datapoint": False,
    }


def feature():
    groups = [("Top activations", [20, 19, 18])]
    # The order of the groups is not that of their activations; 18 is in two of them.
    groups.append(("Subsample interval 0", [1, 2, 3, 4, 5]))
    groups.append(("Subsample interval 1", [18, 10, 9, 8, 7, 6]))
    return {
        "index": 0,
        "examples_quantiles": [
            {"quantile_name": name, "examples": [example(v, special=v == 19) for v in values]}
            for name, values in groups
        ],
        "top_logits": [" tweet"],
        "bottom_logits": [" moo"],
        "act_min": 0.0,
        "act_max": 20.0,
    }


def packed(record):
    content = gzip.compress(json.dumps(record).encode(), mtime=0)
    return struct.pack("<I", len(content)) + content


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    records = [packed(feature()), b"", packed({"index": 2, "examples_quantiles": []})]
    offsets = [0]
    for record in records:
        offsets.append(offsets[-1] + len(record))
    (HERE / "layer_0.bin").write_bytes(b"".join(records))
    index = {"0": {"filename": "layer_0.bin", "offsets": offsets}}
    (HERE / "index.json.gz").write_bytes(gzip.compress(json.dumps(index).encode(), mtime=0))
