package dev.piecrust.tensor;

import java.util.Optional;

/**
 * Element types of the safetensors format, with their size in bytes; numbers are little-endian. The
 * floating-point ones are read as f32.
 */
public enum DType {
  /** A truth value, 0 or 1. */
  BOOL(1),
  /** 0 to 255. */
  U8(1),
  /** −128 to 127. */
  I8(1),
  /** −2¹⁵ to 2¹⁵ − 1. */
  I16(2),
  /** 0 to 2¹⁶ − 1. */
  U16(2),
  /** −2³¹ to 2³¹ − 1. */
  I32(4),
  /** 0 to 2³² − 1. */
  U32(4),
  /** −2⁶³ to 2⁶³ − 1. */
  I64(8),
  /** 0 to 2⁶⁴ − 1. */
  U64(8),
  /** IEEE half precision: 11 significant bits, up to 65,504. */
  F16(2),
  /** The upper half of an {@link #F32}: its range, with 8 significant bits. */
  BF16(2),
  /** IEEE single precision, in which passes compute. */
  F32(4),
  /** IEEE double precision. */
  F64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are floating-point numbers, which is what models are made of. */
  public boolean isFloat() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  /** The type of that name in a file's header, if it is one that this program knows. */
  static Optional<DType> named(String name) {
    for (DType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
