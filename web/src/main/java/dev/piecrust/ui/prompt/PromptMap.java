package dev.piecrust.ui.prompt;

import static java.util.stream.Collectors.groupingBy;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Predictions;
import dev.piecrust.ui.Strength;
import dev.piecrust.view.Numbers;
import dev.piecrust.view.PromptView;
import dev.piecrust.view.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the kept occurrences of a prompt are.
 *
 * @param columns the tokens, or their positions where they are not recorded
 * @param rows by layer, the last one first
 * @param strongest the highest strength of a cell
 */
public record PromptMap(List<Column> columns, List<Row> rows, double strongest) {
  /**
   * A token.
   *
   * @param changed whether it is another one in the corrupted prompt
   */
  public record Column(int position, List<TokenText.Piece> pieces, boolean changed) {}

  /** A layer. */
  public record Row(int layer, List<Cell> cells) {}

  /**
   * What a layer keeps at a position.
   *
   * @param key for the list below the map
   * @param tone class of its strength, which is the sum of absolute scores
   * @param only where it holds a single feature
   */
  public record Cell(String key, int count, String tone, String label, Optional<FeatureId> only) {}

  static PromptMap of(PromptView prompt) {
    Map<String, List<PromptView.Kept>> cells =
        prompt.kept().stream().collect(groupingBy(k -> key(k.feature().layer(), k.position())));
    double strongest = cells.values().stream().mapToDouble(PromptMap::strength).max().orElse(0);
    List<Column> columns = columns(prompt);
    int layers = prompt.kept().stream().mapToInt(k -> k.feature().layer() + 1).max().orElse(0);
    List<Row> rows = new ArrayList<>();
    for (int layer = layers - 1; layer >= 0; layer--) {
      int of = layer;
      rows.add(
          new Row(
              layer,
              columns.stream()
                  .map(
                      column ->
                          cell(
                              of,
                              column.position(),
                              cells.getOrDefault(key(of, column.position()), List.of()),
                              strongest))
                  .toList()));
    }
    return new PromptMap(columns, rows, strongest);
  }

  private static List<Column> columns(PromptView prompt) {
    Optional<Predictions> read = prompt.predictions();
    if (read.isEmpty()) {
      int positions = prompt.kept().stream().mapToInt(k -> k.position() + 1).max().orElse(0);
      return IntStream.range(0, positions)
          .mapToObj(p -> new Column(p, List.of(new TokenText.Piece("" + p, false)), false))
          .toList();
    }
    List<String> tokens = read.get().tokens();
    List<String> others = read.get().corruptedTokens();
    return IntStream.range(0, tokens.size())
        .mapToObj(
            p ->
                new Column(
                    p, TokenText.pieces(tokens.get(p)), !tokens.get(p).equals(others.get(p))))
        .toList();
  }

  private static Cell cell(int layer, int position, List<PromptView.Kept> kept, double strongest) {
    double strength = strength(kept);
    String label =
        "layer %d, position %d: %d kept, strength %s"
            .formatted(layer, position, kept.size(), Numbers.figure(strength));
    return new Cell(
        key(layer, position),
        kept.size(),
        Strength.of(strength, strongest),
        label,
        kept.size() == 1 ? Optional.of(kept.get(0).feature()) : Optional.empty());
  }

  private static double strength(List<PromptView.Kept> kept) {
    return kept.stream().mapToDouble(k -> Math.abs(k.score())).sum();
  }

  static String key(int layer, int position) {
    return layer + "-" + position;
  }
}
