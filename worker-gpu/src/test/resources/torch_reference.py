"""What the checkpoint fixtures of every model family share: exact arithmetic, hooks, linear models.

A family is the class of Hugging Face transformers that defines it, the Python module of that class,
and the names of two modules of its layers: the norm whose input is resid_mid, and the one whose
output is mlp_out. Its language model is the whole model, or the part of it that a function picks.
"""

import contextlib
import functools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from unittest import mock

import torch
from safetensors.torch import save_file
from transformers import modeling_rope_utils


@dataclass
class Family:
    model: type
    modeling: ModuleType
    before_mlp: str
    after_mlp: str
    language: Callable = lambda model: model.model


class WideTorch:
    """torch, except that what asks for f32 gets f64."""

    float = float32 = torch.float64

    def __getattr__(self, name):
        return getattr(torch, name)


class ConstantNorms(WideTorch):
    """The same, and what norms divide by is a constant."""

    @staticmethod
    def rsqrt(x):
        return torch.rsqrt(x).detach()


@contextlib.contextmanager
def f64(family, library=None):
    """transformers computes norms, softmax and angles in f32 whatever the weights are; not in here."""
    with mock.patch.object(family.modeling, "torch", library or WideTorch()), mock.patch.object(
        modeling_rope_utils, "torch", WideTorch()
    ), mock.patch.object(torch.Tensor, "float", torch.Tensor.double):
        yield


def hooked(family, model, ids):
    """Logits, resid_mid and mlp_out of one prompt; nothing but the model's own modules."""
    seen = {}
    handles = []
    for number, layer in enumerate(family.language(model).layers):
        def before_norm(_, inputs, number=number):
            seen[f"resid_mid_{number}"] = inputs[0][0]

        def after_mlp(_, inputs, output, number=number):
            seen[f"mlp_out_{number}"] = output[0]

        handles.append(getattr(layer, family.before_mlp).register_forward_pre_hook(before_norm))
        handles.append(getattr(layer, family.after_mlp).register_forward_hook(after_mlp))
    with torch.no_grad():
        seen["logits"] = model(ids[None]).logits[0]
    for handle in handles:
        handle.remove()
    return {name: value.clone().contiguous() for name, value in seen.items()}


def linear_mlp(mlp, x):
    """Identity rule for the activation, half rule for the gate's product."""
    z = mlp.gate_proj(x)
    product = (z * (mlp.act_fn(z) / z).detach()) * mlp.up_proj(x)
    return mlp.down_proj((product + product.detach()) / 2)


def constant_mlp(mlp, x):
    return mlp.down_proj(mlp.act_fn(mlp.gate_proj(x)) * mlp.up_proj(x)).detach()


MLPS = {"local": constant_mlp, "relp": linear_mlp}


def gradients(family, model, ids, right, wrong, kinds=tuple(MLPS), patch=None):
    """d(m)/d(mlp_out) a layer, by autograd over the linear models, of an f64 model.

    Patterns and norms' denominators are constants; m is the logit difference at the last position
    plus the log-sum-exp of all positions' logits. A zero is added to each mlp_out to read it at; a
    patch, [T,d] a layer, is subtracted from it.
    """
    softmax = torch.nn.functional.softmax
    found = {}
    for kind in kinds:
        forward = MLPS[kind]
        leaves = []
        with contextlib.ExitStack() as stack:
            stack.enter_context(f64(family, ConstantNorms()))
            stack.enter_context(
                mock.patch.object(
                    torch.nn.functional, "softmax", lambda *a, **k: softmax(*a, **k).detach()
                )
            )
            for number, layer in enumerate(family.language(model).layers):
                width = family.language(model).config.hidden_size
                leaf = torch.zeros(1, len(ids), width, dtype=torch.float64)
                leaves.append(leaf.requires_grad_())
                stack.enter_context(
                    mock.patch.object(layer.mlp, "forward", functools.partial(forward, layer.mlp))
                )
                if patch is not None:
                    leaf = leaf - patch[number]
                hook = lambda _, inputs, output, leaf=leaf: output + leaf
                stack.callback(getattr(layer, family.after_mlp).register_forward_hook(hook).remove)
            logits = model(ids[None]).logits[0]
            metric = logits[-1, right] - logits[-1, wrong] + logits.logsumexp(-1).sum()
            for number, gradient in enumerate(torch.autograd.grad(metric, leaves)):
                found[f"{kind}_{number}"] = gradient[0].contiguous()
    return found


def along_the_path(family, model, ids, patch, points=5):
    """The mean of the local model's gradients at midpoints between none and all of a patch removed."""
    total = {}
    for point in range(points):
        share = [layer * ((point + 0.5) / points) for layer in patch]
        found = gradients(family, model, ids, right=7, wrong=11, kinds=("local",), patch=share)
        for key, value in found.items():
            total[key] = total.get(key, 0) + value / points
    return {key.replace("local", "ig"): value.contiguous() for key, value in total.items()}


def checkpoint(
    family,
    folder,
    config,
    seed,
    dtype=torch.float32,
    shards=None,
    adjoint=False,
    path=False,
    lengths=(5, 40),
    narrow_too=True,
):
    """Writes a tiny random checkpoint, and beside it what transformers computes from two prompts.

    With path, also a random patch and the mean of gradients along the path to it. Without narrow_too
    the reference is in f64 alone.
    """
    shutil.rmtree(folder, ignore_errors=True)
    torch.manual_seed(seed)
    model = family.model(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            # Larger than the usual 0.02, and norms away from 1, so that every term shows.
            spread = 0.15 if parameter.dim() == 2 else 0.3
            parameter.add_(torch.randn_like(parameter) * spread)
    model = model.to(dtype)
    model.save_pretrained(folder, **({"max_shard_size": shards} if shards else {}))
    (folder / "generation_config.json").unlink(missing_ok=True)
    reference = {}
    linear = {}
    for index, length in enumerate(lengths):
        ids = torch.randint(2, 60, (length,))
        ids[0] = 0
        reference[f"{index}.ids"] = ids
        seen = {}
        narrow = family.model.from_pretrained(folder, dtype=torch.float32).eval()
        for key, value in hooked(family, narrow, ids).items():
            if narrow_too:
                reference[f"{index}.f32.{key}"] = value
            seen[key] = value
        with f64(family):
            wide = family.model(config).to(torch.float64).eval()
            wide.load_state_dict(narrow.state_dict())
            for key, value in hooked(family, wide, ids).items():
                reference[f"{index}.f64.{key}"] = value
        for key, value in gradients(family, wide, ids, right=7, wrong=11).items():
            linear[f"{index}.f64.{key}"] = value
        if path:
            layers = len(family.language(wide).layers)
            patch = [torch.randn(length, 24, dtype=torch.float64) * 0.3 for _ in range(layers)]
            for number, value in enumerate(patch):
                linear[f"{index}.f64.patch_{number}"] = value
            for key, value in along_the_path(family, wide, ids, patch).items():
                linear[f"{index}.f64.{key}"] = value
        spread = max(
            (seen[key] - reference[f"{index}.f64.{key}"]).abs().max().item()
            for key in ("logits", "resid_mid_1", "mlp_out_1")
        )
        wide_type = reference[f"{index}.f64.logits"].dtype
        print(folder.name, index, "f32 against f64:", spread, wide_type)
    save_file(reference, folder / "reference.safetensors")
    if adjoint:
        save_file(linear, folder / "adjoint.safetensors")
