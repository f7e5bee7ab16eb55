"""Makes the Gemma-3 reference checkpoints of the tests, with an independent implementation.

Run it in this folder with Python 3, torch 2.7 and transformers 5:

    python make_fixtures.py

The files beside each tiny random checkpoint are those of ../llama/make_fixtures.py, in f64 alone.
config.transformers4.json is the same config as it was published, with a pattern and two bases.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import Gemma3ForCausalLM, Gemma3TextConfig
from transformers.models.gemma3 import modeling_gemma3

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from torch_reference import Family, checkpoint

GEMMA3 = Family(
    Gemma3ForCausalLM,
    modeling_gemma3,
    before_mlp="pre_feedforward_layernorm",
    after_mlp="post_feedforward_layernorm",
)
LOCAL, GLOBAL = "sliding_attention", "full_attention"


def config(types, rope, **settings):
    return Gemma3TextConfig(
        vocab_size=60,
        hidden_size=24,
        intermediate_size=40,
        num_hidden_layers=len(types),
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        query_pre_attn_scalar=11,
        sliding_window=4,
        layer_types=types,
        max_position_embeddings=128,
        rms_norm_eps=1e-5,
        rope_parameters={LOCAL: {"rope_type": "default", "rope_theta": 100.0}, GLOBAL: rope},
        bos_token_id=0,
        eos_token_id=1,
        attn_implementation="eager",
        **settings,
    )


LINEAR = {"rope_type": "linear", "rope_theta": 10000.0, "factor": 8.0}
DEFAULT = {"rope_type": "default", "rope_theta": 10000.0}
CHECKPOINTS = {
    # Every sixth layer sees everything before, so there are as many as show the pattern.
    "pattern": config([GLOBAL if (i + 1) % 6 == 0 else LOCAL for i in range(7)], LINEAR),
    "capped": config([GLOBAL, LOCAL], DEFAULT, final_logit_softcapping=2.0),
}


def older_config():
    folder = HERE / "pattern"
    values = json.loads((folder / "config.json").read_text())
    rope = values.pop("rope_parameters")
    values["rope_local_base_freq"] = rope[LOCAL]["rope_theta"]
    values["rope_theta"] = rope[GLOBAL]["rope_theta"]
    values["rope_scaling"] = {"rope_type": "linear", "factor": rope[GLOBAL]["factor"]}
    values.pop("layer_types")
    values["sliding_window_pattern"] = 6
    (folder / "config.transformers4.json").write_text(json.dumps(values, indent=2))


if __name__ == "__main__":
    for name, settings in CHECKPOINTS.items():
        checkpoint(
            GEMMA3,
            HERE / name,
            settings,
            seed=len(name),
            dtype=torch.bfloat16,
            adjoint=True,
            path=name == "capped",
            lengths=(5, 13),
            narrow_too=False,
        )
    older_config()
