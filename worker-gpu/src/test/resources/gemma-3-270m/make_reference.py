"""Makes reference.json: what transformers computes for 20 prompts with Gemma-3-270M.

    python make_reference.py FOLDER

FOLDER is that of make_checkpoint.py. Needs Python 3 with torch, transformers 4.57 and tokenizers. For each
prompt: its tokens with BOS, and of the logits at the last position the ten largest, every 8192nd and
the logarithm of the sum of exponentials, all in f32.
"""

import json
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import Gemma3ForCausalLM

PROMPTS = [
    "When Mary and John went to the store, John gave a drink to",
    "The capital of France is",
    "The war lasted from the year 1732 to the year 17",
    "def add(a, b):\n    return a",
    "The keys to the cabinet",
    "Once upon a time, there was a little girl who",
    "1, 2, 3, 4, 5,",
    "Der schnelle braune Fuchs springt über den",
    "La tour Eiffel se trouve à",
    "Water boils at 100 degrees",
    "import numpy as",
    "To be, or not to be, that is the",
    "The opposite of hot is",
    "In 1969, Neil Armstrong became the first person to walk on the",
    "<html>\n  <head>\n    <title>",
    "SELECT name FROM users WHERE",
    "Roses are red, violets are",
    "Dear Sir or Madam,\n\nI am writing to",
    "猫は",
    "The nurse said that she; the doctor said that",
]


def main(folder):
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    model = Gemma3ForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    rows = []
    for prompt in PROMPTS:
        ids = [model.config.bos_token_id, *tokenizer.encode(prompt, add_special_tokens=False).ids]
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0, -1]
        best = torch.topk(logits, 10)
        rows.append(
            {
                "prompt": prompt,
                "ids": ids,
                "best": best.indices.tolist(),
                "logits": [round(v, 5) for v in best.values.tolist()],
                "every": [round(v, 5) for v in logits[::8192].tolist()],
                "logsumexp": round(torch.logsumexp(logits.double(), 0).item(), 6),
            }
        )
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (Path(__file__).parent / "reference.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
