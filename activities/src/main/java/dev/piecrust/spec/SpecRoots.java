package dev.piecrust.spec;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.input.Roots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what a spec names against the folders that are allowed. */
public final class SpecRoots {
  private SpecRoots() {}

  /**
   * The spec itself, where all that it names is allowed; otherwise a user error names what not. A
   * repository of the hub is no path: what is downloaded lies in the hub's cache, which nobody
   * names.
   */
  public static CampaignSpec allowed(CampaignSpec spec, Roots roots) {
    for (Map.Entry<String, String> named : paths(spec)) {
      if (!HubRef.is(named.getValue()) && !roots.allow(Path.of(named.getValue()))) {
        throw user("%s: %s", named.getKey(), roots.refusal(named.getValue()));
      }
    }
    return spec;
  }

  private static List<Map.Entry<String, String>> paths(CampaignSpec spec) {
    List<Map.Entry<String, String>> paths = new ArrayList<>();
    paths.add(Map.entry("subject.model", spec.subject().model()));
    paths.add(Map.entry("subject.transcoder", spec.subject().transcoder()));
    spec.train().ifPresent(train -> paths.add(Map.entry("train.corpus", train.corpus())));
    for (TaskSpec task : spec.tasks()) {
      task.path().ifPresent(path -> paths.add(Map.entry("tasks " + task.name(), path)));
    }
    Optional<CorpusSpec> corpus = spec.interpret().map(InterpretSpec::corpus);
    corpus
        .flatMap(c -> c.path().or(c::published))
        .ifPresent(path -> paths.add(Map.entry("interpret.corpus", path)));
    spec.interpret()
        .flatMap(InterpretSpec::descriptions)
        .ifPresent(known -> paths.add(Map.entry("interpret.descriptions", known.path())));
    return paths;
  }
}
