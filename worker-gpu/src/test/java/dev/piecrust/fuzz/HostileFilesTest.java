package dev.piecrust.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.piecrust.evidence.CorpusWindows;
import dev.piecrust.evidence.PublishedFeatures;
import dev.piecrust.evidence.Quotas;
import dev.piecrust.exchange.DescriptionFile;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Models;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.price.PriceTable;
import dev.piecrust.prune.load.SubjectShape;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.task.PairFile;
import dev.piecrust.tensor.NpzWriter;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.TranscoderConfig;
import dev.piecrust.transcoder.Transcoders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A thousand hostile files through the readers that {@code doctor}, {@code estimate}, {@code run}
 * and the REST API share: each is read, or refused in sentences that name it, in time.
 */
final class HostileFilesTest {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();
  private static final Path MODEL = DEMO.resolve("model");
  private static final Path CLT = DEMO.resolve("clt");

  @TempDir Path folder;

  /**
   * A kind of file.
   *
   * @param name of the file
   * @param good what it may hold
   * @param reader of a file of this name
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kind(String name, int files, byte[] good, Consumer<Path> reader) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String LIST =
      """
      model_kind: transcoder_set
      feature_input_hook: mlp.hook_in
      feature_output_hook: hook_mlp_out
      activation: topk
      k: 32
      transcoders: ['hf://org/set/layer_0/params.npz?revision=v1', layer_1.safetensors]
      """;
  private static final String SAE_LENS =
      """
      {"architecture": "skip_transcoder", "normalize_activations": "none",
       "apply_b_dec_to_input": false, "metadata": {"hook_name": "blocks.0.mlp.hook_in",
       "hook_name_out": "blocks.0.hook_mlp_out"}}
      """;
  private static final String SPARSIFY =
      "{\"activation\": \"topk\", \"k\": 3, \"transcode\": true, \"num_latents\": 8}";

  private static final String GEMMA_SCOPE_2 =
      """
      {"architecture": "jump_relu", "affine_connection": false, "l0": 34, "width": 4,
       "hf_hook_point_in": "model.layers.0.pre_feedforward_layernorm.output",
       "hf_hook_point_out": "model.layers.0.post_feedforward_layernorm.output"}
      """;

  /** A cross-layer set of one layer that has this file for its config. */
  private static void gemmaScope2(Path config) {
    SafeTensorsWriter.writeRaw(
        config.resolveSibling("params_layer_0.safetensors"),
        Map.of(
            "w_enc", RawTensor.ofFloats(new float[8], 2, 4),
            "w_dec", RawTensor.ofFloats(new float[8], 4, 1, 2)),
        Map.of());
    assertThat(Transcoders.size(parent(config), 1, 2).features()).isEqualTo(4);
  }

