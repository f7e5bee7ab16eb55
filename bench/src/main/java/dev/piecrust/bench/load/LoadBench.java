package dev.piecrust.bench.load;

import dev.piecrust.bench.load.LoadReport.Memory;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs the same campaign undisturbed, beside a crowd of clients, and undisturbed again, in a
 * program that serves on this machine; the clients take their share of the machine too.
 */
public final class LoadBench {
  private static final String SPEC =
      """
      name: load-%1$d
      subject: {model: %2$s/model, transcoder: %2$s/clt}
      tasks: [{kind: ioi, prompts: %3$d, seed: %1$d}]
      prune:
        methods: [fap, fap-synergy, random]
        budgets: [10, 20]
        random: {seeds: 2}
        batch: 5
      """;

  /** Few, to have the program's code compiled before anything is measured. */
  private static final int WARM_UP_PROMPTS = 10;

  private static final long UPLOAD_BYTES = 1L << 30;

  private final LoadSize size;
  private final Path root;
  private final Homes homes;
  private final Consumer<String> progress;
  private int campaigns;

  /**
   * @param root of the checkout, which has the demo model
   * @param homes of the program
   */
  public LoadBench(LoadSize size, Path root, Homes homes, Consumer<String> progress) {
    this.size = size;
    this.root = root;
    this.homes = homes;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param folder an empty one
   */
  public LoadReport run(Path folder) throws IOException {
    progress.accept("start …");
    try (ServedProcess served = ServedProcess.start(root, folder, homes)) {
      campaign(served, Math.min(WARM_UP_PROMPTS, size.prompts()), () -> {});
      progress.accept("the campaign undisturbed …");
      double before = campaign(served, size.prompts(), () -> {});
      OptionalLong heap = served.heapBytes();
      OptionalLong resident = served.residentBytes();
      progress.accept("the campaign beside the crowd …");
      Crowded crowded = crowded(served);
      progress.accept("the campaign undisturbed again …");
      double after = campaign(served, size.prompts(), () -> {});
      return new LoadReport(
          size,
          crowded.requests,
          crowded.p50,
          crowded.p95,
          crowded.errors,
          crowded.cutOff,
          crowded.uploads,
          List.of(before, after),
          crowded.seconds,
          new Memory(heap, served.heapBytes()),
          new Memory(resident, served.residentBytes()),
          crowded.peak);
    }
  }

  /** What was seen while the crowd was there. */
  private record Crowded(
      double seconds,
      int requests,
      double p50,
      double p95,
      List<String> errors,
      int cutOff,
      List<Upload> uploads,
      OptionalLong peak) {}

  private Crowded crowded(ServedProcess served) throws IOException {
    try (OpenSockets sockets = new OpenSockets(served.port(), served.token(), size);
        Readers readers =
            new Readers(served.port(), served.token(), paths(served), size.readers())) {
      CompletableFuture<List<Upload>> uploads =
          CompletableFuture.supplyAsync(() -> List.of(upload(served, false), upload(served, true)));
      long[] peak = {0};
      double seconds =
          campaign(
              served,
              size.prompts(),
              () -> served.residentBytes().ifPresent(now -> peak[0] = Math.max(peak[0], now)));
      readers.stop();
      List<String> errors = new ArrayList<>(readers.errors());
      note(errors, sockets.lostStreams(), "streams of events were closed");
      note(errors, sockets.silentStreams(), "streams of events heard nothing");
      return new Crowded(
          seconds,
          readers.requests(),
          readers.quantile(0.5),
          readers.quantile(0.95),
          errors,
          sockets.cutOff(),
          uploads.join(),
          peak[0] == 0 ? OptionalLong.empty() : OptionalLong.of(peak[0]));
    }
  }

  private static void note(List<String> errors, int count, String what) {
    if (count > 0) {
      errors.add(count + " " + what);
    }
  }

  private static Upload upload(ServedProcess served, boolean chunked) {
    try {
      return Upload.of(served.port(), served.token(), UPLOAD_BYTES, chunked);
    } catch (IOException e) {
      throw PieCrustException.external("the upload found nobody", e);
    }
  }

  /** Pages and lists, those of campaigns that have ended among them. */
  private static List<String> paths(ServedProcess served) {
    List<String> paths =
        new ArrayList<>(List.of("/campaigns", "/workers", "/ledger", "/api/v1/campaigns"));
    for (CampaignStatus status : served.campaigns().list()) {
      paths.add("/campaigns/" + status.id());
      paths.add("/campaigns/" + status.id() + "/prompts/ioi");
      paths.add("/api/v1/campaigns/" + status.id());
    }
    return paths;
  }

  /** Runs a campaign to its end, and returns how many seconds that took. */
  private double campaign(ServedProcess served, int prompts, Runnable meanwhile) {
    campaigns++;
    CampaignSpec spec =
        SpecReader.parse(
            SPEC.formatted(campaigns, root.resolve("demo").toAbsolutePath(), prompts),
            root,
            "spec");
    return served.seconds(spec, meanwhile);
  }
}
