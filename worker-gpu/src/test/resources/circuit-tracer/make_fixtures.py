"""Makes the reference rows of attribution graphs, with circuit-tracer itself.

Run it in this folder with Python 3, circuit-tracer 0.5.0, nnsight 0.6.0 and transformers 4.57:

    python make_fixtures.py

For each tiny checkpoint beside this folder it makes a random set of transcoders in circuit-tracer's
own layout, and graph.json: a prompt, two tokens, and the row of the graph whose target is the
difference of the two logits, [layer, position, feature, weight] for each active feature.
"""

import json
import shutil
import tempfile
from pathlib import Path

import torch
from circuit_tracer import attribute
from circuit_tracer.replacement_model.replacement_model_nnsight import NNSightReplacementModel
from circuit_tracer.transcoder.cross_layer_transcoder import load_clt
from circuit_tracer.transcoder.single_layer_transcoder import load_transcoder_set
from safetensors.torch import save_file

HERE = Path(__file__).parent
FEATURES = 12

# name: checkpoint, kind, hooks, whether there is a linear part
SETS = {
    "llama-clt": ("llama/grouped-tied", "cross_layer_transcoder", "hook_resid_mid", "hook_mlp_out", False),
    "llama-skip": ("llama/grouped-tied", "transcoder_set", "mlp.hook_in", "hook_mlp_out", True),
    "gemma2-clt": ("gemma2/uncapped", "cross_layer_transcoder", "hook_resid_mid", "hook_mlp_out", False),
    "gemma2-skip": ("gemma2/uncapped", "transcoder_set", "ln2.hook_normalized", "hook_mlp_out", True),
    "qwen3-clt": ("qwen3/tied", "cross_layer_transcoder", "mlp.hook_in", "mlp.hook_out", False),
    "qwen3-skip": ("qwen3/tied", "transcoder_set", "mlp.hook_in", "mlp.hook_out", True),
    "gemma3-clt": ("gemma3/pattern", "cross_layer_transcoder", "hook_resid_mid", "hook_mlp_out", False),
    "gemma3-skip": ("gemma3/pattern", "transcoder_set", "mlp.hook_in", "hook_mlp_out", True),
}


def older_config(folder):
    """The config as transformers 4 reads it."""
    older = folder / "config.transformers4.json"
    values = json.loads((older if older.exists() else folder / "config.json").read_text())
    rope = values.pop("rope_parameters", None)
    if rope:
        values["rope_theta"] = rope["rope_theta"]
    return values


def model_folder(name, target):
    for source in (HERE.parent / "tokenizer" / "word-level", HERE.parent / name):
        shutil.copytree(source, target, dirs_exist_ok=True)
    values = older_config(target)
    values["_name_or_path"] = name
    (target / "config.json").write_text(json.dumps(values))
    return values


def tensors(layers, width, skip):
    """Each layer's numbers by name, b_dec left at 0: it is no part of a row."""
    scale = width**-0.5
    for _ in range(layers):
        layer = {
            "W_enc": torch.randn(FEATURES, width) * 2 * scale,
            "b_enc": torch.randn(FEATURES) * 0.1,
            "b_dec": torch.zeros(width),
        }
        if skip:
            layer["W_skip"] = torch.randn(width, width) * 0.3 * scale
        yield layer


def write_set(target, kind, hook_in, hook_out, layers, width, skip):
    target.mkdir(exist_ok=True)
    for l, layer in enumerate(tensors(layers, width, skip)):
        if kind == "transcoder_set":
            layer["W_dec"] = torch.randn(FEATURES, width) * width**-0.5
            save_file(layer, target / f"layer_{l}.safetensors")
            continue
        save_file({f"{k}_{l}": v for k, v in layer.items()}, target / f"W_enc_{l}.safetensors")
        decoder = torch.randn(FEATURES, layers - l, width) * width**-0.5
        save_file({f"W_dec_{l}": decoder}, target / f"W_dec_{l}.safetensors")
    (target / "config.yaml").write_text(
        f"model_kind: {kind}\nfeature_input_hook: {hook_in}\nfeature_output_hook: {hook_out}\n"
    )


def transcoders(folder, kind, hook_in, hook_out, layers):
    settings = {
        "scan": "tiny",
        "feature_input_hook": hook_in,
        "feature_output_hook": hook_out,
        "device": torch.device("cpu"),
        "dtype": torch.float32,
    }
    if kind == "transcoder_set":
        paths = {l: str(folder / f"layer_{l}.safetensors") for l in range(layers)}
        return load_transcoder_set(paths, **settings)
    return load_clt(str(folder), **settings)


def graph(name, folder):
    checkpoint, kind, hook_in, hook_out, skip = SETS[name]
    with tempfile.TemporaryDirectory() as temporary:
        config = model_folder(checkpoint, Path(temporary))
        layers = config["num_hidden_layers"]
        write_set(folder, kind, hook_in, hook_out, layers, config["hidden_size"], skip)
        model = NNSightReplacementModel.from_pretrained_and_transcoders(
            temporary, transcoders(folder, kind, hook_in, hook_out, layers), device="cpu"
        )
        ids = torch.tensor([0, *torch.randint(3, 50, (9,)).tolist()])
        right, wrong = 7, 11
        direction = (model.unembed_weight[right] - model.unembed_weight[wrong]).detach()
        made = attribute(ids, model, attribution_targets=[("difference", 1.0, direction)])
        active = made.active_features[made.selected_features].tolist()
        row = made.adjacency_matrix[-1, : len(active)].tolist()
    return {
        "checkpoint": checkpoint,
        "ids": ids.tolist(),
        "right": right,
        "wrong": wrong,
        "row": [[*place, weight] for place, weight in zip(active, row)],
    }


if __name__ == "__main__":
    for number, name in enumerate(SETS):
        torch.manual_seed(number)
        folder = HERE / name
        result = graph(name, folder)
        (folder / "graph.json").write_text(json.dumps(result) + "\n")
        print(name, len(result["row"]), max(abs(edge[3]) for edge in result["row"]))
