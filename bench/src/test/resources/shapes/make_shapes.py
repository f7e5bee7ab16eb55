"""Lists the tensors of published checkpoints and transcoders, with an independent implementation.

Run it in this folder with Python 3, torch 2.7, transformers 5, huggingface-hub 2 and circuit-tracer 0.5:

    python make_shapes.py

Nothing is downloaded and no weight exists: Hugging Face transformers builds each model on torch's meta
device from the config that its authors published, and circuit-tracer the transcoder. Written are the
config, the number of parameters, and for each file its tensors as "dtype [shape]", the way that
transformers would save them in files of 5 GB at most, and circuit-tracer in a file a layer. Gemma
Scope 2 is not written by circuit-tracer: its names and shapes are those of its cards.
"""

import copy
import importlib.util
import json
import sys
from pathlib import Path
from unittest import mock

import torch
from huggingface_hub import split_torch_state_dict_into_shards
from transformers import (
    Gemma2Config,
    Gemma2ForCausalLM,
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    LlamaConfig,
    LlamaForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
)

# The package itself, without what its __init__ imports: attribution and its dependencies.
spec = importlib.util.find_spec("circuit_tracer")
sys.modules["circuit_tracer"] = importlib.util.module_from_spec(spec)
from circuit_tracer.transcoder import cross_layer_transcoder, single_layer_transcoder

HERE = Path(__file__).parent
COMMON = dict(attention_bias=False, attention_dropout=0.0, initializer_range=0.02, use_cache=True)

LLAMA = dict(
    COMMON,
    architectures=["LlamaForCausalLM"],
    bos_token_id=128000,
    eos_token_id=128001,
    head_dim=64,
    hidden_act="silu",
    hidden_size=2048,
    intermediate_size=8192,
    max_position_embeddings=131072,
    mlp_bias=False,
    model_type="llama",
    num_attention_heads=32,
    num_hidden_layers=16,
    num_key_value_heads=8,
    pretraining_tp=1,
    rms_norm_eps=1e-05,
    rope_scaling=dict(
        factor=32.0,
        high_freq_factor=4.0,
        low_freq_factor=1.0,
        original_max_position_embeddings=8192,
        rope_type="llama3",
    ),
    rope_theta=500000.0,
    tie_word_embeddings=True,
    torch_dtype="bfloat16",
    vocab_size=128256,
)

GEMMA2 = dict(
    COMMON,
    architectures=["Gemma2ForCausalLM"],
    attn_logit_softcapping=50.0,
    bos_token_id=2,
    cache_implementation="hybrid",
    eos_token_id=1,
    final_logit_softcapping=30.0,
    head_dim=256,
    hidden_act="gelu_pytorch_tanh",
    hidden_activation="gelu_pytorch_tanh",
    hidden_size=2304,
    intermediate_size=9216,
    max_position_embeddings=8192,
    model_type="gemma2",
    num_attention_heads=8,
    num_hidden_layers=26,
    num_key_value_heads=4,
    pad_token_id=0,
    query_pre_attn_scalar=256,
    rms_norm_eps=1e-06,
    rope_theta=10000.0,
    sliding_window=4096,
    torch_dtype="bfloat16",
    vocab_size=256000,
)

QWEN3 = dict(
    COMMON,
    architectures=["Qwen3ForCausalLM"],
    bos_token_id=151643,
    eos_token_id=151643,
    head_dim=128,
    hidden_act="silu",
    hidden_size=1024,
    intermediate_size=3072,
    max_position_embeddings=32768,
    max_window_layers=28,
    model_type="qwen3",
    num_attention_heads=16,
    num_hidden_layers=28,
    num_key_value_heads=8,
    rms_norm_eps=1e-06,
    rope_scaling=None,
    rope_theta=1000000,
    sliding_window=None,
    tie_word_embeddings=True,
    torch_dtype="bfloat16",
    use_sliding_window=False,
    vocab_size=151936,
)

GEMMA3 = dict(
    COMMON,
    architectures=["Gemma3ForCausalLM"],
    attn_logit_softcapping=None,
    bos_token_id=2,
    cache_implementation="hybrid",
    eos_token_id=1,
    final_logit_softcapping=None,
    head_dim=256,
    hidden_activation="gelu_pytorch_tanh",
    hidden_size=1152,
    intermediate_size=6912,
    max_position_embeddings=32768,
    model_type="gemma3_text",
    num_attention_heads=4,
    num_hidden_layers=26,
    num_key_value_heads=1,
    pad_token_id=0,
    query_pre_attn_scalar=256,
    rms_norm_eps=1e-06,
    rope_local_base_freq=10000,
    rope_scaling=None,
    rope_theta=1000000,
    sliding_window=512,
    sliding_window_pattern=6,
    torch_dtype="bfloat16",
    vocab_size=262144,
)

