package dev.piecrust.report.analysis;

import dev.piecrust.feature.Fidelity;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes measures of which only {@code kl_last} matters. */
final class Rows {
  private final Map<String, MethodMeasures> methods = new LinkedHashMap<>();

  /** Prompt 0 has the first value, and so on; budgets of a method come ascending. */
  Rows with(String method, int budget, double... klLast) {
    for (int prompt = 0; prompt < klLast.length; prompt++) {
      onPrompt(prompt, method, budget, klLast[prompt]);
    }
    return this;
  }

  /** One prompt. */
  Rows onPrompt(int prompt, String method, int budget, double klLast) {
    methods
        .computeIfAbsent(method, m -> new MethodMeasures())
        .add(budget, prompt, new Fidelity(klLast, 0, 0, null, null));
    return this;
  }

  Measures measures() {
    Measures measures = new Measures();
    methods.forEach(measures::add);
    return measures;
  }
}