  /** A set of one layer whose weights are this file. */
  private static void perLayer(Path weights) {
    try {
      Files.writeString(
          weights.resolveSibling("config.yaml"),
          """
          model_kind: transcoder_set
          feature_input_hook: hook_resid_mid
          feature_output_hook: hook_mlp_out
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (NDManager manager = TensorRuntime.start().newManager()) {
      Transcoders.load(parent(weights), manager, 1, 2).close();
    }
  }

  private static byte[] layer() throws IOException {
    Path file = Files.createTempFile("layer", ".safetensors");
    SafeTensorsWriter.writeRaw(
        file,
        Map.of(
            "W_enc", RawTensor.ofFloats(new float[8], 4, 2),
            "W_dec", RawTensor.ofFloats(new float[8], 4, 2)),
        Map.of());
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  /** A set of one layer that has this file for its config. */
  private static void layer(Path config, String weights) {
    Path set = parent(config).resolve("set");
    Path own = set.resolve("layers.0.mlp");
    try {
      Files.createDirectories(own);
      Files.copy(config, own.resolve("cfg.json"), StandardCopyOption.REPLACE_EXISTING);
      SafeTensorsWriter.writeRaw(
          own.resolve(weights),
          weights.startsWith("sae_")
              ? Map.of(
                  "W_enc", RawTensor.ofFloats(new float[8], 2, 4),
                  "W_dec", RawTensor.ofFloats(new float[8], 4, 2))
              : Map.of(
                  "encoder.weight", RawTensor.ofFloats(new float[8], 4, 2),
                  "W_dec", RawTensor.ofFloats(new float[8], 4, 2)),
          Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(Transcoders.size(set, 1, 2).features()).isEqualTo(4);
  }

  static Stream<Kind> kinds() throws IOException {
    byte[] demo =
        Files.readString(DEMO.resolve("demo.yaml"))
            .replace(
                "model: model, transcoder: clt", "model: %s, transcoder: %s".formatted(MODEL, CLT))
            .replace("path: corpus", "path: " + DEMO.resolve("corpus"))
            .getBytes(UTF_8);
    return Stream.of(
        new Kind("spec.yaml", 200, demo, file -> SpecReader.read(file)),
        new Kind("pairs.jsonl", 80, text(PAIRS), file -> PairFile.read(file, 100)),
        new Kind("corpus.jsonl", 50, text(CORPUS), HostileFilesTest::corpus),
        new Kind(
            "corpus.csv",
            50,
            text("id,text\n1,\"a, b\"\n2,\"c\"\"d\ne\"\n3,f\n"),
            HostileFilesTest::corpus),
        new Kind(
            "corpus.txt.gz",
            40,
            zipped(text("Some text.\nAnother one.\n\nA third.\n")),
            HostileFilesTest::corpus),
        new Kind("known.json", 60, text(KNOWN), file -> DescriptionFile.read(file)),
        new Kind("known.jsonl", 60, text(KNOWN_LINES), file -> DescriptionFile.read(file)),
        new Kind(
            "known.csv",
            50,
            text("layer,index,description\n1,2,names\n0,5,\"the, a\"\n"),
            file -> DescriptionFile.read(file)),
        new Kind("known.json.gz", 40, zipped(text(KNOWN)), file -> DescriptionFile.read(file)),
        new Kind("prices.json", 60, text(PRICES), file -> PriceTable.load(Optional.of(file))),
        new Kind(
            "config.json",
            90,
            Files.readAllBytes(MODEL.resolve("config.json")),
            HostileFilesTest::model),
        config("gemma2/capped"),
        config("qwen2/windows"),
        config("qwen3/tied"),
        config("gemma3/pattern"),
        new Kind(
            "config.yaml",
            90,
            Files.readAllBytes(CLT.resolve("config.yaml")),
            file -> TranscoderConfig.read(parent(file))),
        new Kind("W.safetensors", 110, tensors(), HostileFilesTest::tensors),
        new Kind(
            "params.npz",
            110,
            NpzWriter.npz(Map.of("W_enc", RawTensor.ofFloats(new float[6], 2, 3)), false),
            HostileFilesTest::tensors),
        new Kind(
            "packed.npz",
            110,
            NpzWriter.npz(Map.of("W_enc", RawTensor.ofFloats(new float[600], 20, 30)), true),
            HostileFilesTest::tensors),
        new Kind("config.yaml", 90, text(LIST), file -> TranscoderConfig.read(parent(file))),
        new Kind("config.json", 60, text(GEMMA_SCOPE_2), HostileFilesTest::gemmaScope2),
        new Kind("layer_0.safetensors", 110, layer(), HostileFilesTest::perLayer),
        new Kind("cfg.json", 60, text(SAE_LENS), file -> layer(file, "sae_weights.safetensors")),
        new Kind("cfg.json", 60, text(SPARSIFY), file -> layer(file, "sae.safetensors")),
        new Kind("model.safetensors.index.json", 40, text(SHARDS), HostileFilesTest::shards),
        new Kind(
            "index.json.gz",
            40,
            zipped(
                text(
                    "{\"0\": {\"filename\": \"layer_0.bin\", \"offsets\": [0, 9, 20]}, \"1\":"
                        + " {\"offsets\": [0]}}")),
            HostileFilesTest::published),
        new Kind(
            "tokenizer.json",
            120,
            Files.readAllBytes(MODEL.resolve("tokenizer.json")),
            HostileFilesTest::tokenizer),
        new Kind(
            "tokenizer_config.json",
            40,
            Files.readAllBytes(MODEL.resolve("tokenizer_config.json")),
            HostileFilesTest::settings));
  }

  /** The config of a family's reference checkpoint, with headers that fit it. */
  private static Kind config(String checkpoint) throws IOException {
    Path folder = Fixtures.checkpoint(checkpoint).toAbsolutePath();
    return new Kind(
        "config.json",
        60,
        Files.readAllBytes(folder.resolve("config.json")),
        file -> {
          link(parent(file).resolve("model.safetensors"), folder.resolve("model.safetensors"));
          Models.checkpoint(parent(file)).check();
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsOrRefusesEachInAClearSentence(Kind kind) throws IOException {
    List<String> faults = new ArrayList<>();
    for (int seed = 0; seed < kind.files(); seed++) {
      byte[] content = new Mutations(seed * 31L + kind.name().hashCode()).of(kind.good());
      Path file = Files.write(folder.resolve(kind.name()), content);
      String number = "seed %d ".formatted(seed);
      Verdict.of(() -> kind.reader().accept(file), kind.name())
          .ifPresent(fault -> faults.add(number + fault));
    }
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesTheFileThatWasNotChanged(Kind kind) throws IOException {
    Path file = Files.write(folder.resolve(kind.name()), kind.good());
    kind.reader().accept(file);
  }

  private static Path parent(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }

  private static void corpus(Path file) {
    try (Tokenizer tokenizer = Tokenizer.load(MODEL)) {
      CorpusWindows.read(file, tokenizer, 10, 16);
    }
  }

  private static void model(Path config) {
    link(parent(config).resolve("model.safetensors"), MODEL.resolve("model.safetensors"));
    SubjectShape.read(parent(config), CLT);
  }

  private static void settings(Path settings) {
    link(parent(settings).resolve("tokenizer.json"), MODEL.resolve("tokenizer.json"));
    Tokenizer.load(parent(settings)).close();
  }

  /** The engine's own reader is not ours: what it cannot take must not reach it. */
  private static void tokenizer(Path file) {
    try (Tokenizer tokenizer = Tokenizer.load(parent(file))) {
      int[] ids = tokenizer.encode("Then, Ann and Bob\n    def f(self, x):\uD83D\uDE00");
      for (int id : ids) {
        tokenizer.token(id);
      }
    }
  }

  private static void link(Path link, Path target) {
    try {
      if (Files.notExists(link)) {
        Files.createSymbolicLink(link, target);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void tensors(Path file) {
    try (SafeTensors tensors = SafeTensors.open(file)) {
      for (String name : tensors.names()) {
        if (tensors.info(name).dtype().isFloat()) {
          tensors.readFloats(name);
        }
      }
    }
  }

  private static void shards(Path index) {
    link(parent(index).resolve("a.safetensors"), CLT.resolve("W_enc_0.safetensors"));
    SafeTensors.openFolder(parent(index)).close();
  }

  private static void published(Path index) {
    PublishedFeatures features =
        new PublishedFeatures(parent(index), List.of(), new Quotas(10, 5, 5), 0, t -> false);
    features.find(new FeatureId(1, 0));
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] tensors() {
    byte[] header = text(HEADER);
    return ByteBuffer.allocate(8 + header.length + 28)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private static final String HEADER =
      "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
          + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[24,28]}}";
  private static final String SHARDS =
      "{\"metadata\": {\"total_size\": 9}, \"weight_map\": {\"W_enc_0\": \"a.safetensors\","
          + " \"b_enc_0\": \"a.safetensors\"}}";
  private static final String PAIRS =
      "{\"text_clean\": \"a b\", \"text_corr\": \"a c\", \"io_clean\": \" d\", \"s_clean\": \""
          + " e\"}\n"
          + "{\"clean\": \"a\", \"corrupt\": \"b\", \"answers\": [\" c\"], \"wrong_answers\": [\""
          + " d\"]}\n";
  private static final String CORPUS =
      IntStream.range(0, 6)
          .mapToObj("{\"text\": \"Ann met Bob, number %d.\"}\n"::formatted)
          .reduce("", String::concat);
  private static final String KNOWN =
      "{\"8\": {\"description\": \"names\", \"layer\": 1, \"feature\": 2}, \"20\":"
          + " {\"description\": \"the\", \"more\": [1, {}]}}";
  private static final String KNOWN_LINES =
      """
      {"layer": 1, "index": 2, "description": "names"}
      {"cantor_id": "20", "description": "the"}
      """;
  private static final String PRICES =
      "{\"version\": \"1\", \"date\": \"2026-11-01\", \"models\": {\"openai\": {\"x\": {\"input\":"
          + " 1.5, \"output\": 2}}}}";
}
