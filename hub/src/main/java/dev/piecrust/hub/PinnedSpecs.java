package dev.piecrust.hub;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.SubjectSpec;
import java.util.function.UnaryOperator;

/** Specs with other revisions. */
public final class PinnedSpecs {
  private PinnedSpecs() {}

  /** The spec with each repository that it names at the revision that it is mapped to. */
  public static CampaignSpec map(CampaignSpec spec, UnaryOperator<HubRef> revision) {
    if (HubNeed.of(spec).isEmpty()) {
      return spec;
    }
    return new CampaignSpec(
        spec.name(),
        new SubjectSpec(
            text(spec.subject().model(), revision),
            text(spec.subject().transcoder(), revision),
            spec.subject().prependBos()),
        spec.tasks(),
        spec.prune(),
        spec.interpret().map(interpret -> interpret(interpret, revision)),
        spec.evaluate(),
        spec.limits(),
        spec.train());
  }

  private static InterpretSpec interpret(InterpretSpec spec, UnaryOperator<HubRef> revision) {
    CorpusSpec corpus = spec.corpus();
    return new InterpretSpec(
        spec.features(),
        new CorpusSpec(
            corpus.path(),
            corpus.published().map(named -> text(named, revision)),
            corpus.windows(),
            corpus.tokens()),
        spec.evidence(),
        spec.llm(),
        spec.descriptions());
  }

  private static String text(String named, UnaryOperator<HubRef> revision) {
    return HubRef.is(named) ? revision.apply(HubRef.parse(named)).toString() : named;
  }
}
