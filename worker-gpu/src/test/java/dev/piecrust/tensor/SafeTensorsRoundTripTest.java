package dev.piecrust.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SafeTensorsRoundTripTest {

  @Provide
  Arbitrary<Map<String, float[]>> vectors() {
    Arbitrary<String> names = Arbitraries.strings().ofMinLength(1).ofMaxLength(12);
    Arbitrary<float[]> values =
        Arbitraries.floats().array(float[].class).ofMinSize(0).ofMaxSize(40);
    return Arbitraries.maps(names.filter(n -> !n.equals("__metadata__")), values).ofMaxSize(6);
  }

  @Property(tries = 60)
  void givesBackWhatWasWritten(@ForAll("vectors") Map<String, float[]> vectors) throws IOException {
    Map<String, RawTensor> raw = new LinkedHashMap<>();
    vectors.forEach((name, values) -> raw.put(name, RawTensor.ofFloats(values)));
    inFile(
        file -> {
          SafeTensorsWriter.writeRaw(file, raw, Map.of("made", "by a test"));
          try (SafeTensors read = SafeTensors.open(file)) {
            assertThat(read.names()).containsExactlyInAnyOrderElementsOf(vectors.keySet());
            assertThat(read.metadata()).containsEntry("made", "by a test");
            vectors.forEach(
                (name, values) -> assertThat(read.readFloats(name)).containsExactly(values));
          }
        });
  }

  @Property(tries = 40)
  void gathersRowsInTheOrderAskedFor(
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 3) int layers,
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 8) Integer> asked)
      throws IOException {
    int step = layers * width;
    float[] values = new float[rows * step];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    int[] wanted = asked.stream().mapToInt(i -> i % rows).toArray();
    inFile(
        file -> {
          SafeTensorsWriter.writeRaw(
              file,
              Map.of("other", RawTensor.ofLongs(new long[] {7}), "w", tensor(values, rows, layers)),
              Map.of());
          try (SafeTensors read = SafeTensors.open(file);
              NDManager manager = TensorRuntime.start().newManager()) {
            NDArray got = read.rows(manager, "w", wanted);
            assertThat(got.getShape().getShape()).containsExactly(wanted.length, layers, width);
            float[] flat = got.toFloatArray();
            for (int i = 0; i < flat.length; i++) {
              assertThat(flat[i]).isEqualTo(wanted[i / step] * step + i % step);
            }
          }
        });
  }

  @Property(tries = 20)
  void writesTheSameBytesForTheSameContentWhateverItsOrder(
      @ForAll @Size(min = 1, max = 20) List<Integer> numbers) throws IOException {
    RawTensor ints = RawTensor.ofInts(numbers.stream().mapToInt(i -> i).toArray());
    RawTensor longs = RawTensor.ofLongs(numbers.stream().mapToLong(i -> i).toArray());
    Map<String, RawTensor> one = new LinkedHashMap<>();
    one.put("a", ints);
    one.put("b", longs);
    Map<String, RawTensor> two = new LinkedHashMap<>();
    two.put("b", longs);
    two.put("a", ints);
    inFile(
        file -> {
          SafeTensorsWriter.writeRaw(file, one, Map.of());
          byte[] first = Files.readAllBytes(file);
          SafeTensorsWriter.writeRaw(file, two, Map.of());
          assertThat(Files.readAllBytes(file)).isEqualTo(first);
          try (SafeTensors read = SafeTensors.open(file)) {
            assertThat(read.readInts("a")).containsExactly(toInts(numbers));
            assertThat(read.readLongs("b"))
                .containsExactly(numbers.stream().mapToLong(i -> i).toArray());
          }
        });
  }

  @Property(tries = 200)
  void readsEveryHalfAsItsExactValue(@ForAll short half) {
    float value = FloatDecoder.halfToFloat(half);
    int exponent = (half >> 10) & 31;
    int fraction = half & 1023;
    double sign = half < 0 ? -1 : 1;
    if (exponent == 31) {
      assertThat(Float.isNaN(value)).isEqualTo(fraction != 0);
      assertThat(Float.isInfinite(value)).isEqualTo(fraction == 0);
    } else {
      double expected =
          exponent == 0
              ? fraction * Math.pow(2, -24)
              : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15.0);
      assertThat((double) value).isEqualTo(sign * expected);
    }
  }

  @Property(tries = 40)
  void readsBf16AsTheUpperHalfOfAnF32(@ForAll @Size(min = 1, max = 50) List<Short> halves)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(halves.size() * 2).order(ByteOrder.LITTLE_ENDIAN);
    halves.forEach(bytes::putShort);
    RawTensor raw = new RawTensor(DType.BF16, List.of((long) halves.size()), bytes.flip());
    inFile(
        file -> {
          SafeTensorsWriter.writeRaw(file, Map.of("w", raw), Map.of());
          try (SafeTensors read = SafeTensors.open(file)) {
            Float[] expected =
                halves.stream().map(h -> Float.intBitsToFloat(h << 16)).toArray(Float[]::new);
            assertThat(read.readFloats("w")).containsExactly(expected);
          }
        });
  }

  private static RawTensor tensor(float[] values, int rows, int layers) {
    return RawTensor.ofFloats(values, rows, layers, values.length / rows / layers);
  }

  private static int[] toInts(List<Integer> numbers) {
    return numbers.stream().mapToInt(i -> i).toArray();
  }

  private interface FileUse {
    void with(Path file) throws IOException;
  }

  private static void inFile(FileUse use) throws IOException {
    Path file = Files.createTempFile("round-trip", ".safetensors");
    try {
      use.with(file);
    } finally {
      Files.delete(file);
    }
  }
}
