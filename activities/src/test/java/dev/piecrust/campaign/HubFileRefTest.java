package dev.piecrust.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HubFileRefTest {
  @Test
  void readsWhatCircuitTracersListsHold() {
    HubFileRef file =
        HubFileRef.parse("hf://google/scope/layer_0/width_16k/params.npz?revision=v1.0");
    assertThat(file.ref()).isEqualTo(HubRef.parse("hf://google/scope@v1.0"));
    assertThat(file.path()).isEqualTo("layer_0/width_16k/params.npz");
    assertThat(file.local()).isEqualTo("hub/google/scope/v1.0/layer_0/width_16k/params.npz");
    assertThat(HubFileRef.parse("hf://a/b/c.safetensors").local())
        .isEqualTo("hub/a/b/main/c.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf://a/b",
        "hf://a/b/",
        "a/b/c",
        "hf://a/b/../c",
        "hf://a/b/c?revision=",
        "hf://a/b/c?revision=../d",
        "hf://a/b/c?token=1",
        "hf://a/b/c@v1",
        "hf://../b/c"
      })
  void refusesWhatIsNoFile(String text) {
    assertThatThrownBy(() -> HubFileRef.parse(text))
        .hasMessageContaining("expected")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }
}
