"""What is left of a task when all MLPs of Gemma-3-270M are replaced by a set of transcoders.

    python replaced.py MODEL TRANSCODER PROMPTS.jsonl > replaced.json

PROMPTS are pairs as `piecrust task` prints them. Computes the model anew with NumPy, and nothing of PieCrust:
whoever doubts one of the two has the other. Needs Python 3 with numpy, safetensors and tokenizers.
"""

import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer


def weights(file):
    """bf16, which numpy does not know, as f32."""
    data = Path(file).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    tensors = {}
    for name, tensor in json.loads(data[8:start]).items():
        if name != "__metadata__":
            first, last = tensor["data_offsets"]
            bits = np.frombuffer(data[start + first : start + last], np.uint16).astype(np.uint32)
            tensors[name] = (bits << 16).view(np.float32).reshape(tensor["shape"])
    return tensors


def norm(x, gain, eps):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * (1 + gain)


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def turned(x, base):
    """Rotary positions of [heads, T, width]."""
    half = x.shape[-1] // 2
    angle = np.arange(x.shape[1])[:, None] / base ** (np.arange(half) / half)
    cos, sin = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    a, b = x[..., :half], x[..., half:]
    return np.concatenate([a * cos - b * sin, b * cos + a * sin], -1)


class Gemma:
    def __init__(self, folder):
        self.config = json.loads((Path(folder) / "config.json").read_text())
        self.weights = weights(Path(folder) / "model.safetensors")

    def logits(self, ids, mlp=None):
        """Of the next token; mlp(layer, x) says what each layer's MLP adds, its own by default."""
        c, w = self.config, self.weights
        eps, heads = c["rms_norm_eps"], c["num_attention_heads"]
        # bf16, as the model's own code rounds it
        x = w["model.embed_tokens.weight"][ids] * np.float32(round(c["hidden_size"] ** 0.5 * 8) / 8)
        for layer in range(c["num_hidden_layers"]):

            def of(name):
                return w[f"model.layers.{layer}.{name}.weight"]

            def split(name):
                return (h @ of(f"self_attn.{name}_proj").T).reshape(len(ids), -1, c["head_dim"]).transpose(1, 0, 2)

            h = norm(x, of("input_layernorm"), eps)
            base = c["rope_theta" if c["layer_types"][layer] == "full_attention" else "rope_local_base_freq"]
            q = turned(norm(split("q"), of("self_attn.q_norm"), eps), base)
            k = turned(norm(split("k"), of("self_attn.k_norm"), eps), base)
            shared = heads // len(k)
            scores = q @ np.repeat(k, shared, 0).transpose(0, 2, 1) / c["query_pre_attn_scalar"] ** 0.5
            scores = np.where(np.tri(len(ids), dtype=bool), scores, -np.inf)  # prompts are shorter than the window
            share = np.exp(scores - scores.max(-1, keepdims=True))
            share /= share.sum(-1, keepdims=True)
            seen = (share @ np.repeat(split("v"), shared, 0)).transpose(1, 0, 2).reshape(len(ids), -1)
            x = x + norm(seen @ of("self_attn.o_proj").T, of("post_attention_layernorm"), eps)
            h = norm(x, of("pre_feedforward_layernorm"), eps)
            own = gelu(h @ of("mlp.gate_proj").T) * (h @ of("mlp.up_proj").T) @ of("mlp.down_proj").T
            own = norm(own, of("post_feedforward_layernorm"), eps)
            x = x + (own if mlp is None else mlp(layer, h, own))
        return norm(x[-1], w["model.norm.weight"], eps) @ w["model.embed_tokens.weight"].T


def transcoders(folder, layers):
    each = [load_file(Path(folder) / f"layer_{layer}.safetensors") for layer in range(layers)]

    def mlp(layer, h, own):
        t = each[layer]
        z = h @ t["W_enc"].T + t["b_enc"]
        out = np.where(z > t["activation_function.threshold"], z, 0) @ t["W_dec"] + t["b_dec"]
        out[0] = own[0]  # BOS has no features
        return out

    return mlp


def main(model, folder, prompts):
    gemma, tokens = Gemma(model), Tokenizer.from_file(str(Path(model) / "tokenizer.json"))
    mlps = {"model": None, "replaced": transcoders(folder, gemma.config["num_hidden_layers"])}
    mlps["without"] = lambda layer, h, own: np.concatenate([own[:1], 0 * own[1:]])
    differences = {name: [] for name in mlps}
    for line in Path(prompts).read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        ids = [gemma.config["bos_token_id"], *tokens.encode(pair["text_clean"], add_special_tokens=False).ids]
        right, wrong = (tokens.encode(pair[key], add_special_tokens=False).ids[0] for key in ("io_clean", "s_clean"))
        for name, mlp in mlps.items():
            logits = gemma.logits(ids, mlp)
            differences[name].append(float(logits[right] - logits[wrong]))
    means = {name: float(np.mean(each)) for name, each in differences.items()}
    answer = {
        "prompts": len(differences["model"]),
        "logit_difference": means,
        "right": {name: sum(d > 0 for d in each) for name, each in differences.items()},
        "kept": means["replaced"] / means["model"],
    }
    print(json.dumps(answer, indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:])
