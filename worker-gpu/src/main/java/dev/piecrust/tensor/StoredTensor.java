package dev.piecrust.tensor;

import dev.piecrust.failure.PieCrustException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One tensor and where it lies.
 *
 * @param file the mapped file that holds it
 * @param dataStart the offset of that file's data section
 * @param info its header entry
 */
record StoredTensor(MappedFile file, long dataStart, TensorInfo info) {
  /** The file offset of its first byte. */
  long offset() {
    return dataStart + info.begin();
  }

  FloatDecoder decoder() {
    return decoder(FloatDecoder.BLOCK);
  }

  /** A decoder for at most so many elements at a time. */
  FloatDecoder decoder(int size) {
    return new FloatDecoder(file, info.dtype(), size);
  }

  /** Itself, unless it is of another type. */
  StoredTensor require(DType expected) {
    if (info.dtype() != expected) {
      throw wrongType(expected.name());
    }
    return this;
  }

  /** Itself, unless it is not of a floating-point type. */
  StoredTensor requireFloats() {
    if (!info.dtype().isFloat()) {
      throw wrongType("F32, F16, BF16 or F64");
    }
    return this;
  }

  private PieCrustException wrongType(String expected) {
    return PieCrustException.user(
        "%s: tensor '%s' is %s; expected %s", file.path(), info.name(), info.dtype(), expected);
  }

  /** Its number of elements, where one Java array can hold their bytes. */
  int javaLength() {
    if (info.end() - info.begin() > Integer.MAX_VALUE - 8) {
      throw PieCrustException.resources(
          "%s: tensor '%s' has %d elements, too many for one Java array",
          file.path(), info.name(), info.elements());
    }
    return (int) info.elements();
  }

  /** Up to {@code length} bytes from byte {@code from} of its data. */
  byte[] bytes(long from, int length) {
    long held = info.end() - info.begin();
    byte[] bytes = new byte[(int) Math.max(0, Math.min(length, held - from))];
    file.copy(offset() + from, bytes, bytes.length);
    return bytes;
  }

  /** All its bytes. */
  ByteBuffer wholeBytes() {
    byte[] bytes = bytes(0, javaLength() * info.dtype().bytes());
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
