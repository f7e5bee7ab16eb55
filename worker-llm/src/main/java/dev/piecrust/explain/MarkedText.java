package dev.piecrust.explain;

import dev.piecrust.feature.Example;

/**
 * A window on one line, with its tokens above a share of a maximum between {@code <<} and {@code
 * >>}; neighbours share one pair. Line breaks are shown as {@code \n}; marks of the text's own are
 * broken up.
 */
final class MarkedText {
  private MarkedText() {}

  static String of(Example example, double share) {
    double threshold = share * example.activation();
    StringBuilder text = new StringBuilder();
    boolean open = false;
    for (int t = 0; t < example.tokens().size(); t++) {
      float activation = example.activations().get(t);
      boolean marked = activation > 0 && activation > threshold;
      if (marked != open) {
        text.append(marked ? "<<" : ">>");
        open = marked;
      }
      text.append(shown(example.tokens().get(t)));
    }
    return text.append(open ? ">>" : "").toString();
  }

  private static String shown(String token) {
    return token
        .replace("<<", "< <")
        .replace(">>", "> >")
        .replace("\r", "")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }
}
