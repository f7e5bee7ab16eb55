package dev.piecrust.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubSettingsTest {
  @TempDir Path home;

  @Test
  void hasTheDefaultsOfTheHubsOtherTools() {
    assertThat(HubSettings.of(Map.of(), home))
        .isEqualTo(
            new HubSettings(
                URI.create("https://huggingface.co"),
                Optional.empty(),
                false,
                home.resolve(".cache/huggingface/hub")));
  }

  @Test
  void takesTheirVariables() {
    assertThat(
            HubSettings.of(
                Map.of(
                    "HF_ENDPOINT", "https://mirror.lab/",
                    "HF_TOKEN", "secret",
                    "HF_HUB_OFFLINE", "1",
                    "HF_HUB_CACHE", "/data/hub"),
                home))
        .isEqualTo(
            new HubSettings(
                URI.create("https://mirror.lab"),
                Optional.of("secret"),
                true,
                Path.of("/data/hub")));
    assertThat(HubSettings.of(Map.of("HF_HOME", "/data"), home).cache())
        .isEqualTo(Path.of("/data/hub"));
    assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/data"), home).cache())
        .isEqualTo(Path.of("/data/huggingface/hub"));
  }

  @Test
  void takesTheTokenThatALoginHasLeft() throws IOException {
    Files.writeString(home.resolve("token"), "saved\n");
    assertThat(HubSettings.of(Map.of("HF_HOME", home.toString()), home).token()).contains("saved");
  }

  @Test
  void tellsNobodyTheToken() {
    assertThat(HubSettings.of(Map.of("HF_TOKEN", "secret"), home).toString())
        .doesNotContain("secret");
  }

  @Test
  void refusesAnAddressThatIsNone() {
    assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "mirror.lab"), home))
        .hasMessage("HF_ENDPOINT is 'mirror.lab', expected https://HOST");
  }

  @Test
  void refusesToSendATokenOverAnOpenNetwork() {
    assertThatThrownBy(
            () ->
                HubSettings.of(
                    Map.of("HF_ENDPOINT", "http://mirror.lab", "HF_TOKEN", "secret"), home))
        .hasMessageStartingWith("HF_ENDPOINT is 'http://mirror.lab', and a token goes over");
    assertThat(HubSettings.of(Map.of("HF_ENDPOINT", "http://mirror.lab"), home).token()).isEmpty();
  }
}
