package dev.piecrust.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** An address with query parameters; those that are empty are left out. */
final class Query {
  private final StringBuilder address;
  private char separator = '?';

  Query(String path) {
    address = new StringBuilder(path);
  }

  Query with(String name, String value) {
    if (!value.isEmpty()) {
      address.append(separator).append(name).append('=').append(URLEncoder.encode(value, UTF_8));
      separator = '&';
    }
    return this;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
