package dev.piecrust.feature;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.Bounds;
import dev.piecrust.failure.PieCrustException;

/**
 * A transcoder feature: a layer and an index within it.
 *
 * <p>Its public id is the Cantor pairing of the two, {@code (l+f)(l+f+1)/2 + f} (docs/method.md
 * §1), so that results can be exchanged with other tools.
 *
 * @param layer from 0; less is a user error
 * @param index within the layer, likewise
 */
public record FeatureId(int layer, int index) implements Comparable<FeatureId> {
  private static final long LARGEST = new FeatureId(Integer.MAX_VALUE, Integer.MAX_VALUE).cantor();

  public FeatureId {
    Bounds.atLeast("layer", layer, 0);
    Bounds.atLeast("index", index, 0);
  }

  /** The Cantor id. */
  public long cantor() {
    return triangle((long) layer + index) + index;
  }

  /** {@code n(n+1)/2}, without going through the product, which is too large for the largest. */
  private static long triangle(long n) {
    return n % 2 == 0 ? n / 2 * (n + 1) : (n + 1) / 2 * n;
  }

  /** The feature with this Cantor id; a number that is no feature's is a user error. */
  public static FeatureId ofCantor(long id) {
    if (id < 0 || id > LARGEST) {
      throw noFeature(id);
    }
    long sum = (long) Math.floor((Math.sqrt(8.0 * id + 1) - 1) / 2);
    while (triangle(sum) > id) {
      sum--;
    }
    while (triangle(sum + 1) <= id) {
      sum++;
    }
    long index = id - triangle(sum);
    if (index > Integer.MAX_VALUE || sum - index > Integer.MAX_VALUE) {
      throw noFeature(id);
    }
    return new FeatureId((int) (sum - index), (int) index);
  }

  private static PieCrustException noFeature(long id) {
    return user(
        "Cantor id is %d, which no feature has, expected (l+f)(l+f+1)/2+f of a layer l and index f",
        id);
  }

  @Override
  public int compareTo(FeatureId other) {
    int byLayer = Integer.compare(layer, other.layer);
    return byLayer != 0 ? byLayer : Integer.compare(index, other.index);
  }
}
