package dev.piecrust.serve;

import static dev.piecrust.failure.PieCrustException.user;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.piecrust.address.LocalNames;
import dev.piecrust.address.SharedUse;
import dev.piecrust.input.Sha256;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * An issuer of OpenID Connect whose users may use the API and the pages: {@code
 * PIECRUST_OIDC_ISSUER}, {@code PIECRUST_OIDC_CLIENT_ID}, {@code PIECRUST_OIDC_CLIENT_SECRET} where
 * the issuer asks for it, {@code PIECRUST_OIDC_AUDIENCE} (by default the client's id) and {@code
 * PIECRUST_OIDC_ROLES_CLAIM} (by default {@value #DEFAULT_ROLES_CLAIM}; {@code /} leads into nested
 * claims).
 */
public record OpenId(
    String issuer, String clientId, String clientSecret, String audience, String rolesClaim) {
  public static final String ISSUER = SharedUse.ISSUER;
  public static final String CLIENT_ID = "PIECRUST_OIDC_CLIENT_ID";
  public static final String CLIENT_SECRET = "PIECRUST_OIDC_CLIENT_SECRET";
  public static final String AUDIENCE = "PIECRUST_OIDC_AUDIENCE";
  public static final String ROLES_CLAIM = "PIECRUST_OIDC_ROLES_CLAIM";
  public static final String DEFAULT_ROLES_CLAIM = "roles";

  public OpenId {
    // Who can change what the issuer says on its way here can make anyone an admin.
    if (LocalNames.trusted(issuer).isEmpty()) {
      throw user("%s is '%s', expected https://… (http:// on this machine alone)", ISSUER, issuer);
    }
    if (clientId.isBlank()) {
      throw user("%s is not set, expected the client that %s knows", CLIENT_ID, issuer);
    }
  }

  static Optional<OpenId> of(Map<String, String> environment) {
    String issuer = environment.getOrDefault(ISSUER, "").strip();
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    String client = environment.getOrDefault(CLIENT_ID, "").strip();
    return Optional.of(
        new OpenId(
            issuer,
            client,
            environment.getOrDefault(CLIENT_SECRET, ""),
            environment.getOrDefault(AUDIENCE, client),
            environment.getOrDefault(ROLES_CLAIM, DEFAULT_ROLES_CLAIM)));
  }

  /** The same as settings of the application. */
  Map<String, String> settings() {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "quarkus.oidc.tenant-enabled", "true",
                "quarkus.oidc.auth-server-url", issuer,
                "quarkus.oidc.client-id", clientId,
                "quarkus.oidc.token.audience", audience,
                "quarkus.oidc.roles.role-claim-path", rolesClaim));
    if (!clientSecret.isBlank()) {
      settings.put("quarkus.oidc.credentials.secret", clientSecret);
    }
    settings.putAll(pages());
    return settings;
  }

  /** Those of browsers, which sign in at the issuer by the authorization code flow with PKCE. */
  private Map<String, String> pages() {
    String tenant = "quarkus.oidc." + PagesTenant.NAME + ".";
    Map<String, String> settings = new HashMap<>();
    settings.put(tenant + "tenant-enabled", "true");
    settings.put(tenant + "application-type", "web-app");
    settings.put(tenant + "auth-server-url", issuer);
    settings.put(tenant + "client-id", clientId);
    settings.put(tenant + "roles.source", "accesstoken");
    settings.put(tenant + "roles.role-claim-path", rolesClaim);
    settings.put(tenant + "authentication.redirect-path", PagesTenant.DOOR);
    settings.put(tenant + "authentication.error-path", PagesTenant.REFUSED);
    settings.put(tenant + "authentication.pkce-required", "true");
    settings.put(tenant + "authentication.state-secret", secret("state"));
    settings.put(tenant + "token-state-manager.encryption-secret", secret("session"));
    if (!clientSecret.isBlank()) {
      settings.put(tenant + "credentials.secret", clientSecret);
    }
    settings.put("quarkus.http.auth.permission.openid.paths", PagesTenant.DOOR);
    settings.put("quarkus.http.auth.permission.openid.policy", "authenticated");
    settings.put("quarkus.http.auth.permission.openid.auth-mechanism", "code");
    return settings;
  }

  /**
   * What cookies are sealed with: the same in every process that has the client's secret. Without
   * one it is of this process alone, and a browser signs in anew when that starts again.
   */
  private String secret(String purpose) {
    if (clientSecret.isBlank()) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      return HexFormat.of().formatHex(random);
    }
    return Sha256.of(("piecrust " + purpose + "\n" + clientSecret).getBytes(UTF_8))
        .substring(0, 32);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OpenId[issuer=%s, clientId=%s]".formatted(issuer, clientId);
  }
}
