package dev.piecrust.report.chart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A picture as PDF of one page, in vectors and with a font that every reader has. */
final class PdfCanvas implements Canvas {
  private static final Charset ENCODING = Charset.forName("windows-1252");
  private static final double SIZE = 10;

  /** Widths of Helvetica from the space to the tilde, in thousandths of its size. */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  private final double width;
  private final double height;
  private final String title;
  private final StringBuilder content = new StringBuilder();

  PdfCanvas(String title, double width, double height) {
    this.title = title;
    this.width = width;
    this.height = height;
  }

  @Override
  public void line(List<double[]> points, String color, double lineWidth, List<Double> dash) {
    add(
        "%s RG %.2f w [%s] 0 d",
        rgb(color),
        lineWidth,
        dash.stream().map(PdfCanvas::number).collect(Collectors.joining(" ")));
    path(points);
    content.append("S\n");
  }

  @Override
  public void area(List<double[]> outline, String color, double opacity) {
    add("q /A%d gs %s rg", opacity < 1 ? 1 : 0, rgb(color));
    path(outline);
    content.append("h f Q\n");
  }

  @Override
  public void text(String text, double x, double y, Anchor anchor, String color) {
    double before =
        switch (anchor) {
          case START -> 0;
          case MIDDLE -> width(text) / 2;
          case END -> width(text);
        };
    show(text, "1 0 0 1", x - before, height - y, color);
  }

  @Override
  public void upwards(String text, double x, double y, String color) {
    show(text, "0 1 -1 0", x, height - y - width(text) / 2, color);
  }

  private void show(String text, String turn, double x, double y, String color) {
    add(
        "BT %s rg /F1 %.0f Tf %s %s %s Tm %s Tj ET",
        rgb(color), SIZE, turn, number(x), number(y), string(text));
  }

  private void path(List<double[]> points) {
    for (int i = 0; i < points.size(); i++) {
      double[] at = points.get(i);
      add("%s %s %s", number(at[0]), number(height - at[1]), i == 0 ? "m" : "l");
    }
  }

  private void add(String format, Object... values) {
    content.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String rgb(String color) {
    return String.format(
        Locale.ROOT,
        "%.3f %.3f %.3f",
        Integer.parseInt(color.substring(1, 3), 16) / 255.0,
        Integer.parseInt(color.substring(3, 5), 16) / 255.0,
        Integer.parseInt(color.substring(5, 7), 16) / 255.0);
  }

  private static double width(String text) {
    return text.chars().map(c -> c >= 32 && c - 32 < WIDTHS.length ? WIDTHS[c - 32] : 556).sum()
        * SIZE
        / 1000;
  }

  /** In hexadecimal, so that no sign of it means anything else; what the font lacks is a mark. */
  private static String string(String text) {
    StringBuilder hex = new StringBuilder("<");
    for (byte one : text.getBytes(ENCODING)) {
      hex.append(String.format(Locale.ROOT, "%02X", one & 0xff));
    }
    return hex.append('>').toString();
  }

  /** The file. */
  byte[] bytes() {
    List<String> objects =
        List.of(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
                    + "/ExtGState<</A0<</ca 1>>/A1<</ca 0.15>>>>>>>>")
                .formatted(number(width), number(height)),
            "<</Length %d>>\nstream\n%sendstream".formatted(content.length(), content),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            "<</Title %s/Producer(PieCrust)>>".formatted(string(title)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Integer> offsets = new ArrayList<>();
    write(out, "%PDF-1.4\n");
    for (int i = 0; i < objects.size(); i++) {
      offsets.add(out.size());
      write(out, "%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)));
    }
    int table = out.size();
    write(out, "xref\n0 %d\n0000000000 65535 f \n".formatted(objects.size() + 1));
    offsets.forEach(offset -> write(out, "%010d 00000 n \n".formatted(offset)));
    write(
        out,
        "trailer\n<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            .formatted(objects.size() + 1, table));
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(ISO_8859_1));
  }
}
