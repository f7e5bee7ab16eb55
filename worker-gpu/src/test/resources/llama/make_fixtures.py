"""Makes the reference checkpoints and tokenizers of the tests, with an independent implementation.

Run it in this folder with Python 3, torch 2.7, transformers 5 and tokenizers 0.23:

    python make_fixtures.py

Every checkpoint is tiny and random. Beside it lies reference.safetensors: token ids (I64), and what
Hugging Face transformers computes from them in f32 and f64: logits, and for each layer the residual
stream between attention and MLP (resid_mid) and what the MLP adds to it (mlp_out). adjoint.safetensors
holds the gradients of a metric through the two linear models around a pass; see torch_reference.py.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.models.llama import modeling_llama

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from torch_reference import Family, checkpoint

LLAMA = Family(LlamaForCausalLM, modeling_llama, before_mlp="post_attention_layernorm", after_mlp="mlp")
LLAMA3_ROPE = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    # So small that the reference prompts reach past it.
    "original_max_position_embeddings": 16,
}

CHECKPOINTS = {
    "grouped-tied": dict(tied=True, rope=dict(LLAMA3_ROPE, rope_theta=10000.0)),
    "untied-headsize": dict(tied=False, rope=dict(LLAMA3_ROPE, rope_theta=500000.0), head_dim=8),
    "sharded-bf16": dict(tied=False, rope={"rope_type": "default", "rope_theta": 10000.0}, dtype=torch.bfloat16),
}


def config(tied, rope, head_dim=None, **_):
    return LlamaConfig(
        vocab_size=60,
        hidden_size=24,
        intermediate_size=40,
        num_hidden_layers=3,
        num_attention_heads=6,
        num_key_value_heads=2,
        head_dim=head_dim,
        max_position_embeddings=128,
        rms_norm_eps=1e-5,
        rope_parameters=rope,
        tie_word_embeddings=tied,
        bos_token_id=0,
        eos_token_id=1,
        attn_implementation="eager",
    )


def older_config():
    """The same checkpoint under a config.json as transformers 4 wrote it."""
    folder = HERE / "grouped-tied"
    values = json.loads((folder / "config.json").read_text())
    rope = dict(values.pop("rope_parameters"))
    values["rope_theta"] = rope.pop("rope_theta")
    values["rope_scaling"] = rope
    values["torch_dtype"] = "float32"
    values.pop("dtype", None)
    values.pop("head_dim", None)
    (folder / "config.transformers4.json").write_text(json.dumps(values, indent=2))


def tokenizers():
    texts = [
        "When Mary and John went to the store, John gave a drink to",
        "def f(self, alpha, beta):\n    \"\"\"doc\n\n    :param alpha: x\n    :param",
        "naïve café ☕ 👩‍🚀 zero",
        " leading space and  two",
        "",
        "<s>When Mary",
    ]
    words = sorted(set(" ".join(texts[:1]).replace(",", " ,").split()))
    vocab = {token: i for i, token in enumerate(["<s>", "</s>", "<unk>"] + words)}
    word_level = Tokenizer(models.WordLevel(vocab, unk_token="<unk>"))
    word_level.pre_tokenizer = pre_tokenizers.Whitespace()
    word_level.add_special_tokens(["<s>", "</s>", "<unk>"])

    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=["<|begin_of_text|>", "<|end_of_text|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bpe.train_from_iterator(texts * 3, trainer)
    texts.append("<|begin_of_text|>When Mary")
    for name, tokenizer, bos in (("word-level", word_level, "<s>"), ("byte-bpe", bpe, "<|begin_of_text|>")):
        folder = HERE.parent / "tokenizer" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        # Both traps set: a truncation that must not cut, and a padding that must not fill.
        tokenizer.enable_truncation(max_length=8)
        tokenizer.enable_padding(length=8, pad_token=bos, pad_id=0)
        tokenizer.save(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        (folder / "tokenizer_config.json").write_text(json.dumps({"bos_token": bos}) + "\n")
        reference = [
            {"text": text, "ids": tokenizer.encode(text, add_special_tokens=False).ids} for text in texts
        ]
        (folder / "reference.json").write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    for name, settings in CHECKPOINTS.items():
        checkpoint(
            LLAMA,
            HERE / name,
            config(**settings),
            seed=len(name),
            dtype=settings.get("dtype", torch.float32),
            shards="12KB" if name.startswith("sharded") else None,
            adjoint=name == "untied-headsize",
        )
    older_config()
    tokenizers()
