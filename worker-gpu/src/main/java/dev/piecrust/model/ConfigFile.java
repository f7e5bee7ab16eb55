package dev.piecrust.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.Bounds;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.Quote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A JSON configuration whose every complaint names the file, the key and what was expected. */
public final class ConfigFile {
  private final Path file;
  private final String prefix;
  private final JsonNode node;

  private ConfigFile(Path file, String prefix, JsonNode node) {
    this.file = file;
    this.prefix = prefix;
    this.node = node;
  }

  /** Reads a file that must hold one JSON object. */
  public static ConfigFile read(Path file) {
    if (Files.notExists(file)) {
      throw PieCrustException.user("%s: is missing; expected it in the model's folder", file);
    }
    JsonNode node = new InputFile(file, file.toString(), "a JSON object").json(InputFile.SMALL);
    if (!node.isObject()) {
      throw PieCrustException.user("%s: is %s; expected a JSON object", file, Quote.value(node));
    }
    return new ConfigFile(file, "", node);
  }

  /** The same, with values for keys that are absent; one that is {@code null} stays so. */
  public ConfigFile withDefaults(Map<String, Integer> defaults) {
    ObjectNode filled = node.deepCopy();
    defaults.forEach(
        (key, value) -> {
          if (!node.has(key)) {
            filled.put(key, value);
          }
        });
    return new ConfigFile(file, prefix, filled);
  }

  /** The file that this was read from. */
  public Path file() {
    return file;
  }

  /** The JSON object itself. */
  public JsonNode node() {
    return node;
  }

  /** Whether the key is there and not {@code null}. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** A whole number from 1 up. */
  public int positiveInt(String key) {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw wrong(key, Bounds.words(1, Integer.MAX_VALUE));
    }
    return value.intValue();
  }

  /** The same, or a default. */
  public int positiveInt(String key, int whenAbsent) {
    return has(key) ? positiveInt(key) : whenAbsent;
  }

  /** A whole number from 0 up, or a default. */
  public int count(String key, int whenAbsent) {
    boolean none = node.path(key).isInt() && node.path(key).intValue() == 0;
    return none ? 0 : positiveInt(key, whenAbsent);
  }

  /** A finite number above 0. */
  public double positive(String key) {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !(value.doubleValue() > 0) || Double.isInfinite(value.doubleValue())) {
      throw wrong(key, "a number above 0");
    }
    return value.doubleValue();
  }

  /** The same, or a default. */
  public double positive(String key, double whenAbsent) {
    return has(key) ? positive(key) : whenAbsent;
  }

  /** True or false, or a default. */
  public boolean flag(String key, boolean whenAbsent) {
    if (!has(key)) {
      return whenAbsent;
    }
    if (!node.path(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return node.path(key).booleanValue();
  }

  /** A string, or a default. */
  public String text(String key, String whenAbsent) {
    if (!has(key)) {
      return whenAbsent;
    }
    if (!node.path(key).isTextual()) {
      throw wrong(key, "a string");
    }
    return node.path(key).textValue();
  }

  /** The object under a key, if there is one. */
  public Optional<ConfigFile> object(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!node.path(key).isObject()) {
      throw wrong(key, "an object");
    }
    return Optional.of(new ConfigFile(file, prefix + key + ".", node.path(key)));
  }

  /** The complaint about a key's value, which it shows, cut where that is long. */
  public PieCrustException wrong(String key, String expected) {
    String found = node.has(key) ? "is " + Quote.of(node.path(key).toString()) : "is missing";
    return PieCrustException.user("%s: '%s%s' %s; expected %s", file, prefix, key, found, expected);
  }
}
