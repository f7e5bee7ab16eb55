package dev.piecrust.ui.ledger;

import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.ledger.CallLine;
import dev.piecrust.view.Numbers;
import io.quarkus.qute.TemplateExtension;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How calls to language models are written in pages. */
@TemplateExtension
final class CallText {
  private static final int BRIEF = 160;

  private CallText() {}

  /** Where it stands. */
  static String words(CallLine call) {
    return switch (call.state()) {
      case RESERVED -> "under way";
      case QUEUED -> "waits for a batch";
      case SETTLED -> "answered";
      case RELEASED -> "not answered, not charged";
      case LOST -> "lost: perhaps charged";
    };
  }

  static String tokensIn(CallLine call) {
    return call.usage().map(TokenUsage::input).map(Numbers::count).orElse(Numbers.MISSING);
  }

  /** What of the input the provider had cached, or wrote to its cache; empty for none. */
  static String cacheUse(CallLine call) {
    return call.usage().map(CallText::cacheUse).orElse("");
  }

  /** The same of many calls. */
  static String cacheUse(TokenUsage usage) {
    return Stream.of(part(usage.cachedInput(), "cached"), part(usage.cacheWrite(), "written"))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> part(long tokens, String what) {
    return tokens > 0 ? Optional.of(Numbers.count(tokens) + " " + what) : Optional.empty();
  }

  static String tokensOut(CallLine call) {
    return call.usage().map(TokenUsage::output).map(Numbers::count).orElse(Numbers.MISSING);
  }

  /** What it cost, or may cost. */
  static String paid(CallLine call) {
    if (call.usd().isPresent()) {
      return Numbers.usd(call.usd().get());
    }
    return call.reservedUsd().map(worst -> "up to " + Numbers.usd(worst)).orElse("unknown");
  }

  /** The beginning of a long text. */
  static String brief(String text) {
    return text.codePointCount(0, text.length()) <= BRIEF
        ? text
        : text.substring(0, text.offsetByCodePoints(0, BRIEF)) + "…";
  }
}
