package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SealedPayloadsTest {
  private static final String OLD = "2025:" + key(1);
  private static final String NEW = "2026:" + key(2);
  private static final String WORD = "planted word";

  @TempDir Path folder;

  @Test
  void opensWhatItSealedAndShowsNothingOfIt() {
    Payload sealed = sealed(OLD);
    assertThat(sealed.toString()).doesNotContain("planted").doesNotContain("json");
    assertThat(sealed.getMetadataOrThrow("piecrust-key").toStringUtf8()).isEqualTo("2025");
    assertThat(opened(OLD, sealed)).isEqualTo(WORD);
    assertThat(sealed(OLD)).as("another nonce each time").isNotEqualTo(sealed);
  }

  @Test
  void opensWithTheOldKeyUntilThatIsTakenAway() {
    Payload sealed = sealed(OLD);
    assertThat(opened(NEW + "," + OLD, sealed)).isEqualTo(WORD);
    assertThat(sealed(NEW + "," + OLD).getMetadataOrThrow("piecrust-key").toStringUtf8())
        .isEqualTo("2026");
    assertThatThrownBy(() -> opened(NEW, sealed))
        .hasMessage(
            "a payload in Temporal is sealed with key '2025', which is not among this process's"
                + " payload keys [2026]; PIECRUST_PAYLOAD_KEYS must name it");
  }

  @Test
  void refusesEveryChangedByteAndAnotherKeyOfTheSameName() {
    Payload sealed = sealed(OLD);
    byte[] data = sealed.getData().toByteArray();
    for (int i = 0; i < data.length; i++) {
      byte[] changed = data.clone();
      changed[i] = (byte) (changed[i] ^ 1);
      assertDamaged(OLD, sealed.toBuilder().setData(ByteString.copyFrom(changed)).build());
    }
    assertDamaged(OLD, sealed.toBuilder().setData(ByteString.copyFrom(data, 0, 5)).build());
    assertDamaged("2025:" + key(3), sealed);
    Payload renamed =
        sealed.toBuilder().putMetadata("piecrust-key", ByteString.copyFromUtf8("2024")).build();
    assertDamaged("2024:" + key(1), renamed);
  }

  @Test
  void readsWhatWasWrittenBeforeThereWereKeys() {
    Payload open = DefaultDataConverter.newDefaultInstance().toPayload(WORD).orElseThrow();
    assertThat(opened(OLD, open)).isEqualTo(WORD);
  }

  @Test
  void readsKeysFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), NEW + "\n\n" + OLD + "\n");
    PayloadKeys keys =
        PayloadKeys.of(Map.of("PIECRUST_PAYLOAD_KEYS_FILE", file.toString())).orElseThrow();
    assertThat(keys.toString()).isEqualTo("payload keys [2026, 2025]").doesNotContain(key(1));
    assertThat(keys.sealing()).isEqualTo("2026");
    assertThat(PayloadKeys.of(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AAAA| PIECRUST_PAYLOAD_KEYS: key 1 has no id",
        "a b:AAAA| PIECRUST_PAYLOAD_KEYS: key 1 has no id",
        "a:AAAA| PIECRUST_PAYLOAD_KEYS: key 'a' is of another form, expected 32 bytes in Base64",
        "a:?| PIECRUST_PAYLOAD_KEYS: key 'a' is of another form, expected 32 bytes in Base64",
        "','| PIECRUST_PAYLOAD_KEYS has no key, expected ID:KEY"
      })
  void saysWhatIsWrongWithKeysWithoutShowingThem(String keys, String sentence) {
    assertThatThrownBy(() -> keys(keys)).hasMessageStartingWith(sentence);
  }

  @Test
  void refusesAmbiguousKeys() {
    assertThatThrownBy(() -> keys(OLD + "," + OLD)).hasMessageContaining("'2025' is there twice");
    assertThatThrownBy(
            () ->
                PayloadKeys.of(
                    Map.of("PIECRUST_PAYLOAD_KEYS", OLD, "PIECRUST_PAYLOAD_KEYS_FILE", "x")))
        .hasMessageContaining("are both set");
  }

  private static void assertDamaged(String keys, Payload payload) {
    assertThatThrownBy(() -> opened(keys, payload)).hasMessageContaining("is damaged");
  }

  private static Payload sealed(String keys) {
    return converter(keys).toPayload(WORD).orElseThrow();
  }

  private static String opened(String keys, Payload payload) {
    return converter(keys).fromPayload(payload, String.class, String.class);
  }

  private static DataConverter converter(String keys) {
    return SealedPayloads.converter(keys(keys));
  }

  private static PayloadKeys keys(String keys) {
    return PayloadKeys.of(Map.of("PIECRUST_PAYLOAD_KEYS", keys)).orElseThrow();
  }

  private static String key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }
}
