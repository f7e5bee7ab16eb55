package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.Continuation;
import dev.piecrust.model.Gradients;
import dev.piecrust.model.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads prompts on, with one cache of keys and values a layer. */
final class DecoderContinuation implements Continuation {
  private final DecoderForward forward;
  private final PassChecks checks;
  private final NDManager own;
  private final List<NDArray> patch; // [B,1,d] a layer, or empty
  private final List<GroupedAttention.Cache> caches = new ArrayList<>(); // [B,K,length,h] a layer
  private final int size;
  private int length;
  private NDArray hidden; // [B,d]

  /** Reads the prompts. */
  DecoderContinuation(
      DecoderForward forward,
      PassChecks checks,
      NDManager manager,
      TokenBatch prompts,
      List<NDArray> patch) {
    this.forward = forward;
    this.checks = checks;
    this.own = manager.newSubManager();
    this.size = prompts.size();
    // It may outlive the patch that it was begun with.
    this.patch = patch.stream().map(NDArray::duplicate).toList();
    this.patch.forEach(copy -> copy.attach(own));
    try {
      this.hidden = step(prompts);
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public NDArray hidden() {
    return hidden;
  }

  @Override
  public void read(int[] next) {
    if (next.length != size) {
      throw new IllegalArgumentException(next.length + " tokens for " + size + " prompts");
    }
    NDArray before = hidden;
    hidden = step(new TokenBatch(Arrays.stream(next).mapToObj(id -> new int[] {id}).toList()));
    before.close();
  }

  private NDArray step(TokenBatch tokens) {
    checks.checkContinued(tokens, length, patch);
    try (NDManager scope = own.newSubManager()) {
      return Gradients.recorded(
          false,
          () -> {
            List<GroupedAttention.Cache> read = new ArrayList<>();
            NDArray stream =
                forward.stream(
                    scope, tokens, length, this::past, patch, layer -> read.add(kept(layer)));
            NDArray rows = stream.get(new NDIndex(":,-1:")); // [B,1,d]
            NDArray last = forward.last(rows).out().reshape(size, -1);
            last.attach(own);
            remember(read);
            length += tokens.width();
            return last;
          });
    }
  }

  /**
   * The cache of a layer as views that belong to {@code scope}; none before the prompts are read.
   */
  private Optional<GroupedAttention.Cache> past(int layer, NDManager scope) {
    if (length == 0) {
      return Optional.empty();
    }
    NDIndex all = new NDIndex(":");
    GroupedAttention.Cache cache = caches.get(layer);
    return Optional.of(
        new GroupedAttention.Cache(cache.keys().get(scope, all), cache.values().get(scope, all)));
  }

  private GroupedAttention.Cache kept(DecoderForward.Layer layer) {
    GroupedAttention.Cache read = layer.constants().cache();
    own.attachAll(read.keys(), read.values());
    return read;
  }

  /** Appends what was read to the caches. */
  private void remember(List<GroupedAttention.Cache> read) {
    for (int l = 0; l < read.size(); l++) {
      if (length == 0) {
        caches.add(read.get(l));
      } else {
        caches.set(l, joined(caches.get(l), read.get(l)));
      }
    }
  }

  private static GroupedAttention.Cache joined(
      GroupedAttention.Cache before, GroupedAttention.Cache read) {
    try (NDArray oldKeys = before.keys();
        NDArray oldValues = before.values();
        NDArray newKeys = read.keys();
        NDArray newValues = read.values()) {
      return new GroupedAttention.Cache(
          oldKeys.concat(newKeys, 2), oldValues.concat(newValues, 2)); // [B,K,length+1,h]
    }
  }

  @Override
  public void close() {
    own.close();
  }
}
