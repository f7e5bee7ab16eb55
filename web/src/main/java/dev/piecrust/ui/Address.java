package dev.piecrust.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Optional;
import java.util.StringJoiner;

/** Addresses of pages with their parameters, encoded. */
public final class Address {
  private final String path;
  private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");

  private Address(String path) {
    this.path = path;
  }

  /** The address that these parts make, each encoded by itself. */
  public static Address of(Object... parts) {
    StringBuilder path = new StringBuilder();
    for (Object part : parts) {
      path.append('/').append(encoded(part.toString()));
    }
    return new Address(path.toString());
  }

  /** With a parameter; one that is empty is left out. */
  public Address with(String name, Object value) {
    String text =
        value instanceof Optional<?> maybe
            ? maybe.map(Object::toString).orElse("")
            : value.toString();
    if (!text.isEmpty()) {
      query.add(name + "=" + encoded(text));
    }
    return this;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return path + query;
  }
}
