package dev.piecrust.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.hub.StandInHub.Asked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeaderFolderTest {
  private static final int LONG_HEADER = 20_000;
  private static final int WEIGHTS = 300_000;

  @TempDir Path folder;
  private final StandInHub server = new StandInHub();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void hasHeadersInFrontOfHolesAndAsksForThemOnce() throws IOException {
    byte[] encoder = safetensors(100);
    byte[] large = safetensors(LONG_HEADER);
    byte[] config = "model_kind: any".getBytes(UTF_8);
    server.push(
        "org/clt",
        Map.of(
            "config.yaml", config,
            "W_enc_0.safetensors", encoder,
            "W_enc_1.safetensors", large,
            "W_dec_0.safetensors", safetensors(100)));
    Hub hub = new Hub(server.settings(folder.resolve("cache")));
    Path path;
    try (HeaderFolder headers = hub.headers(HubRef.parse("hf://org/clt"), HubPart.TRANSCODER)) {
      path = headers.path();
      assertThat(path.resolve("config.yaml")).hasBinaryContent(config);
      assertThat(Files.readAllBytes(path.resolve("W_enc_0.safetensors")))
          .startsWith(Arrays.copyOf(encoder, 108))
          .hasSize(encoder.length);
      assertThat(Files.readAllBytes(path.resolve("W_enc_1.safetensors")))
          .startsWith(Arrays.copyOf(large, LONG_HEADER + 8))
          .hasSize(large.length);
      assertThat(path.resolve("W_dec_0.safetensors")).doesNotExist();
    }
    assertThat(path).doesNotExist();
    HubRef again = HubRef.parse("hf://org/clt");
    hub.headers(again, HubPart.TRANSCODER).close();
    assertThat(server.contents())
        .extracting(Asked::range)
        .containsExactly("bytes=0-16383", "bytes=0-16383", "bytes=0-20007");
  }

  @Test
  void isTheFolderItselfWhereEverythingIsThere() {
    server.push(
        "org/clt",
        Map.of("config.yaml", "a: b".getBytes(UTF_8), "layer_0.safetensors", new byte[9]));
    Hub hub = new Hub(server.settings(folder.resolve("cache")));
    HubRef clt = HubRef.parse("hf://org/clt");
    Path whole = hub.folder(clt, HubPart.TRANSCODER, HubProgress.UNWATCHED);
    try (HeaderFolder headers = hub.headers(clt, HubPart.TRANSCODER)) {
      assertThat(headers.path()).isEqualTo(whole);
    }
    assertThat(whole.resolve("layer_0.safetensors")).exists();
  }

  /** A length, so much of a header, and weights. */
  private static byte[] safetensors(int header) {
    ByteBuffer file =
        ByteBuffer.wrap(HubFixture.random(WEIGHTS, header)).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(0, header).array();
  }
}
