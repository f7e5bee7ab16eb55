package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.http.EnvironmentProxies;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What the hub's refusals mean, and what to do about them.
 *
 * @param endpoint where people look at repositories
 * @param token whether there is one
 */
record HubAnswers(URI endpoint, boolean token) {
  private static final String CODE = "X-Error-Code";
  private static final int MISSING = 404;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;
  private static final int PROXY_UNAUTHORIZED = 407;

  /** Whether another attempt may be answered. */
  static boolean busy(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  /**
   * A user error for what is refused for good.
   *
   * @param asked the file, or empty for the repository itself
   */
  PieCrustException refusal(HubRef ref, Optional<HubFile> asked, int status, HttpHeaders headers) {
    if (status == PROXY_UNAUTHORIZED) {
      return user(
          "the proxy before %s wants another name or password, expected %s to be"
              + " http://USER:PASSWORD@HOST:PORT",
          endpoint, EnvironmentProxies.HTTPS);
    }
    String code = headers.firstValue(CODE).orElse("");
    if (code.equals("GatedRepo") || status == FORBIDDEN) {
      return user(
          "%s is gated, expected its terms at %s/%s to be accepted%s",
          ref,
          endpoint,
          ref.repository(),
          token ? " by the account of HF_TOKEN" : ", and HF_TOKEN to hold a token of the account");
    }
    if (code.equals("RevisionNotFound")) {
      return user(
          "hf://%s has no revision '%s', expected a branch, a tag or a commit of it",
          ref.repository(), ref.revision());
    }
    if (status == MISSING && asked.isPresent()) {
      return user("%s has no file %s, expected one that it lists", ref, asked.get().remotePath());
    }
    if (status == UNAUTHORIZED || status == MISSING) {
      return user(
          "hf://%s is not there or private, expected %s",
          ref.repository(),
          token
              ? "the name of one that the token in HF_TOKEN may read"
              : "a public one, or HF_TOKEN to hold a token that may read it");
    }
    return user("the hub refuses %s with status %d, expected one that it lets read", ref, status);
  }
}
