package dev.piecrust.embedded;

import dev.piecrust.api.access.AccessToken;
import dev.piecrust.api.access.Roles;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret that lets the browser of this home's user in. It outlasts the process, so that an open
 * page goes on when the program starts again; only its user can read the file.
 *
 * @param secret never shown but in the address that the program prints for its user
 */
public record PageKey(String secret) {
  private static final int BYTES = 24;

  /** Reads the key from a file, and makes it where there is none. */
  static PageKey in(Path file) {
    try {
      createIfMissing(file);
      return new PageKey(Files.readString(file).strip());
    } catch (IOException e) {
      throw PieCrustException.external(file + " cannot be read or made", e);
    }
  }

  private static void createIfMissing(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    try {
      Files.createFile(file, PrivateFiles.ownerOnly());
      Files.writeString(file, HexFormat.of().formatHex(random));
    } catch (FileAlreadyExistsException anotherWasFirst) {
      return;
    }
  }

  /** The address that lets a browser in, at pages that end with {@code /}. */
  public String entrance(String pages) {
    return pages + "enter?key=" + secret;
  }

  /** What the browser may do: everything, as its user may. */
  public AccessToken token(String user) {
    return AccessToken.of(secret, user, Roles.ADMIN);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "PageKey";
  }
}
