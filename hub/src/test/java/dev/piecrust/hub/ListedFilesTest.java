package dev.piecrust.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.hub.StandInHub.Asked;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of transcoders whose config lists files of other repositories. */
final class ListedFilesTest {
  private static final int SIZE = 30_000;

  @TempDir Path folder;
  private final StandInHub server = new StandInHub();

  @AfterEach
  void stop() {
    server.close();
  }

  private Hub hub() {
    return new Hub(server.settings(folder.resolve("cache")));
  }

  private Path fetched(String ref) {
    return hub().folder(HubRef.parse(ref), HubPart.TRANSCODER, HubProgress.UNWATCHED);
  }

  private static byte[] list(String... names) {
    String lines = String.join("", Stream.of(names).map(name -> "- " + name + "\n").toList());
    return ("model_kind: transcoder_set\ntranscoders:\n" + lines).getBytes(UTF_8);
  }

  @Test
  void comeFromTheirRepositoriesAndAtTheirRevisions() throws IOException {
    byte[] old = HubFixture.random(SIZE, 1);
    String commit = server.push("org/scope", Map.of("layer_0/a.safetensors", old));
    byte[] now = HubFixture.random(SIZE, 2);
    server.push(
        "org/scope",
        Map.of("layer_0/a.safetensors", now, "layer_1/a.safetensors", HubFixture.random(SIZE, 3)));
    server.push(
        "org/set",
        Map.of(
            "sets/small/config.yaml",
            list(
                "hf://org/scope/layer_0/a.safetensors",
                "hf://org/scope/layer_0/a.safetensors?revision=" + commit,
                "own.safetensors"),
            "sets/small/own.safetensors",
            HubFixture.random(SIZE, 4),
            "sets/large/own.safetensors",
            HubFixture.random(SIZE, 5)));

    Path there = fetched("hf://org/set//sets/small");

    assertThat(there.resolve("hub/org/scope/main/layer_0/a.safetensors")).hasBinaryContent(now);
    assertThat(there.resolve("hub/org/scope/%s/layer_0/a.safetensors".formatted(commit)))
        .hasBinaryContent(old);
    assertThat(there.resolve("own.safetensors")).exists();
    assertThat(there.resolveSibling("large")).doesNotExist();
    assertThat(server.contents()).hasSize(3); // large ones, each once
    try (Stream<Path> blobs = Files.list(folder.resolve("cache/models--org--scope/blobs"))) {
      assertThat(blobs).hasSize(2);
    }
  }

  @Test
  void areDownloadedOnceForAllSetsThatListThem() {
    server.push("org/scope", Map.of("a.safetensors", HubFixture.random(SIZE, 1)));
    server.push("org/one", Map.of("config.yaml", list("hf://org/scope/a.safetensors")));
    server.push(
        "org/other",
        Map.of(
            "config.yaml", list("hf://org/scope/a.safetensors", "hf://org/scope/a.safetensors")));
    fetched("hf://org/one");
    int before = server.contents().size();
    assertThat(fetched("hf://org/other").resolve("hub/org/scope/main/a.safetensors")).exists();
    assertThat(server.contents()).hasSize(before);
  }

  @Test
  void moveWithTheirBranch() {
    server.push("org/scope", Map.of("a.safetensors", HubFixture.random(SIZE, 1)));
    server.push("org/set", Map.of("config.yaml", list("hf://org/scope/a.safetensors")));
    fetched("hf://org/set");
    byte[] newer = HubFixture.random(SIZE, 2);
    server.push("org/scope", Map.of("a.safetensors", newer));
    assertThat(fetched("hf://org/set").resolve("hub/org/scope/main/a.safetensors"))
        .hasBinaryContent(newer);
  }

  @Test
  void areNamedWhereTheyAreNotThereOrGated() {
    server.push("org/scope", Map.of("a.safetensors", HubFixture.random(SIZE, 1)));
    server.push("org/set", Map.of("config.yaml", list("hf://org/scope/b.safetensors")));
    assertThatThrownBy(() -> fetched("hf://org/set"))
        .hasMessageMatching("hf://org/scope@.* has no file b.safetensors, expected it .*");
    server.push("org/gated", Map.of("a.safetensors", HubFixture.random(SIZE, 1)));
    server.repository("org/gated").letIn("secret", 403, "GatedRepo");
    server.push("org/set", Map.of("config.yaml", list("hf://org/gated/a.safetensors")));
    assertThatThrownBy(() -> fetched("hf://org/set"))
        .hasMessageContaining("hf://org/gated is gated, expected its terms");
  }

