package dev.piecrust.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsRefusalTest {
  @TempDir Path folder;

  /** One tensor of 2 floats is what 8 bytes of data hold; each line breaks one thing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}                 | not valid JSON
          [1]                                                                   | not a JSON object
          {"w":7}                                                               | tensor 'w' is 7; expected an object
          {"w":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}                | tensor 'w' has dtype 'F33'; expected one of
          {"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}                | tensor 'w' holds 8 bytes; expected 12 for F32 of shape [3]
          {"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}               | tensor 'w' has shape [-2]; expected
          {"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}              | tensor 'w' has shape [1.5]; expected
          {"w":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}                | tensor 'w' has shape "2"; expected
          {"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}} | expected one whose bytes can be counted
          {"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                | tensor 'w' has data_offsets [8, 0]; expected
          {"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}                  | tensor 'w' has data_offsets [0]; expected
          {"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}               | tensor 'w' ends at byte 12 of the data, but the file holds only 8
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                | tensor 'w' starts at byte 4 of the data, leaving a gap
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                | 4 bytes follow the last tensor
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | tensor 'b' starts at byte 4 of the data, inside the tensor before it
          {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | the header has a key twice in one object
          {"__metadata__":{"a":1},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | __metadata__ 'a' is 1; expected a string
          """)
  void namesTheFileTheTensorAndWhatWasExpected(String header, String sentence) throws IOException {
    Path file = write(header, new byte[8]);
    assertThatThrownBy(() -> SafeTensors.open(file).close())
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(sentence)
        .extracting(e -> ((PieCrustException) e).category())
        .isEqualTo(FailureCategory.USER);
  }

  @Test
  void refusesAFileTooShortForItsLength() throws IOException {
    Path file = Files.write(folder.resolve("short.safetensors"), new byte[5]);
    assertThatThrownBy(() -> SafeTensors.open(file).close())
        .hasMessageContaining("is 5 bytes long; expected a safetensors file");
  }

  @Test
  void refusesAHeaderLengthThatTheFileCannotHold() throws IOException {
    byte[] bytes = new byte[16];
    bytes[7] = (byte) 0xff;
    Path file = Files.write(folder.resolve("long.safetensors"), bytes);
    assertThatThrownBy(() -> SafeTensors.open(file).close())
        .hasMessageContaining("the header's length reads 18374686479671623680 in a file of 16");
  }

  @Test
  void refusesAMissingFileAndAFolderWithoutACheckpoint() {
    assertThatThrownBy(() -> SafeTensors.open(folder.resolve("none.safetensors")).close())
        .hasMessageContaining(
            "none.safetensors: there is no such file, expected a safetensors file");
    assertThatThrownBy(() -> SafeTensors.openFolder(folder).close())
        .hasMessageContaining("expected model.safetensors or model.safetensors.index.json");
  }

  @Test
  void refusesATensorOfAnotherType() throws IOException {
    Path file =
        write("{\"w\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);
    try (SafeTensors tensors = SafeTensors.open(file)) {
      assertThatThrownBy(() -> tensors.readFloats("w"))
          .hasMessageContaining("tensor 'w' is I64; expected F32, F16, BF16 or F64");
      assertThatThrownBy(() -> tensors.readInts("w"))
          .hasMessageContaining("tensor 'w' is I64; expected I32");
      assertThatThrownBy(() -> tensors.info("v")).hasMessageContaining("has no tensor 'v'");
    }
  }

  @Test
  void readsAShardedCheckpointAndRefusesAWrongIndex() throws IOException {
    shard("one.safetensors", "a", 1f);
    shard("two.safetensors", "b", 2f);
    index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");
    try (SafeTensors tensors = SafeTensors.openFolder(folder)) {
      assertThat(tensors.readFloats("a")).containsExactly(1f);
      assertThat(tensors.readFloats("b")).containsExactly(2f);
    }
    index("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\"}}");
    assertThatThrownBy(() -> SafeTensors.openFolder(folder).close())
        .hasMessageContaining("tensor 'b' is not in 'one.safetensors'");
    index("{\"weight_map\":{\"a\":\"../one.safetensors\"}}");
    assertThatThrownBy(() -> SafeTensors.openFolder(folder).close())
        .hasMessageContaining("tensor 'a' is placed in '../one.safetensors'; expected the name");
    index("{\"weight_map\":{\"a\":\"gone.safetensors\"}}");
    assertThatThrownBy(() -> SafeTensors.openFolder(folder).close())
        .hasMessageContaining("tensor 'a' is placed in 'gone.safetensors'; expected that file");
    index("{}");
    assertThatThrownBy(() -> SafeTensors.openFolder(folder).close())
        .hasMessageContaining("expected a 'weight_map'");
  }

  @Property(tries = 300)
  void neverFailsOtherwiseThanByASentence(
      @ForAll byte[] noise, @ForAll @IntRange(min = 0, max = 200) int at) throws IOException {
    byte[] bytes =
        whole("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]);
    int start = Math.min(at, bytes.length - 1);
    System.arraycopy(noise, 0, bytes, start, Math.min(noise.length, bytes.length - start));
    Path file = Files.createTempFile("hostile", ".safetensors");
    try {
      Files.write(file, bytes);
      Throwable thrown =
          catchThrowable(
              () -> {
                try (SafeTensors tensors = SafeTensors.open(file)) {
                  tensors.names().forEach(name -> tensors.rawBytes(name, 0, 8));
                }
              });
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(PieCrustException.class).hasMessageContaining("hostile");
      }
    } finally {
      Files.delete(file);
    }
  }

  private void shard(String name, String tensor, float value) {
    SafeTensorsWriter.writeRaw(
        folder.resolve(name), Map.of(tensor, RawTensor.ofFloats(new float[] {value})), Map.of());
  }

  private void index(String json) throws IOException {
    Files.writeString(folder.resolve("model.safetensors.index.json"), json);
  }

  private Path write(String header, byte[] data) throws IOException {
    return Files.write(folder.resolve("broken.safetensors"), whole(header, data));
  }

  private static byte[] whole(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }
}
