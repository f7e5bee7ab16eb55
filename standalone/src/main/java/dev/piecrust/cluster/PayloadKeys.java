package dev.piecrust.cluster;

import static dev.piecrust.failure.PieCrustException.user;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that seal what this program tells Temporal: {@code PIECRUST_PAYLOAD_KEYS} as {@code
 * ID:KEY,ID:KEY}, or {@code PIECRUST_PAYLOAD_KEYS_FILE} with one {@code ID:KEY} a line. A key is 32
 * random bytes in Base64. The first seals, all of them open: so a key is changed by putting the new
 * one first in every process, and by taking the old one away when no campaign of its time is left.
 */
public final class PayloadKeys {
  public static final String KEYS = "PIECRUST_PAYLOAD_KEYS";
  public static final String FILE = "PIECRUST_PAYLOAD_KEYS_FILE";

  private static final int KEY_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String sealing;
  private final Map<String, SecretKey> keys;

  private PayloadKeys(Map<String, SecretKey> keys) {
    this.sealing = keys.keySet().iterator().next();
    this.keys = keys;
  }

  /** The keys that an environment names; empty where it names none. */
  public static Optional<PayloadKeys> of(Map<String, String> environment) {
    String keys = environment.getOrDefault(KEYS, "");
    String file = environment.getOrDefault(FILE, "");
    if (!keys.isBlank() && !file.isBlank()) {
      throw user("%s and %s are both set, expected one of them", KEYS, FILE);
    }
    if (!file.isBlank()) {
      return Optional.of(new PayloadKeys(parse(FILE, read(Path.of(file)))));
    }
    return keys.isBlank()
        ? Optional.empty()
        : Optional.of(new PayloadKeys(parse(KEYS, List.of(keys.split(",")))));
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw user(
          "%s is %s, expected a file of ID:KEY lines that this process may read", FILE, file);
    }
  }

  private static Map<String, SecretKey> parse(String source, List<String> entries) {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    entries.stream()
        .map(String::strip)
        .filter(Predicate.not(String::isEmpty))
        .forEach(entry -> add(keys, source, entry));
    if (keys.isEmpty()) {
      throw user("%s has no key, expected ID:KEY", source);
    }
    return keys;
  }

  private static void add(Map<String, SecretKey> keys, String source, String entry) {
    int place = keys.size() + 1;
    int colon = entry.indexOf(':');
    String id = colon < 0 ? "" : entry.substring(0, colon).strip();
    if (!ID.matcher(id).matches()) {
      throw user(
          "%s: key %d has no id, expected ID:KEY with an id of letters, digits, '.', '_' and '-'",
          source, place);
    }
    if (keys.put(id, key(source, id, entry.substring(colon + 1).strip())) != null) {
      throw user("%s: key '%s' is there twice, expected it once", source, id);
    }
  }

  private static SecretKey key(String source, String id, String base64) {
    byte[] key = decoded(base64);
    if (key.length != KEY_BYTES) {
      throw user(
          "%s: key '%s' is of another form, expected %d bytes in Base64", source, id, KEY_BYTES);
    }
    SecretKey made = new SecretKeySpec(key, "AES");
    Arrays.fill(key, (byte) 0);
    return made;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  /** Id of the key that seals. */
  String sealing() {
    return sealing;
  }

  /** The key of an id, if it is known here. */
  Optional<SecretKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** Without the keys themselves. */
  @Override
  public String toString() {
    return "payload keys " + keys.keySet();
  }
}
