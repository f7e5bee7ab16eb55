package dev.piecrust.mlflow;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.LocalNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Where a tracking server is, and what lets one in there.
 *
 * @param uri without a slash at its end
 * @param authorization header; absent where the environment has none
 */
public record MlflowAddress(URI uri, Optional<String> authorization) {
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
  private static final String NAME = "MLFLOW_TRACKING_USERNAME";
  private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";

  /**
   * The server at an address, with the credentials that MLflow's own client would take. What is no
   * address of a server is a user error, and so is one that a secret would reach unsealed.
   */
  public static MlflowAddress of(String address, Map<String, String> environment) {
    URI uri = http(address);
    Optional<String> authorization =
        Optional.ofNullable(environment.get(TOKEN))
            .map(token -> "Bearer " + token.strip())
            .or(
                () ->
                    Optional.ofNullable(environment.get(NAME))
                        .map(name -> name + ":" + environment.getOrDefault(PASSWORD, ""))
                        .map(
                            pair ->
                                "Basic "
                                    + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    if (authorization.isPresent() && LocalNames.trusted(address.strip()).isEmpty()) {
      throw user(
          "%s would receive a password or token in the clear, expected https://… (http:// on this"
              + " machine alone)",
          uri);
    }
    return new MlflowAddress(uri, authorization);
  }

  private static URI http(String address) {
    try {
      URI uri = URI.create(address.strip().replaceFirst("/+$", ""));
      String scheme = String.valueOf(uri.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException ignored) {
      // Said below.
    }
    throw user(
        "the MLflow server is '%s', expected its address, such as http://127.0.0.1:5000", address);
  }
}
