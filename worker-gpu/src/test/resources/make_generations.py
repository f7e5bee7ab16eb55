"""Continues the reference prompts greedily, with an independent implementation.

Run it in this folder with Python 3, torch 2.7 and transformers 5, after the make_fixtures.py of the
families:

    python make_generations.py

generations.json maps a checkpoint to what Hugging Face transformers' generate appends, in f32, to the
first tokens of its second reference prompt.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

HERE = Path(__file__).parent
CHECKPOINTS = ["llama/grouped-tied", "llama/untied-headsize", "gemma2/capped", "gemma2/uncapped"]
PROMPT = 6
NEW = 24

if __name__ == "__main__":
    generations = {}
    for name in CHECKPOINTS:
        folder = HERE / name
        model = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="eager"
        ).eval()
        prompt = load_file(folder / "reference.safetensors")["1.ids"][:PROMPT]
        out = model.generate(
            prompt[None],
            attention_mask=torch.ones(1, PROMPT, dtype=torch.long),
            do_sample=False,
            max_new_tokens=NEW,
            # Nothing ends a continuation.
            eos_token_id=None,
            pad_token_id=0,
        )[0]
        # How far the best token is from the next best, so that rounding cannot decide.
        logits = model(out[None]).logits[0, PROMPT - 1 : -1]
        best = logits.topk(2).values
        print(name, "smallest lead:", (best[:, 0] - best[:, 1]).min().item())
        generations[name] = {"prompt": prompt.tolist(), "continuation": out[PROMPT:].tolist()}
    (HERE / "generations.json").write_text(json.dumps(generations, indent=1) + "\n")
