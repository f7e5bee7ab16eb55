package dev.piecrust.fade;

import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FadeScore;
import java.util.List;

/**
 * {@code |2·AUROC − 1|} of texts that were written to fit the description against all natural
 * windows (docs/method.md §8). It stands on the written texts.
 */
final class Clarity {
  private Clarity() {}

  static FadeScore of(List<ActivatedText> written, Evidence natural) {
    Ranking ranking = new Ranking();
    written.forEach(text -> ranking.add(text.activation(), true));
    natural.active().forEach(activation -> ranking.add(activation, false));
    ranking.add(0, false, natural.windows() - natural.active().size());
    if (ranking.auroc().isEmpty()) {
      return new FadeScore.Unscored(
          FadeScore.Kind.ONE_CLASS,
          "clarity needs written and natural texts, and there are %d and %d"
              .formatted(written.size(), natural.windows()));
    }
    return new FadeScore.Scored(Gini.of(ranking.auroc().getAsDouble()), written.size());
  }
}
