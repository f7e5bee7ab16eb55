package dev.piecrust.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Stratum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed feature files; see {@code make_published.py}. */
class PublishedFeaturesTest {
  private static final Path FIXTURE = Path.of("src", "test", "resources", "published");

  @TempDir Path folder;

  private static PublishedFeatures open(Path folder) {
    return new PublishedFeatures(
        folder, List.of(new FeatureId(3, 17)), new Quotas(2, 3, 4), 0, "<bos>"::equals);
  }

  private static Evidence evidence() {
    PublishedFeatures.Found found = open(FIXTURE).find(new FeatureId(0, 0));
    return ((PublishedFeatures.Found.There) found).evidence();
  }

  private static List<Double> activations(Stratum stratum) {
    return evidence().of(stratum).stream().map(Example::activation).toList();
  }

  @Test
  void countsTheDistinctExamplesAndLeavesOutSpecialTokens() {
    Evidence evidence = evidence();
    assertThat(evidence.windows()).isEqualTo(13);
    assertThat(evidence.active())
        .containsExactly(20f, 19f, 18f, 10f, 9f, 8f, 7f, 6f, 5f, 4f, 3f, 2f, 1f);
    Example second = evidence.of(Stratum.TOP).get(1);
    assertThat(second.text()).isEqualTo("The bird says 19");
    assertThat(second.activations()).containsExactly(0f, 9.5f, 19f);
  }

  @Test
  void theTopStaysAtTheTopAndTheOthersAreRankedAmongThemselves() {
    assertThat(activations(Stratum.TOP)).containsExactly(20.0, 19.0);
    // Of the 10 others the percentiles 95, 75 and 50 are ranks 1 (half up), 3 and 5.
    assertThat(activations(Stratum.HIGHEST)).containsExactly(10.0);
    assertThat(activations(Stratum.HIGH)).containsExactlyInAnyOrder(9.0, 8.0);
    assertThat(activations(Stratum.MIDDLE)).containsExactlyInAnyOrder(7.0, 6.0);
    assertThat(activations(Stratum.LOW)).hasSize(4).isSubsetOf(5.0, 4.0, 3.0, 2.0, 1.0);
  }

  @Test
  void aFeatureThatIsNotThereIsMissingWithAReason() {
    PublishedFeatures published = open(FIXTURE.resolve("features"));
    PublishedFeatures.Found none =
        new PublishedFeatures.Found.Missing("the published features do not hold it");
    assertThat(published.find(new FeatureId(0, 1))).isEqualTo(none);
    assertThat(published.find(new FeatureId(0, 3))).isEqualTo(none);
    assertThat(published.find(new FeatureId(1, 0))).isEqualTo(none);
    assertThat(published.find(new FeatureId(0, 2)))
        .isEqualTo(
            new PublishedFeatures.Found.Missing("the published features hold no examples of it"));
  }

  /** Of an export of SAEDashboard's windows, as its published converter writes them. */
  @Test
  void readsTheActivationsOfANeuronpediaExport() throws IOException {
    Path batches = Files.createDirectories(folder.resolve("3-clt-hp").resolve("activations"));
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 5; i++) {
      lines.append(line("17", i, i > 2 ? -1 : 1.5));
      lines.append(line("18", i, -1));
    }
    try (var out =
        new GZIPOutputStream(Files.newOutputStream(batches.resolve("batch-0.jsonl.gz")))) {
      out.write(lines.toString().getBytes(UTF_8));
    }
    PublishedFeatures published = open(folder);
    Evidence evidence =
        ((PublishedFeatures.Found.There) published.find(new FeatureId(3, 17))).evidence();
    assertThat(evidence.active()).containsExactly(5f, 4f, 3f, 2f, 1f);
    assertThat(evidence.of(Stratum.TOP)).hasSize(2);
    assertThat(evidence.of(Stratum.TOP).get(0).text()).isEqualTo(" the cat 5");
    assertThat(evidence.of(Stratum.TOP).get(0).activations()).containsExactly(0f, 2.5f, 5f);
    // Not asked for.
    assertThat(published.find(new FeatureId(3, 18)))
        .isInstanceOf(PublishedFeatures.Found.Missing.class);

    Files.writeString(batches.resolve("batch-1.jsonl"), "{\"layer\": \"3-clt-hp\"}\n");
    assertThatThrownBy(() -> open(folder))
        .hasMessageContaining("batch-1.jsonl line 1: names no feature, expected");
  }

  private static String line(String index, int value, double binMax) {
    return """
    {"layer": "3-clt-hp", "index": "%s", "tokens": ["<bos>", " the", " cat", " %d"], \
    "values": [9, 0, %s, %d], "maxValue": %d, "binMin": -1, "binMax": %s}
    """
        .formatted(index, value, value / 2.0, value, value, binMax);
  }

  @Test
  void saysWhichFileIsMissingOrDamaged() throws IOException {
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            "published features %s: has no index.json.gz, expected one in it or in its folder"
                + " features, or a Neuronpedia export's folder activations",
            folder);
    Path features = Files.createDirectories(folder.resolve("features"));
    Path index = features.resolve("index.json.gz");
    Files.writeString(index, "{}");
    assertThatThrownBy(() -> open(folder)).hasMessageStartingWith(index + ": is not gzip'd");
    Files.delete(index);
    Files.copy(FIXTURE.resolve("features").resolve("index.json.gz"), index);
    Path layer = features.resolve("layer_0.bin");
    assertThatThrownBy(() -> open(folder).find(new FeatureId(0, 0)))
        .hasMessage(
            layer + ": there is no such file, expected the published features of its layer");
    byte[] bytes = Files.readAllBytes(FIXTURE.resolve("features").resolve("layer_0.bin"));
    bytes[4] = 0;
    Files.write(layer, bytes);
    assertThatThrownBy(() -> open(folder).find(new FeatureId(0, 0)))
        .hasMessageStartingWith(layer + ": bytes 0 to ")
        .hasMessageEndingWith("are damaged, expected the gzip'd JSON of feature 0 of layer 0");
  }
}