  @Test
  void tellTheirShapesByTheirHeaders() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(HubFixture.random(300_000, 1)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] weights = file.putLong(0, 100).array();
    server.push("org/scope", Map.of("deep/a.safetensors", weights));
    server.push("org/set", Map.of("sets/config.yaml", list("hf://org/scope/deep/a.safetensors")));
    try (HeaderFolder headers =
        hub().headers(HubRef.parse("hf://org/set//sets"), HubPart.TRANSCODER)) {
      assertThat(headers.path().resolve("config.yaml")).exists();
      Path hole = headers.path().resolve("hub/org/scope/main/deep/a.safetensors");
      assertThat(Files.size(hole)).isEqualTo(weights.length);
      assertThat(Files.readAllBytes(hole)).startsWith(weights[0], weights[1]);
    }
    assertThat(server.contents()).extracting(Asked::range).containsExactly("bytes=0-16383");
  }

  @Test
  void thatAreArraysTellTheirShapesByTheirDirectoryAndTheirHeaders() throws IOException {
    byte[] arrays = zip(ZipEntry.STORED);
    server.push("org/scope", Map.of("params.npz", arrays));
    server.push("org/set", Map.of("config.yaml", list("hf://org/scope/params.npz")));
    HubRef set = HubRef.parse("hf://org/set");
    try (HeaderFolder headers = hub().headers(set, HubPart.TRANSCODER)) {
      byte[] copy = Files.readAllBytes(headers.path().resolve("hub/org/scope/main/params.npz"));
      assertThat(copy).hasSize(arrays.length);
      assertThat(Arrays.copyOf(copy, 512)).isEqualTo(Arrays.copyOf(arrays, 512));
      assertThat(Arrays.copyOfRange(copy, SIZE, SIZE + 1000)).containsOnly(0);
      assertThat(new ZipInputStream(new ByteArrayInputStream(copy)).getNextEntry().getName())
          .isEqualTo("W_enc.npy");
    }
    assertThat(server.contents()).hasSize(3).noneMatch(asked -> asked.range().isEmpty());
    server.push("org/scope", Map.of("params.npz", zip(ZipEntry.DEFLATED)));
    hub().headers(set, HubPart.TRANSCODER).close();
    assertThat(server.contents()).filteredOn(asked -> asked.range().isEmpty()).hasSize(1);
  }

  private static byte[] zip(int method) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new String[] {"W_enc.npy", "W_dec.npy"}) {
        byte[] content = HubFixture.random(2 * SIZE, name.hashCode());
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void ofGemmaScopeAreTheLayersOfOneSet() {
    byte[] config = "{}".getBytes(UTF_8);
    byte[] weights = HubFixture.random(SIZE, 1);
    server.push(
        "org/scope",
        Map.of(
            "all/layer_0_width_16k_l0_small/config.json",
            config,
            "all/layer_0_width_16k_l0_small/params.safetensors",
            weights,
            "all/layer_0_width_16k_l0_small_affine/params.safetensors",
            HubFixture.random(SIZE, 2),
            "all/layer_1_width_16k_l0_small/params.safetensors",
            HubFixture.random(SIZE, 3),
            "clt/width_262k/config.json",
            config,
            "clt/width_262k/params_layer_0.safetensors",
            HubFixture.random(SIZE, 4)));
    Path set = fetched("hf://org/scope//all/width_16k_l0_small");
    assertThat(set.resolveSibling("layer_0_width_16k_l0_small/params.safetensors"))
        .hasBinaryContent(weights);
    assertThat(set.resolveSibling("layer_1_width_16k_l0_small/params.safetensors")).exists();
    assertThat(set.resolveSibling("layer_0_width_16k_l0_small_affine")).doesNotExist();
    assertThat(fetched("hf://org/scope//clt/width_262k").resolve("params_layer_0.safetensors"))
        .exists();
    assertThatThrownBy(() -> fetched("hf://org/scope//all/width_1m"))
        .hasMessageContaining("has nothing to download, expected config.yaml");
    HubRef folderOfIt = hub().pin(HubRef.parse("hf://org/scope//clt"));
    assertThat(HubPart.of(hub().listing(folderOfIt))).isEqualTo(HubPart.TRANSCODER);
  }
}
