"""Makes the Gemma-2 reference checkpoints of the tests, with an independent implementation.

Run it in this folder with Python 3, torch 2.7 and transformers 5:

    python make_fixtures.py

The files beside each tiny random checkpoint are those of ../llama/make_fixtures.py.
"""

import sys
from pathlib import Path

from transformers import Gemma2Config, Gemma2ForCausalLM
from transformers.models.gemma2 import modeling_gemma2

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from torch_reference import Family, checkpoint

GEMMA2 = Family(
    Gemma2ForCausalLM,
    modeling_gemma2,
    before_mlp="pre_feedforward_layernorm",
    after_mlp="post_feedforward_layernorm",
)

CHECKPOINTS = {
    # Caps that scores and logits reach, and a window that the longer prompt leaves.
    "capped": dict(attn_logit_softcapping=1.5, final_logit_softcapping=2.0),
    "uncapped": dict(
        attn_logit_softcapping=None,
        final_logit_softcapping=None,
        layer_types=["full_attention", "sliding_attention", "sliding_attention"],
    ),
}


def config(**settings):
    return Gemma2Config(
        vocab_size=60,
        hidden_size=24,
        intermediate_size=40,
        num_hidden_layers=3,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        query_pre_attn_scalar=11,
        sliding_window=7,
        max_position_embeddings=128,
        rms_norm_eps=1e-5,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
        bos_token_id=0,
        eos_token_id=1,
        attn_implementation="eager",
        **settings,
    )


if __name__ == "__main__":
    for name, settings in CHECKPOINTS.items():
        checkpoint(GEMMA2, HERE / name, config(**settings), seed=len(name), adjoint=name == "capped")
