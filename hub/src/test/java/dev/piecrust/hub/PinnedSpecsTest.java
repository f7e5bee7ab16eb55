package dev.piecrust.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.spec.SpecDocument;
import dev.piecrust.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PinnedSpecsTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir private Path folder;

  @Test
  void changeRevisionsAndNothingElse() throws IOException {
    Files.writeString(
        folder.resolve("known.csv"), "layer,index,description\n0,7,names of months\n");
    CampaignSpec spec =
        SpecReader.parse(
            """
            name: all
            subject: {model: "hf://org/model", transcoder: "hf://org/clt@v1", prepend_bos: false}
            tasks: [{kind: ioi, prompts: 7, seed: 3}]
            prune: {methods: [fap, random], budgets: [10, 20], batch: 3, held_out: 0.3}
            interpret:
              features: {method: fap, budget: 20, min_kept: 2, at_most: 9}
              corpus: {published: "hf://org/features", windows: 11, tokens: 12}
              evidence: {top: 3, per_stratum: 1, mark_share: 0.5}
              llm: {provider: lexical}
              descriptions: {path: known.csv, only: true}
            evaluate: {preset: full}
            limits: {failure_share: 0.1}
            """,
            folder,
            "all.yaml");

    CampaignSpec pinned = PinnedSpecs.map(spec, ref -> ref.at(COMMIT));

    assertThat(SpecDocument.write(pinned))
        .isEqualTo(
            SpecDocument.write(spec)
                .replace("hf://org/model", "hf://org/model@" + COMMIT)
                .replace("hf://org/clt@v1", "hf://org/clt@" + COMMIT)
                .replace("hf://org/features", "hf://org/features@" + COMMIT));
    assertThat(PinnedSpecs.map(pinned, ref -> ref)).isEqualTo(pinned);
  }
}
