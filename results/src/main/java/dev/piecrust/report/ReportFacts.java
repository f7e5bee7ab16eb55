package dev.piecrust.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.analysis.Resampling;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.spec.SpecDocument;
import java.util.ArrayList;
import java.util.List;

/** What a reader needs to run a campaign again. */
final class ReportFacts {
  private ReportFacts() {}

  /** A fact and what it is called. */
  record Fact(String name, String value) {}

  static List<Fact> of(ExportSource source) {
    CampaignStatus status = source.status();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("campaign", status.id()));
    facts.add(new Fact("state", status.state().words()));
    status.finishedAt().ifPresent(at -> facts.add(new Fact("finished", at.toString())));
    facts.add(new Fact("model", source.spec().subject().model()));
    facts.add(new Fact("transcoder", source.spec().subject().transcoder()));
    source.fingerprint().ifPresent(sha256 -> facts.add(new Fact("fingerprint of both", sha256)));
    facts.add(new Fact("PieCrust", BuildVersion.read()));
    facts.add(
        new Fact(
            "bootstrap",
            "%,d resamples of means, %,d of paired differences, seed %d"
                .formatted(Statistics.RESAMPLES, Resampling.RESAMPLES, Statistics.SEED)));
    return facts;
  }

  static JsonNode spec(ExportSource source) {
    return Json.mapper().valueToTree(SpecDocument.tree(source.spec()));
  }
}
