package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.Json;
import dev.piecrust.fuzz.Mutations;
import dev.piecrust.fuzz.Sentences;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand seeded hostile files at one program that serves: each is estimated or refused in
 * sentences that name it, and some of those that were estimated are run: a campaign ends, or fails
 * in a clear sentence. The program lives on, and its log has no stack trace.
 */
class ThousandFilesIT {
  private static final Path DEMO = Program.ROOT.resolve("demo");

  /** A key of a spec that looks like a word of a library, and is repeated as what it is. */
  private static final String OWN_WORDS = "!!java.net.URL";

  /** Of the files that are taken, each so-manieth is run. */
  private static final int RUN_EACH = 16;

  /** Thousands of times what one takes, for a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path file;
  private Path model;
  private Path clt;

  /**
   * A kind of file.
   *
   * @param name of the file
   * @param files how many
   * @param good what it may hold
   * @param place where the program finds it
   * @param spec that names it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kind(String name, int files, byte[] good, Path place, String spec) {}

  @BeforeEach
  void copyTheSubject() throws IOException {
    file = Files.createDirectory(folder.resolve("files"));
    model = copy("model");
    clt = copy("clt");
  }

  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (var files = Files.list(DEMO.resolve(name))) {
      for (Path each : files.toList()) {
        Files.createSymbolicLink(copy.resolve(each.getFileName()), each);
      }
    }
    return copy;
  }

  private List<Kind> kinds() throws IOException {
    String pairs = "tasks: [{kind: file, path: %s}]".formatted(file.resolve("pairs.jsonl"));
    String known = "descriptions: {path: %s}".formatted(file.resolve("known.json"));
    String corpus = "corpus: {path: %s, windows: 20, tokens: 16}";
    String demoCorpus = corpus.formatted(DEMO.resolve("corpus.jsonl.gz"));
    String own = corpus.formatted(file.resolve("corpus.jsonl"));
    return List.of(
        new Kind(
            "spec.yaml",
            260,
            interpreting(demoCorpus, "llm: {provider: lexical}").getBytes(UTF_8),
            file.resolve("spec.yaml"),
            ""),
        kind("pairs.jsonl", 160, PAIRS.getBytes(UTF_8), pruning(pairs)),
        kind("known.json", 160, KNOWN.getBytes(UTF_8), interpreting(demoCorpus, known)),
        kind("corpus.jsonl", 100, CORPUS.getBytes(UTF_8), interpreting(own, "")),
        subject(model, "config.json", 100),
        subject(model, "tokenizer.json", 60),
        subject(clt, "config.yaml", 100),
        subject(clt, "W_enc_0.safetensors", 60));
  }

  private Kind kind(String name, int files, byte[] good, String spec) {
    return new Kind(name, files, good, file.resolve(name), spec);
  }

  private Kind subject(Path place, String name, int files) throws IOException {
    return new Kind(
        name,
        files,
        Files.readAllBytes(DEMO.resolve(place.getFileName()).resolve(name)),
        place.resolve(name),
        pruning("tasks: [{kind: ioi, prompts: 2}]"));
  }

  private String pruning(String tasks) {
    return """
    name: thousand
    subject: {model: %s, transcoder: %s}
    %s
    prune: {methods: [fap], budgets: [5], held_out: 0}
    """
        .formatted(model, clt, tasks);
  }

  private String interpreting(String corpus, String more) {
    String llm = more.startsWith("llm") ? "" : "  llm: {provider: lexical}\n";
    return pruning("tasks: [{kind: ioi, prompts: 2}]")
        + "interpret:\n  features: {method: fap, budget: 5, at_most: 2}\n"
        + "  evidence: {top: 2, per_stratum: 1}\n"
        + llm
        + "  %s\n  %s\n".formatted(corpus, more);
  }

  @Test
  void areReadOrRefusedAndNothingBreaks() throws Exception {
    Program program = new Program(folder.resolve("home"));
    List<String> faults = new ArrayList<>();
    int tried = 0;
    try (Serving serving = Serving.start(program)) {
      for (Kind kind : kinds()) {
        tried += kind.files();
        faults.addAll(faults(serving, kind));
        Files.deleteIfExists(kind.place());
        restore(kind);
      }
      assertThat(serving.get("/api/v1/campaigns", token()).statusCode()).isEqualTo(200);
      assertThat(serving.stop()).isIn(0, 143);
    }
    assertThat(faults).isEmpty();
    assertThat(tried).isGreaterThanOrEqualTo(1000);
    assertThat(program.log().lines().filter(line -> line.matches("\\s+at .*\\(.*\\)")))
        .as("stack traces")
        .isEmpty();
    assertThat(program.log()).doesNotContain("OutOfMemory");
  }

  private void restore(Kind kind) throws IOException {
    Path good = DEMO.resolve(folder.relativize(kind.place()));
    if (Files.exists(good)) {
      Files.createSymbolicLink(kind.place(), good);
    }
  }

  private List<String> faults(Serving serving, Kind kind) throws Exception {
    List<String> faults = new ArrayList<>();
    int taken = 0;
    for (int seed = 0; seed < kind.files(); seed++) {
      byte[] content = new Mutations(seed * 37L + kind.name().hashCode()).of(kind.good());
      String of = "%s, seed %d: ".formatted(kind.name(), seed);
      Files.deleteIfExists(kind.place());
      Files.write(kind.place(), content);
      byte[] spec = kind.spec().isEmpty() ? content : kind.spec().getBytes(UTF_8);
      HttpResponse<String> answer = send(serving, "/api/v1/specs/estimate", spec);
      Optional<String> fault = fault(answer, kind.spec().isEmpty() ? named(content) : kind.name());
      fault.ifPresent(what -> faults.add(of + what));
      if (answer.statusCode() == 200 && !kind.spec().isEmpty() && taken++ % RUN_EACH == 0) {
        run(serving, spec, kind.name()).ifPresent(what -> faults.add(of + what));
      }
    }
    return faults;
  }

  /** A spec that is no text makes the request that holds it none. */
  private static String named(byte[] spec) {
    boolean text = Arrays.equals(new String(spec, UTF_8).getBytes(UTF_8), spec);
    return text ? "spec" : "the body";
  }

