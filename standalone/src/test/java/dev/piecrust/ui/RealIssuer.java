package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/** An issuer of OpenID Connect that others wrote: oidc-provider, on Node. */
final class RealIssuer implements AutoCloseable {
  /** Names the folder into which oidc-provider is installed. */
  static final String VARIABLE = "PIECRUST_OIDC_PROVIDER";

  static final String CLIENT = "piecrust-lab";
  static final String SECRET = "a secret of the client, long enough for it";

  private static final String ANNOUNCED = "issuer ";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String address;

  private RealIssuer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it and waits until it answers. */
  static RealIssuer start(String folder) throws IOException, URISyntaxException {
    Path script =
        Path.of(Objects.requireNonNull(RealIssuer.class.getResource("/issuer/issuer.mjs")).toURI());
    ProcessBuilder builder = new ProcessBuilder("node", script.toString(), folder);
    builder.environment().put("ISSUER_SECRET", SECRET);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader printed =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String first = printed.readLine();
    assertThat(first).as("what the issuer prints first").startsWith(ANNOUNCED);
    return new RealIssuer(process, first.substring(ANNOUNCED.length()));
  }

  String address() {
    return address;
  }

  /**
   * An access token for a program.
   *
   * @param role that its client has
   * @param resource which of the issuer's resources it is for; {@code urn:piecrust} is this one
   */
  String token(String role, String resource) throws IOException, InterruptedException {
    String login =
        Base64.getEncoder()
            .encodeToString(
                (role + "-program:" + SECRET.replace(" ", "+").replace(",", "%2C"))
                    .getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address + "/token"))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&resource=" + resource))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body()).path("access_token").asText();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
