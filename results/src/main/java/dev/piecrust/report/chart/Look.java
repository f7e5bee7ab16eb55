package dev.piecrust.report.chart;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a series is drawn.
 *
 * @param color as {@code #rrggbb}
 * @param mark of a point: {@code circle}, {@code rect}, {@code triangle} or {@code diamond}
 * @param dash lengths of a broken line's parts; empty for a whole one
 */
public record Look(String color, String mark, List<Double> dash) {
  /** Of what belongs to no method. */
  public static final Look PLAIN = new Look("#0067ad", "circle", List.of());

  public Look {
    dash = List.copyOf(dash);
  }

  /** The same with a broken line, for what is to be told from its own method. */
  public Look broken() {
    return new Look(color, mark, List.of(1.5, 2.5));
  }

  /** A method's look in a style sheet, as it is on paper: the first of its colours. */
  public static Look of(String method, String css) {
    String name = Pattern.quote(method);
    String rule = first(css, "\\.method-" + name + " \\{([^}]*)}", "");
    return new Look(
        first(css, "--m-" + name + ": (#[0-9a-fA-F]{6});", "#666c75"),
        first(rule, "--mark: (\\w+);", "circle"),
        Stream.of(first(rule, "--dash: ([0-9. ]+);", "").split(" "))
            .filter(part -> !part.isEmpty())
            .map(Double::valueOf)
            .toList());
  }

  private static String first(String css, String pattern, String otherwise) {
    Matcher found = Pattern.compile(pattern).matcher(css);
    return found.find() ? found.group(1) : otherwise;
  }
}
