package dev.piecrust.address;

import java.util.Map;

/** Whether more than one person uses a program: it then must not reach what only one may. */
public final class SharedUse {
  /** The database that the processes of an installation share. */
  public static final String DATABASE_URL = "PIECRUST_DATABASE_URL";

  /** The issuer of OpenID Connect whose users are let in. */
  public static final String ISSUER = "PIECRUST_OIDC_ISSUER";

  /** The interface that the program listens on. */
  public static final String HTTP_HOST = "QUARKUS_HTTP_HOST";

  private SharedUse() {}

  /**
   * Whether the environment is that of an installation's process, or of one that others are let in
   * to: by an issuer, or because it listens on more than this machine's own interface.
   */
  public static boolean of(Map<String, String> environment) {
    return isSet(environment, DATABASE_URL)
        || isSet(environment, ISSUER)
        || (isSet(environment, HTTP_HOST)
            && !LocalNames.contain(environment.getOrDefault(HTTP_HOST, "").strip()));
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }
}
