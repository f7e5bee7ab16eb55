package dev.piecrust.bench.demo;

import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Windows of equal length over the demo language: BOS, then documents until the window is full. */
final class WindowStream {
  /** Tokens of a window, BOS included. */
  static final int LENGTH = 48;

  private final DemoLanguage language;
  private final Tokenizer tokenizer;
  private final SplittableRandom random;

  WindowStream(DemoLanguage language, Tokenizer tokenizer, long seed) {
    this.language = language;
    this.tokenizer = tokenizer;
    this.random = new SplittableRandom(seed);
  }

  /** The next window, {@code [LENGTH]}; its last document is cut where the window ends. */
  int[] next() {
    StringBuilder text = new StringBuilder(language.draw(random));
    int[] ids = tokenizer.encode(text.toString());
    while (ids.length < LENGTH) {
      ids = tokenizer.encode(text.append(language.draw(random)).toString());
    }
    return Arrays.copyOf(ids, LENGTH);
  }

  /** The next windows. */
  TokenBatch next(int count) {
    return new TokenBatch(Stream.generate(this::next).limit(count).toList());
  }

  /** The text of a window, without BOS. */
  String text(int[] window) {
    return Arrays.stream(window).skip(1).mapToObj(tokenizer::token).collect(Collectors.joining());
  }
}
