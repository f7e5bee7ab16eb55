package dev.piecrust.report;

import dev.piecrust.campaign.SubjectSpec;

/** What a report says first. */
final class Summary {
  private Summary() {}

  /** What was run, how far it came, and how to read its tables. */
  static String of(ExportSource source) {
    SubjectSpec subject = source.spec().subject();
    return ("Campaign %s on %s with the transcoder %s is %s. KL(clean ‖ pruned) in nats when only"
            + " the K best occurrences of each prompt are kept: lower is better. Written by"
            + " PieCrust %s.")
        .formatted(
            source.spec().name(),
            subject.model(),
            subject.transcoder(),
            source.status().state().words(),
            BuildVersion.read());
  }
}
