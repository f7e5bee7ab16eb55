package dev.piecrust.prune.method;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.Selection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The methods that choose keep sets. */
public final class Selectors {
  private final PruneSpec spec;
  private final Map<Method, Selector> selectors = new LinkedHashMap<>();

  /** Those of the spec's methods that choose. */
  public Selectors(PruneSpec spec) {
    this.spec = spec;
    for (Method method : spec.promptMethods()) {
      MethodCode.of(method).selector(spec).ifPresent(selector -> selectors.put(method, selector));
    }
  }

  /** The methods that choose, in the spec's order. */
  public Set<Method> choosing() {
    return Collections.unmodifiableSet(selectors.keySet());
  }

  /** The methods to be scored: those of the spec that are ranked, and those that others need. */
  public Set<Method> scored() {
    Set<Method> scored = EnumSet.noneOf(Method.class);
    scored.addAll(spec.promptMethods());
    scored.removeAll(selectors.keySet());
    selectors.values().forEach(selector -> scored.addAll(selector.bases()));
    if (spec.methods().contains(Method.CIRCUIT_SWAP)) {
      scored.add(Method.FAP_IG); // where its circuits start from
    }
    return scored;
  }

  /**
   * Each choosing method's choice for one prompt.
   *
   * @param scores of the {@link #scored} methods
   */
  public Map<Method, Selection> select(PromptRun run, PromptScores scores, Beat beat) {
    Map<Method, Selection> selections = new LinkedHashMap<>();
    selectors.forEach(
        (method, selector) ->
            selections.put(
                method,
                selector.select(run, scores, what -> beat.at(method.label() + ": " + what))));
    return selections;
  }
}
