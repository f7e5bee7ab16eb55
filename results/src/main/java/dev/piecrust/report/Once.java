package dev.piecrust.report;

import java.util.Optional;
import java.util.function.Supplier;

/** Makes a value when it is first asked for, and never again; for one thread. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private Optional<T> value = Optional.empty();

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    if (value.isEmpty()) {
      value = Optional.of(maker.get());
    }
    return value.get();
  }
}
