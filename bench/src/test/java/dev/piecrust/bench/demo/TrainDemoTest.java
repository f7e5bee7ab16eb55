package dev.piecrust.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.TrainSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainDemoTest {
  @Test
  void theSameSeedGivesTheSameBytes(@TempDir Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    TrainDemo.train(tiny(folder.resolve("one"), 5), lines::add);
    TrainDemo.train(tiny(folder.resolve("two"), 5), line -> {});

    List<Path> files = files(folder.resolve("one"));
    assertThat(files.stream().map(Path::toString))
        .contains(
            "model/config.json",
            "model/tokenizer.json",
            "model/tokenizer_config.json",
            "model/model.safetensors",
            "model/README.md",
            "clt/config.yaml",
            "clt/W_enc_1.safetensors",
            "clt/W_dec_1.safetensors",
            "clt/README.md",
            "clt/training.json",
            "corpus.jsonl.gz");
    assertThat(files(folder.resolve("two"))).isEqualTo(files);
    for (Path file : files) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
    assertThat(lines).anyMatch(line -> line.matches("model  4/4 steps  loss .* steps/s  .* left"));
    assertThat(lines).anyMatch(line -> line.matches("transcoder  3/3 steps  unexplained .* left"));
    assertThat(folder.resolve("one/model/README.md")).content().doesNotContain("{", "}");
    assertThat(folder.resolve("one/clt/training.json")).content().doesNotContain(folder.toString());
  }

  @Test
  void anotherSeedGivesAnotherModel(@TempDir Path folder) throws IOException {
    TrainDemo.train(tiny(folder.resolve("one"), 5), line -> {});
    TrainDemo.train(tiny(folder.resolve("two"), 6), line -> {});

    assertThat(
            Files.mismatch(
                folder.resolve("one/model/model.safetensors"),
                folder.resolve("two/model/model.safetensors")))
        .isNotNegative();
  }

  @Test
  void refusesAFolderThatHoldsSomething(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");

    assertThatThrownBy(() -> TrainDemo.train(tiny(folder, 5), line -> {}))
        .hasMessage("%s is already there, expected a new or an empty folder", folder);
    assertThat(folder.resolve("mine.txt")).hasContent("mine");
  }

  @Test
  void leavesNothingBehindWhenItFails(@TempDir Path folder) throws IOException {
    assertThatThrownBy(
            () ->
                TrainDemo.train(
                    tiny(folder.resolve("out"), 5),
                    line -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static TrainDemoOptions tiny(Path out, long seed) {
    return new TrainDemoOptions(
        out, seed, new ModelRecipe(2, 16, 32, 2, 1, 4, 2, 4, 1e-3), transcoder(seed));
  }

  private static TrainSpec transcoder(long seed) {
    return new TrainSpec(
        "corpus.jsonl.gz",
        TrainSpec.Kind.CROSS_LAYER,
        TrainSpec.Activation.BATCHTOPK,
        TrainSpec.Penalty.TANH,
        false,
        TrainSpec.Hook.RESID_MID,
        Optional.of(16),
        4,
        3,
        94,
        48,
        8,
        1e-3,
        0.1,
        seed,
        2,
        0.25);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
