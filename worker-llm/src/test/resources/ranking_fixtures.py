"""Writes ranking.jsonl: samples with scikit-learn's AUROC and average precision.

    python worker-llm/src/test/resources/ranking_fixtures.py > \
        worker-llm/src/test/resources/dev/piecrust/fade/ranking.jsonl

One case a line: scores, labels (1 is positive) and the two measures; null where scikit-learn has
no defined number for a case of one class. The figures are written to the last bit.
"""

import json
import warnings

import numpy as np
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import average_precision_score, roc_auc_score


def measure(function, labels, scores):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            value = float(function(labels, scores))
        except ValueError:
            return None
    undefined = any(
        issubclass(w.category, UndefinedMetricWarning) or "No positive class" in str(w.message)
        for w in said
    )
    return None if undefined or np.isnan(value) else value


def case(name, scores, labels):
    scores = [float(s) for s in scores]
    labels = [int(label) for label in labels]
    print(
        json.dumps(
            {
                "name": name,
                "scores": scores,
                "labels": labels,
                "auroc": measure(roc_auc_score, labels, scores),
                "average_precision": measure(average_precision_score, labels, scores),
            }
        )
    )


def main():
    random = np.random.default_rng(0)
    case("perfect", [3, 2, 1, 0], [1, 1, 0, 0])
    case("reversed", [0, 1, 2, 3], [1, 1, 0, 0])
    case("all tied", [1, 1, 1, 1, 1], [1, 0, 1, 0, 0])
    case("textbook", [0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])
    case("ties at zero", [0, 0, 0, 0, 2, 0, 1, 0], [0, 0, 1, 0, 1, 0, 1, 1])
    case("zero and negative zero", [0.0, -0.0, 1.0, -1.0], [1, 0, 1, 0])
    case("only positives", [1, 2, 3], [1, 1, 1])
    case("only negatives", [1, 2, 3], [0, 0, 0])
    case("one of each", [1, 1], [1, 0])
    for i in range(12):
        size = int(random.integers(2, 120))
        labels = random.random(size) < random.random()
        scores = random.normal(size=size) + labels * random.normal()
        if i % 3 == 1:
            scores = np.round(scores)  # many ties
        if i % 3 == 2:
            scores = np.maximum(scores, 0)  # as activations are: many zeros
        case(f"drawn {i}", scores, labels)


if __name__ == "__main__":
    main()
