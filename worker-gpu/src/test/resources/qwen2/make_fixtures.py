"""Makes the Qwen2 and Qwen3 reference checkpoints of the tests, with an independent implementation.

Run it in this folder with Python 3, torch 2.7 and transformers 5:

    python make_fixtures.py

The files beside each tiny random checkpoint are those of ../llama/make_fixtures.py, in f64 alone.
"""

import sys
from pathlib import Path

import torch
from transformers import Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM
from transformers.models.qwen2 import modeling_qwen2
from transformers.models.qwen3 import modeling_qwen3

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from torch_reference import Family, checkpoint

BEFORE_MLP = "post_attention_layernorm"
QWEN2 = Family(Qwen2ForCausalLM, modeling_qwen2, before_mlp=BEFORE_MLP, after_mlp="mlp")
QWEN3 = Family(Qwen3ForCausalLM, modeling_qwen3, before_mlp=BEFORE_MLP, after_mlp="mlp")

SHAPE = dict(
    vocab_size=60,
    hidden_size=24,
    intermediate_size=40,
    num_hidden_layers=2,
    num_attention_heads=6,
    num_key_value_heads=2,
    max_position_embeddings=128,
    rms_norm_eps=1e-5,
    bos_token_id=0,
    eos_token_id=1,
    attn_implementation="eager",
)
DEFAULT = {"rope_type": "default", "rope_theta": 1000000.0}
LINEAR = {"rope_type": "linear", "rope_theta": 10000.0, "factor": 8.0}

CHECKPOINTS = {
    "qwen2/tied": (QWEN2, Qwen2Config(**SHAPE, tie_word_embeddings=True, rope_parameters=DEFAULT)),
    # Windows in the upper layer, which both prompts' tokens leave.
    "qwen2/windows": (
        QWEN2,
        Qwen2Config(
            **SHAPE,
            tie_word_embeddings=False,
            rope_parameters=LINEAR,
            use_sliding_window=True,
            sliding_window=4,
            max_window_layers=1,
        ),
    ),
    # Heads wider than their share of the width.
    "qwen3/tied": (
        QWEN3,
        Qwen3Config(**SHAPE, head_dim=6, tie_word_embeddings=True, rope_parameters=DEFAULT),
    ),
    "qwen3/untied": (
        QWEN3,
        Qwen3Config(**SHAPE, head_dim=6, tie_word_embeddings=False, rope_parameters=LINEAR),
    ),
}

if __name__ == "__main__":
    for name, (family, config) in CHECKPOINTS.items():
        checkpoint(
            family,
            HERE.parent / name,
            config,
            seed=len(name),
            dtype=torch.bfloat16,
            adjoint=name in ("qwen2/windows", "qwen3/tied"),
            path=name in ("qwen2/windows", "qwen3/tied"),
            lengths=(5, 17),
            narrow_too=False,
        )