LLAMA_8B = dict(
    COMMON,
    architectures=["LlamaForCausalLM"],
    bos_token_id=128000,
    eos_token_id=[128001, 128008, 128009],
    hidden_act="silu",
    hidden_size=4096,
    intermediate_size=14336,
    max_position_embeddings=131072,
    mlp_bias=False,
    model_type="llama",
    num_attention_heads=32,
    num_hidden_layers=32,
    num_key_value_heads=8,
    pretraining_tp=1,
    rms_norm_eps=1e-05,
    rope_scaling=dict(
        factor=8.0,
        high_freq_factor=4.0,
        low_freq_factor=1.0,
        original_max_position_embeddings=8192,
        rope_type="llama3",
    ),
    rope_theta=500000.0,
    tie_word_embeddings=False,
    torch_dtype="bfloat16",
    vocab_size=128256,
)

DTYPES = {torch.bfloat16: "BF16"}


def told(tensor):
    return f"{DTYPES[tensor.dtype]} {list(tensor.shape)}"


def model_files(model):
    parameters = dict(model.named_parameters())  # each once, so no unembedding where it is tied
    split = split_torch_state_dict_into_shards(parameters, max_shard_size="5GB")
    return {
        file: {name: told(parameters[name]) for name in sorted(names)}
        for file, names in split.filename_to_tensors.items()
    }


META = dict(device=torch.device("meta"), dtype=torch.bfloat16)


def cross_layer(config, features, **settings):
    layers, width = config["num_hidden_layers"], config["hidden_size"]
    return saved(
        cross_layer_transcoder,
        lambda: cross_layer_transcoder.CrossLayerTranscoder(
            layers, features, width, lazy_decoder=False, **settings, **META
        ),
    )


def cross_layer_jump_relu(config, features):
    return cross_layer(config, features, activation_function="jump_relu")


def per_layer(config, features):
    files = {}
    for layer in range(config["num_hidden_layers"]):
        one = saved(
            single_layer_transcoder,
            lambda: single_layer_transcoder.SingleLayerTranscoder(
                config["hidden_size"], features, torch.nn.functional.relu, layer, **META
            ),
        )
        files[f"layer_{layer}.safetensors"] = one[HERE.name]
    return files


def gemma_scope_2(config, features):
    layers, width = config["num_hidden_layers"], config["hidden_size"]
    tensors = {
        "affine_skip_connection": f"F32 {[width, width]}",
        "b_dec": f"F32 {[width]}",
        "b_enc": f"F32 {[features]}",
        "threshold": f"F32 {[features]}",
        "w_dec": f"F32 {[features, layers, width]}",
        "w_enc": f"F32 {[width, features]}",
    }
    return {f"params_layer_{layer}.safetensors": tensors for layer in range(layers)}


def saved(module, transcoder):
    """The tensors of each file that circuit-tracer would write."""
    files = {}

    def list_instead(tensors, path):
        files[Path(path).name] = {name: told(tensors[name]) for name in sorted(tensors)}

    with mock.patch.object(module, "save_file", list_instead), mock.patch.object(
        torch.Tensor, "cpu", lambda tensor: tensor
    ):
        transcoder().to_safetensors(HERE)
    return files


# Name, config, classes, features per layer of the transcoder and the form in which it is published.
PUBLISHED = [
    ("llama-3.2-1b", LLAMA, LlamaConfig, LlamaForCausalLM, 32768, cross_layer),
    ("gemma-2-2b", GEMMA2, Gemma2Config, Gemma2ForCausalLM, 16384, cross_layer),
    ("qwen3-0.6b", QWEN3, Qwen3Config, Qwen3ForCausalLM, 20480, cross_layer_jump_relu),
    ("gemma-3-1b", GEMMA3, Gemma3TextConfig, Gemma3ForCausalLM, 10080, gemma_scope_2),
    ("llama-3.1-8b", LLAMA_8B, LlamaConfig, LlamaForCausalLM, 131072, per_layer),
]


if __name__ == "__main__":
    for name, config, config_class, model_class, features, form in PUBLISHED:
        with torch.device("meta"):
            model = model_class(config_class(**copy.deepcopy(config))).to(torch.bfloat16)
        listing = {
            "config": config,
            "parameters": sum(p.numel() for p in model.parameters()),
            "model": model_files(model),
            "transcoder": form(config, features),
        }
        (HERE / f"{name}.json").write_text(json.dumps(listing, indent=1, sort_keys=True) + "\n")
        print(name, listing["parameters"], {k: len(v) for k, v in listing["model"].items()})