  private static Optional<String> fault(HttpResponse<String> answer, String named)
      throws IOException {
    if (answer.statusCode() == 200) {
      return Optional.empty();
    }
    if (answer.statusCode() != 400) {
      return Optional.of("status %d: %s".formatted(answer.statusCode(), answer.body()));
    }
    String detail =
        Json.mapper().readTree(answer.body()).path("detail").asText().replace(OWN_WORDS, "");
    return Sentences.unclear(detail, named).map(line -> "is unclear: " + line);
  }

  /** What is wrong with how a campaign ended, if anything is. */
  private Optional<String> run(Serving serving, byte[] spec, String named) throws Exception {
    HttpResponse<String> answer = send(serving, "/api/v1/campaigns", spec);
    if (answer.statusCode() != 200) {
      return fault(answer, named);
    }
    String id = Json.mapper().readTree(answer.body()).path("id").asText();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      JsonNode status =
          Json.mapper().readTree(serving.get("/api/v1/campaigns/" + id, token()).body());
      CampaignState state = CampaignState.valueOf(status.path("state").asText());
      if (state.ended()) {
        return state == CampaignState.FAILED
            ? Sentences.unclear(status.path("message").asText(), named).map("run: "::concat)
            : Optional.empty();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return Optional.of("run: hangs");
  }

  /** The spec may be no text, so it travels as bytes between the quotes of JSON. */
  private HttpResponse<String> send(Serving serving, String path, byte[] spec) throws Exception {
    String text = Json.write(new String(spec, ISO_8859_1));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"fresh\": true, \"folder\": %s, ".formatted(folder(file)).getBytes(UTF_8));
    body.writeBytes("\"spec\": ".getBytes(UTF_8));
    body.writeBytes(text.getBytes(ISO_8859_1));
    body.write('}');
    return serving.send(
        serving
            .request(path, token())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static String folder(Path path) {
    return Json.write(path.toString());
  }

  private String token() throws IOException {
    return Json.mapper()
        .readTree(folder.resolve("home/server.json").toFile())
        .get("token")
        .textValue();
  }

  private static final String PAIRS =
      "{\"text_clean\": \"Ann met Bob. Bob gave Ann\", \"text_corr\": \"Ann met Bob. Ann gave"
          + " Bob\", \"io_clean\": \" a\", \"s_clean\": \" b\"}\n"
          + "{\"clean\": \"Ann gave Bob\", \"corrupt\": \"Ann gave Tom\", \"answers\": [\" a\"],"
          + " \"wrong_answers\": [\" b\"]}\n";
  private static final String CORPUS =
      "{\"text\": \"Ann met Bob, and gave him the ring.\"}\n{\"text\": \"Then Tom came.\"}\n";
  private static final String KNOWN =
      "{\"8\": {\"description\": \"names\", \"layer\": 1, \"feature\": 2}, \"20\":"
          + " {\"description\": \"the\", \"more\": [1, {}]}}";
}
