package dev.piecrust.input;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.io.StringReader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads YAML that others wrote. What is wrong with it is a user error with its line and column. */
public final class InputYaml {
  /** Tools write anchors for lists that they write twice; hundreds of them only swell. */
  private static final int ALIASES = 50;

  /** No file that is read here is nested half as deep. */
  private static final int DEPTH = 20;

  private final String name;
  private final String expected;

  /**
   * @param name what errors call the text
   * @param expected what it should be, for errors
   */
  public InputYaml(String name, String expected) {
    this.name = name;
    this.expected = expected;
  }

  /** The nodes of a text, with their places; {@code null} where it is empty. */
  public @Nullable Node compose(String text) {
    return read(yaml -> yaml.compose(new StringReader(text)));
  }

  /** The values of a text: texts, numbers, lists, maps; {@code null} where it is empty. */
  public @Nullable Object load(String text) {
    return read(yaml -> yaml.load(text));
  }

  private <T extends @Nullable Object> T read(Function<Yaml, T> reading) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(ALIASES);
    options.setNestingDepthLimit(DEPTH);
    options.setCodePointLimit((int) InputFile.WHOLE);
    try {
      return reading.apply(new Yaml(new SafeConstructor(options)));
    } catch (DuplicateKeyException e) {
      throw broken(e.getProblemMark(), "a key is given twice, expected it once");
    } catch (MarkedYAMLException e) {
      boolean tab = String.valueOf(e.getProblem()).contains("\\t");
      throw broken(
          e.getProblemMark(),
          tab
              ? "a tab cannot indent YAML, expected spaces"
              : "is not YAML from here on, expected keys and values of " + expected);
    } catch (YAMLException | StackOverflowError e) {
      throw user(
          "%s: is no YAML text, or is nested too deeply or refers to itself too often, expected %s",
          name, expected);
    } catch (RuntimeException e) { // a value that says of itself that it is a date, and is none
      throw user(
          "%s: holds a value that is not of the type that it has in YAML, such as a date that is"
              + " none, expected %s",
          name, expected);
    }
  }

  private PieCrustException broken(@Nullable Mark at, String what) {
    String where = at == null ? "" : ":%d:%d".formatted(at.getLine() + 1, at.getColumn() + 1);
    return user("%s%s: %s", name, where, what);
  }
}
