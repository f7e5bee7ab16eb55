package dev.piecrust.evidence;

import dev.piecrust.feature.FeatureId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What is remembered of one feature while a corpus goes by: the maximum of every window in which it
 * is active, and the tokens of a bounded number of them: the highest, and those of small lots.
 */
final class FeatureWindows {
  private final FeatureId feature;
  private final Memory memory;
  private int[] window = new int[0];
  private float[] maximum = new float[0];
  private int size;
  private final List<WindowHit> sampled = new ArrayList<>();
  private final PriorityQueue<WindowHit> best; // the weakest first

  FeatureWindows(FeatureId feature, Memory memory) {
    this.feature = feature;
    this.memory = memory;
    this.best = new PriorityQueue<>(1, byRank().reversed());
  }

  /** The higher activation first. */
  private Comparator<WindowHit> byRank() {
    return Comparator.comparingDouble((WindowHit hit) -> -hit.maximum())
        .thenComparingLong(hit -> memory.lots().rank(feature, hit.window()));
  }

  /** Takes in a window; windows come in order. */
  void add(WindowHit hit) {
    add(hit.window(), hit.maximum());
    offer(hit);
  }

  void add(int at, float value) {
    if (size == window.length) {
      int more = Math.max(8, size + size / 2);
      window = Arrays.copyOf(window, more);
      maximum = Arrays.copyOf(maximum, more);
    }
    window[size] = at;
    maximum[size++] = value;
  }

  /** Remembers the tokens of a window if it is among the highest or has a small lot. */
  void offer(WindowHit hit) {
    if (memory.lots().draw(feature, hit.window()) < memory.bound()) {
      sampled.add(hit);
    }
    best.add(hit);
    if (best.size() > memory.top()) {
      best.remove();
    }
  }

  FeatureId feature() {
    return feature;
  }

  /** How many windows it is active in. */
  int size() {
    return size;
  }

  int window(int i) {
    return window[i];
  }

  float maximum(int i) {
    return maximum[i];
  }

  /** The windows whose tokens are remembered, by window. */
  Map<Integer, WindowHit> remembered() {
    Map<Integer, WindowHit> all = new HashMap<>();
    sampled.forEach(hit -> all.put(hit.window(), hit));
    best.forEach(hit -> all.put(hit.window(), hit));
    return all;
  }

  /**
   * How much is remembered.
   *
   * @param top how many of the highest windows
   * @param bound below which a lot is small
   */
  record Memory(Lots lots, int top, long bound) {
    static Memory of(Lots lots, Quotas quotas, int windows) {
      double share = quotas.remembered(windows);
      long bound = share >= 1 ? Long.MAX_VALUE : (long) (share * Long.MAX_VALUE);
      return new Memory(lots, quotas.top(), bound);
    }
  }
}
