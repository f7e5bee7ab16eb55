package dev.piecrust.report;

import dev.piecrust.activity.UnitFailure;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.campaign.CampaignIds;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.Scope;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.store.Database;
import dev.piecrust.store.DatabaseConfig;
import dev.piecrust.store.Stores;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A made-up campaign: one task, three prompts of which the last failed, {@code fap} and {@code
 * random} at budgets 2 and 4, and a parked unit of two prompts more. Circuits of both and of {@code
 * circuit-swap} were measured on prompts 0 and 1, and on one prompt of training.
 */
public final class SmallCampaign implements AutoCloseable {
  public static final CampaignSpec SPEC =
      new CampaignSpec(
          "small",
          new SubjectSpec("/models/tiny", "/models/tiny-clt"),
          List.of(new TaskSpec("ioi", TaskKind.IOI, 5, 7, Optional.empty())),
          new PruneSpec(
              List.of(Method.FAP, Method.RANDOM, Method.CIRCUIT_SWAP),
              List.of(2, 4),
              Corruption.PROMPT,
              Metric.LOGIT_DIFF,
              Scope.GLOBAL,
              2,
              3,
              MethodSettings.defaults(),
              0.4),
          LimitsSpec.defaults());
  public static final String ID = CampaignIds.of(SPEC);

  public final Database database;
  public final Stores stores;
  public final Reports reports;

  public final ArtifactStore artifacts;

  public SmallCampaign(Path folder) {
    database = Database.open(DatabaseConfig.h2(folder.resolve("db")));
    stores = Stores.of(database);
    artifacts = new FolderArtifacts(folder.resolve("artifacts"));
    reports = new Reports(stores, artifacts);
    reset();
  }

  /** Makes the campaign anew, and forgets all others. */
  public void reset() {
    stores.campaigns().list().forEach(status -> stores.campaigns().delete(status.id()));
    stores.campaigns().create(ID, SPEC);
    stores.campaigns().fingerprint(ID, "f".repeat(64));
    fill();
  }

  private void fill() {
    List<PromptOutcome> outcomes =
        List.of(
            outcome(0, "fap", 0.5, 0, 0.75),
            outcome(0, "random", 2.0, 0.5, 0.25),
            outcome(1, "fap", 1.5, 1, null),
            outcome(1, "random", 4.0, 1, null));
    stores.results().put(ID, outcomes);
    stores.results().fail(ID, "ioi", 2, "a logit is not a number");
    stores
        .units()
        .done(
            ID,
            "fidelity ioi",
            "ioi/000000-000003",
            2,
            1,
            artifacts.put(out -> gzip(out, outcomes)));
    fillCircuits();
    fillScores();
    stores
        .units()
        .park(new UnitFailure(ID, "fidelity ioi", "ioi/000003-000005", 2, "no worker was left"));
    stores.campaigns().enter(ID, CampaignState.FINISHED_WITH_FAILURES, "");
  }

  private void fillCircuits() {
    FeatureId first = new FeatureId(0, 3);
    FeatureId second = new FeatureId(1, 0);
    List<FeatureStats> stats =
        List.of(stats("random", first), stats("fap", second), stats("fap", first));
    List<Circuit> circuits =
        List.of(
            new Circuit("ioi", "circuit-swap", "swap", 2, List.of(second, first)),
            new Circuit("ioi", "fap", "mean-score", 2, List.of(first, second)));
    List<CircuitOutcome> outcomes =
        List.of(
            circuit(0, "held-out", "fap", "mean-score", 3, 1.0),
            circuit(1, "held-out", "fap", "mean-score", 5, 2.0),
            circuit(0, "held-out", "circuit-swap", "swap", 4, 1.0),
            circuit(1, "held-out", "circuit-swap", "swap", 4, 1.5),
            circuit(3, "training", "fap", "mean-score", 4, 0.0));
    put("features ioi", "ioi/000000-000005", stats);
    put("circuits ioi", "ioi/000000-000005", circuits);
    put("held-out ioi", "ioi/000000-000003", outcomes);
    stores.circuits().put(ID, outcomes);
  }

  /** Two occurrences of prompt 0 with their scores by fap, 0.5 and −0.25. */
  private void fillScores() {
    String header =
        "{\"__metadata__\":{\"prompts\":\"[0]\"},"
            + "\"0/score/fap/0\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Long.BYTES + json.length + 2 * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .putFloat(0.5f)
            .putFloat(-0.25f);
    stores.units().done(ID, "score ioi", "ioi/000000-000003", 3, 0, artifacts.put(file.array()));
  }

  private static FeatureStats stats(String method, FeatureId feature) {
    TreeMap<Integer, Integer> kept = new TreeMap<>(Map.of(2, 3, 4, 4));
    return new FeatureStats("ioi", method, feature, 2, 5, kept, 0.375, 0.125, List.of(1, 2));
  }

  private static CircuitOutcome circuit(
      int prompt, String share, String method, String ranking, int kept, double kl) {
    Fidelity fidelity = new Fidelity(kl, kl / 4, 1, 0.5, null);
    return new CircuitOutcome("ioi", prompt, share, method, ranking, 2, kept, fidelity);
  }

  private void put(String stage, String unit, List<?> lines) {
    stores.units().done(ID, stage, unit, 2, 0, artifacts.put(out -> gzip(out, lines)));
  }

  private static void gzip(OutputStream out, List<?> lines) throws java.io.IOException {
    GZIPOutputStream zip = new GZIPOutputStream(out);
    for (Object line : lines) {
      zip.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    zip.finish();
  }

  /** At budget 4 the KL is half of that at budget 2. */
  private static PromptOutcome outcome(
      int index, String method, double kl, double changed, @Nullable Double faithfulness) {
    TreeMap<Integer, Fidelity> fidelity = new TreeMap<>();
    fidelity.put(2, new Fidelity(kl, kl / 4, changed, faithfulness, faithfulness));
    fidelity.put(4, new Fidelity(kl / 2, kl / 8, 0, faithfulness, faithfulness));
    TreeMap<Integer, List<KeptOccurrence>> kept = new TreeMap<>();
    KeptOccurrence first = new KeptOccurrence(0, 1, 3, 0.5);
    KeptOccurrence again = new KeptOccurrence(0, 2, 3, -0.25);
    KeptOccurrence own = new KeptOccurrence(1, 2, index, 0.125);
    kept.put(2, List.of(first, again));
    kept.put(4, List.of(first, again, own));
    return new PromptOutcome("ioi", index, "ab".repeat(20), method, 3, fidelity, kept);
  }

  @Override
  public void close() {
    database.close();
  }
}
