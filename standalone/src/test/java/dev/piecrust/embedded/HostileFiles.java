package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Specs that name files of a stranger, one of each kind that does harm.
 *
 * @param inside a folder that is allowed
 * @param outside a folder that is not
 */
record HostileFiles(Path inside, Path outside) {
  private static final Path DEMO = Program.ROOT.resolve("demo");
  private static final String TASK = "{kind: ioi, prompts: 4}";
  private static final int BOMB_MIB = 80;

  /**
   * A spec that is to be refused.
   *
   * @param kind of what is wrong
   * @param spec in bytes, for one kind is no text
   * @param named what the sentence must have
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Hostile(String kind, byte[] spec, String named) {}

  /** All that is refused before a campaign begins. */
  List<Hostile> all() throws IOException, InterruptedException {
    Path bomb = bomb(inside.resolve("bomb.json.gz"));
    Path link = Files.createSymbolicLink(inside.resolve("link.jsonl"), secret());
    return List.of(
        task("pipe for tasks", pipe(inside.resolve("tasks.jsonl"))),
        task("device for tasks", Path.of("/dev/zero")),
        task("link out of the roots", link),
        interpreted("pipe for a corpus", "corpus", pipe(inside.resolve("corpus.jsonl"))),
        interpreted("device for descriptions", "descriptions", Path.of("/dev/zero")),
        interpreted("packed bomb for descriptions", "descriptions", bomb),
        interpreted("descriptions that are none", "descriptions", text("known.json", "{\"1\": 2")),
        model("config.json", "[".repeat(200_000).getBytes(UTF_8)),
        model("config.json", new byte[] {(byte) 0xFF, (byte) 0xFE, 0}),
        transcoder("config.yaml", "a: &a [*a, *a]\na: 2\n".getBytes(UTF_8)),
        transcoder("W_enc_0.safetensors", hugeHeader()),
        new Hostile("not UTF-8", yaml(DEMO, DEMO, TASK, "# \u00E9"), "UTF-8"),
        new Hostile("doubled key", yaml(DEMO, DEMO, TASK, "name: again"), "name"));
  }

  private Path secret() throws IOException {
    return Files.writeString(outside.resolve("secret.jsonl"), "{\"secret\": 1}");
  }

  static Path pipe(Path file) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    return file;
  }

  private Path text(String name, String text) throws IOException {
    return Files.writeString(inside.resolve(name), text);
  }

  private static Path bomb(Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      byte[] spaces = new byte[1 << 20];
      for (int i = 0; i < BOMB_MIB; i++) {
        out.write(spaces);
      }
    }
    return file;
  }

  /** Its header claims to be as long as half of all numbers. */
  private static byte[] hugeHeader() {
    return ByteBuffer.allocate(64)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(Long.MAX_VALUE / 2)
        .array();
  }

  private static Hostile task(String kind, Path file) {
    return new Hostile(kind, yaml(DEMO, DEMO, taskOf(file), ""), file.getFileName().toString());
  }

  static String taskOf(Path file) {
    return "{kind: file, path: %s}".formatted(file);
  }

  private static Hostile interpreted(String kind, String part, Path file) {
    String own =
        "  %s: %s\n".formatted(part, part.equals("corpus") ? "{path: %s}".formatted(file) : file);
    String corpus =
        part.equals("corpus")
            ? ""
            : "  corpus: {path: %s}\n".formatted(DEMO.resolve("corpus.jsonl.gz"));
    String interpret =
        "interpret:\n  features: {method: fap, budget: 10}\n  llm: {provider: lexical}\n"
            + corpus
            + own;
    return new Hostile(kind, yaml(DEMO, DEMO, TASK, interpret), file.getFileName().toString());
  }

  private Hostile model(String name, byte[] content) throws IOException {
    Path subject = copy("model", name, content);
    return new Hostile("model's " + name, yaml(subject, DEMO, TASK, ""), name);
  }

  private Hostile transcoder(String name, byte[] content) throws IOException {
    Path subject = copy("clt", name, content);
    return new Hostile("transcoder's " + name, yaml(DEMO, subject, TASK, ""), name);
  }

  /** A folder with a copy of the demo's, and one file in it of another content. */
  private Path copy(String folder, String name, byte[] content) throws IOException {
    Path subject = Files.createTempDirectory(inside, "subject");
    Path copy = Files.createDirectory(subject.resolve(folder));
    try (Stream<Path> files = Files.list(DEMO.resolve(folder))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.delete(copy.resolve(name));
    Files.write(copy.resolve(name), content);
    return subject;
  }

  static byte[] yaml(Path model, Path transcoder, String task, String rest) {
    return """
    name: hostile
    subject: {model: %s/model, transcoder: %s/clt}
    tasks: [%s]
    prune: {methods: [fap], budgets: [10]}
    %s
    """
        .formatted(model, transcoder, task, rest)
        .getBytes(ISO_8859_1);
  }
}
