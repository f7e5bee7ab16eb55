package dev.piecrust.chat;

import dev.piecrust.input.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template as Jinja does with the settings of chat templates: the line break after a block
 * and the blanks before one on its line are no text ({@code trim_blocks}, {@code lstrip_blocks}).
 */
final class Lexer {
  private static final Pattern TAG = Pattern.compile("\\{[{%#]");
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}");
  private static final Pattern RAW_END =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}", Pattern.DOTALL);
  private static final Pattern WORD =
      Pattern.compile(
          "(?<name>[A-Za-z_][A-Za-z0-9_]*)"
              + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
              + "|(?<string>'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")"
              + "|(?<operator>==|!=|>=|<=|//|[-+/*%~\\[\\](){}<>=.:|,])",
          Pattern.DOTALL);
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", Pattern.DOTALL);

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int counted;

  /** Whether what was read last ended its line. */
  private boolean lineStarts = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String template) {
    String source = template.replace("\r\n", "\n").replace('\r', '\n');
    Lexer lexer =
        new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
    lexer.read();
    return lexer.tokens;
  }

  private void read() {
    Matcher tag = TAG.matcher(source);
    while (tag.find(at)) {
      int start = tag.start();
      char kind = source.charAt(start + 1);
      Matcher raw = RAW.matcher(source).region(start, source.length());
      data(source.substring(at, start), sign(start + 2), kind == '{');
      at = start;
      if (kind == '#') {
        comment();
      } else if (kind == '%' && raw.lookingAt()) {
        raw(raw);
      } else {
        words(kind == '{');
      }
    }
    add(Token.Kind.DATA, source.substring(at));
    add(Token.Kind.END, "");
  }

  private char sign(int place) {
    return place < source.length() ? source.charAt(place) : ' ';
  }

  /** Adds text before a tag, less the blanks that are a part of the tag. */
  private void data(String text, char sign, boolean print) {
    String kept = text;
    if (sign == '-') {
      kept = text.stripTrailing();
    } else if (sign != '+' && !print) {
      int last = text.lastIndexOf('\n') + 1;
      if ((last > 0 || lineStarts) && text.substring(last).isBlank()) {
        kept = text.substring(0, last);
      }
    }
    add(Token.Kind.DATA, kept);
  }

  private void comment() {
    int end = source.indexOf("#}", at + 2);
    if (end < 0) {
      throw new TemplateFault("a comment is not closed, expected #}");
    }
    after(end + 2, source.charAt(end - 1), true);
  }

  private void raw(Matcher begin) {
    Matcher end = RAW_END.matcher(source);
    if (!end.find(begin.end())) {
      throw new TemplateFault("{%% raw %%} is not closed, expected {%% endraw %%}");
    }
    String text = source.substring(begin.end(), end.start());
    lineStarts = false;
    data(
        begin.group(1).isEmpty() ? text : text.stripLeading(),
        end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0),
        false);
    after(end.end(), end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), true);
  }

  /** Goes on behind a tag. */
  private void after(int end, char sign, boolean trims) {
    at = end;
    if (sign == '-') {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
    } else if (trims && sign != '+' && sign(at) == '\n') {
      at++;
    }
    lineStarts = source.charAt(at - 1) == '\n';
  }

  private void words(boolean print) {
    add(print ? Token.Kind.PRINT : Token.Kind.BLOCK, "");
    at += 2;
    if (sign(at) == '-' || sign(at) == '+') {
      at++;
    }
    String end = print ? "}}" : "%}";
    Matcher word = WORD.matcher(source);
    int open = 0;
    while (true) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      boolean signed = sign(at) == '-' || (!print && sign(at) == '+');
      int close = signed ? at + 1 : at;
      if (open == 0 && source.startsWith(end, close)) {
        add(print ? Token.Kind.PRINT_END : Token.Kind.BLOCK_END, "");
        after(close + 2, signed ? source.charAt(at) : ' ', !print);
        return;
      }
      if (at == source.length()) {
        throw new TemplateFault("a part is not closed, expected %s", end);
      }
      if (!word.region(at, source.length()).lookingAt()) {
        throw new TemplateFault(
            "'%s' is not understood, expected a part of an expression, or %s",
            Quote.of(source.substring(at, Math.min(source.length(), at + 20))), end);
      }
      String text = word.group();
      if (word.group("name") != null) {
        add(Token.Kind.NAME, text);
      } else if (word.group("number") != null) {
        add(Token.Kind.NUMBER, text);
      } else if (word.group("string") != null) {
        add(Token.Kind.STRING, unescaped(text.substring(1, text.length() - 1)));
      } else {
        open += "([{".contains(text) ? 1 : ")]}".contains(text) ? -1 : 0;
        add(Token.Kind.OPERATOR, text);
      }
      at = word.end();
    }
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found -> {
              String code = found.group(1) == null ? found.group(2) : found.group(1);
              String plain =
                  code != null
                      ? String.valueOf((char) Integer.parseInt(code, 16))
                      : switch (found.group(3)) {
                        case "n" -> "\n";
                        case "t" -> "\t";
                        case "r" -> "\r";
                        case "\n" -> "";
                        case "\\", "'", "\"" -> found.group(3);
                        default -> found.group();
                      };
              return Matcher.quoteReplacement(plain);
            });
  }

  private void add(Token.Kind kind, String text) {
    for (; counted < Math.min(at, source.length()); counted++) {
      line += source.charAt(counted) == '\n' ? 1 : 0;
    }
    if (kind != Token.Kind.DATA || !text.isEmpty()) {
      tokens.add(new Token(kind, text, line));
    }
  }
}
