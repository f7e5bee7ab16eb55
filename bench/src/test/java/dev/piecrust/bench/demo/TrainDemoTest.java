package dev.piecrust.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "corpus.jsonl.gz");
    assertThat(files(folder.resolve("two"))).isEqualTo(files);
    for (Path file : files) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
    assertThat(lines).anyMatch(line -> line.matches("model  4/4 steps  loss .* steps/s  .* left"));
    assertThat(folder.resolve("one/model/README.md")).content().doesNotContain("{", "}");
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
        out,
        seed,
        new ModelRecipe(2, 16, 32, 2, 1, 4, 2, 4, 1e-3),
        new CltRecipe(16, 4, 2, 3, 1e-3),
        8);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
