package dev.piecrust.workflow.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.failure.PieCrustException;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A set of features by their ordinals. It travels as one bit for each feature, in Base64: 20,000
 * features take less than 4 KB, however many of them are in it and wherever they are.
 */
public final class Ordinals {
  /** No feature. */
  public static final Ordinals NONE = new Ordinals(new BitSet());

  private final BitSet bits;

  private Ordinals(BitSet bits) {
    this.bits = bits;
  }

  /** These ordinals; none may be negative. */
  public static Ordinals of(Collection<Integer> ordinals) {
    BitSet bits = new BitSet();
    ordinals.forEach(bits::set);
    return new Ordinals(bits);
  }

  /**
   * Reads what {@link #json} wrote, or the list of numbers that programs up to 0.3 wrote, which may
   * be in the histories of campaigns that they began.
   */
  @JsonCreator
  static Ordinals ofJson(Object json) {
    if (json instanceof String text) {
      return new Ordinals(BitSet.valueOf(Base64.getDecoder().decode(text)));
    }
    if (json instanceof List<?> numbers) {
      return of(numbers.stream().map(number -> ((Number) number).intValue()).toList());
    }
    throw PieCrustException.user("ordinals of features: expected Base64 or a list of numbers");
  }

  @JsonValue
  String json() {
    return Base64.getEncoder().encodeToString(bits.toByteArray());
  }

  /** Whether this feature is among them. */
  public boolean contains(int ordinal) {
    return bits.get(ordinal);
  }

  /** How many there are. */
  public int size() {
    return bits.cardinality();
  }

  boolean isEmpty() {
    return bits.isEmpty();
  }

  /** These and those. */
  Ordinals union(Ordinals others) {
    BitSet both = (BitSet) bits.clone();
    both.or(others.bits);
    return new Ordinals(both);
  }

  /** Ascending. */
  public IntStream stream() {
    return bits.stream();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ordinals ordinals && bits.equals(ordinals.bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode();
  }

  @Override
  public String toString() {
    return bits.toString();
  }
}
