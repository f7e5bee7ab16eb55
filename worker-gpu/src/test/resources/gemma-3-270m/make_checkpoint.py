"""Makes a Hugging Face checkpoint of Gemma-3-270M from its quantised GGUF file.

    python make_checkpoint.py model.gguf FOLDER

Needs Python 3 with gguf 0.17 and numpy. The weights are what the quantised ones stand for, rounded to
bf16, so they are a little worse than those that Google publishes; the tokenizer is the same. Nothing of
it is ours to publish: its licence is Google's.
"""

import json
import sys
from pathlib import Path

import numpy as np
from gguf import GGUFReader, dequantize

NORMAL, CONTROL, USER_DEFINED = 1, 3, 4
LAYER_TENSORS = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "attn_output": "self_attn.o_proj",
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "post_ffw_norm": "post_feedforward_layernorm",
}


def hub_name(name):
    if name == "token_embd.weight":
        return "model.embed_tokens.weight"
    if name == "output_norm.weight":
        return "model.norm.weight"
    _, layer, tensor, _ = name.split(".")
    return f"model.layers.{layer}.{LAYER_TENSORS[tensor]}.weight"


def bf16(values):
    """Rounded to the nearest, ties to the even one."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def write_weights(reader, file):
    header, offset, tensors = {}, 0, []
    for tensor in reader.tensors:
        values = dequantize(tensor.data, tensor.tensor_type)
        if tensor.name.endswith("norm.weight"):
            values = values - 1  # GGUF files hold the gain itself, and not its distance to 1
        data = bf16(values)
        header[hub_name(tensor.name)] = {
            "dtype": "BF16",
            "shape": list(values.shape),
            "data_offsets": [offset, offset + data.nbytes],
        }
        offset += data.nbytes
        tensors.append(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for data in tensors:
            out.write(data.tobytes())


def value(reader, key):
    return reader.fields[key].contents()


def config(reader):
    layers = value(reader, "gemma3.block_count")
    return {
        "architectures": ["Gemma3ForCausalLM"],
        "model_type": "gemma3_text",
        "vocab_size": len(reader.fields["tokenizer.ggml.tokens"].data),
        "hidden_size": value(reader, "gemma3.embedding_length"),
        "intermediate_size": value(reader, "gemma3.feed_forward_length"),
        "num_hidden_layers": layers,
        "num_attention_heads": value(reader, "gemma3.attention.head_count"),
        "num_key_value_heads": value(reader, "gemma3.attention.head_count_kv"),
        "head_dim": value(reader, "gemma3.attention.key_length"),
        "query_pre_attn_scalar": value(reader, "gemma3.attention.key_length"),
        "sliding_window": value(reader, "gemma3.attention.sliding_window"),
        "layer_types": [
            "full_attention" if (i + 1) % 6 == 0 else "sliding_attention" for i in range(layers)
        ],
        "max_position_embeddings": value(reader, "gemma3.context_length"),
        "rms_norm_eps": 1e-6,
        "rope_theta": value(reader, "gemma3.rope.freq_base"),
        "rope_local_base_freq": 10000.0,
        "rope_scaling": None,
        "hidden_activation": "gelu_pytorch_tanh",
        "attention_bias": False,
        "attn_logit_softcapping": None,
        "final_logit_softcapping": None,
        "tie_word_embeddings": True,
        "bos_token_id": value(reader, "tokenizer.ggml.bos_token_id"),
        "eos_token_id": value(reader, "tokenizer.ggml.eos_token_id"),
        "pad_token_id": value(reader, "tokenizer.ggml.padding_token_id"),
        "torch_dtype": "bfloat16",
    }


def merges(ids, scores):
    """The pairs of tokens that make another, those with the best score first."""
    pairs = []
    for piece, score in scores.items():
        halves = [(piece[:i], piece[i:]) for i in range(1, len(piece))]
        found = [(ids[a], ids[b], a, b) for a, b in halves if a in ids and b in ids]
        pairs += [(-score, a, b) for _, _, a, b in sorted(found)]
    return [f"{a} {b}" for _, a, b in sorted(pairs, key=lambda pair: pair[0])]


def tokenizer(reader):
    field = reader.fields
    tokens = field["tokenizer.ggml.tokens"].contents()
    types = field["tokenizer.ggml.token_type"].contents()
    scores = field["tokenizer.ggml.scores"].contents()
    ids = {token: i for i, token in enumerate(tokens)}
    added = [
        {
            "id": i,
            "content": token,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": kind == CONTROL,
        }
        for i, (token, kind) in enumerate(zip(tokens, types))
        if kind in (CONTROL, USER_DEFINED)
    ]
    normal = {t: s for t, s, kind in zip(tokens, scores, types) if kind == NORMAL}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {
            "type": "Sequence",
            "decoders": [
                {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
                {"type": "ByteFallback"},
                {"type": "Fuse"},
            ],
        },
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": tokens[field["tokenizer.ggml.unknown_token_id"].contents()],
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": True,
            "byte_fallback": True,
            "ignore_merges": False,
            "vocab": ids,
            "merges": merges(ids, normal),
        },
    }


def main(source, target):
    reader = GGUFReader(source)
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(reader, folder / "model.safetensors")
    settings = config(reader)
    (folder / "config.json").write_text(json.dumps(settings, indent=2))
    made = tokenizer(reader)
    (folder / "tokenizer.json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    tokens = list(made["model"]["vocab"])
    names = {f"{name}_token": tokens[settings[f"{name}_token_id"]] for name in ("bos", "eos", "pad")}
    (folder / "tokenizer_config.json").write_text(json.dumps(names, indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:])
