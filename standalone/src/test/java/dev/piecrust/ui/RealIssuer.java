package dev.piecrust.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Objects;

/** An issuer of OpenID Connect that others wrote: oidc-provider, on Node. */
final class RealIssuer implements AutoCloseable {
  /** Names the folder into which oidc-provider is installed. */
  static final String VARIABLE = "PIECRUST_OIDC_PROVIDER";

  static final String CLIENT = "piecrust-lab";
  static final String SECRET = "a secret of the client, long enough for it";

  /** The issuer's name for what its tokens are for: PieCrust. */
  static final String HERE = "urn:piecrust";

  private static final String ANNOUNCED = "issuer ";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

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
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String first = printed.readLine();
    assertThat(first).as("what the issuer prints first").startsWith(ANNOUNCED);
    return new RealIssuer(process, first.substring(ANNOUNCED.length()));
  }

  String address() {
    return address;
  }

  /** An access token for a program whose client has a role here. */
  String token(String role) throws IOException, InterruptedException {
    return token(role, HERE);
  }

  /**
   * The same for something else.
   *
   * @param resource which of the issuer's resources it is for, such as {@link #HERE}
   */
  String token(String role, String resource) throws IOException, InterruptedException {
    String login = role + "-program:" + URLEncoder.encode(SECRET, UTF_8);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address + "/token"))
                .header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&resource=" + resource))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body()).path("access_token").asText();
  }

  /** What a token says, signed by nobody. */
  static String unsigned(String token) {
    return part("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + token.split("\\.")[1] + ".";
  }

  /** What a token says, signed with a key of somebody else, under the name of the issuer's key. */
  static String forged(String token) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(generator.generateKeyPair().getPrivate());
    String said = token.substring(0, token.lastIndexOf('.'));
    signature.update(said.getBytes(UTF_8));
    return said + "." + BASE64.encodeToString(signature.sign());
  }

  /** A token whose role was changed after it was signed. */
  static String promoted(String token) {
    String[] parts = token.split("\\.");
    String said = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    assertThat(said).contains("\"viewer\"");
    return parts[0] + "." + part(said.replace("\"viewer\"", "\"admin\"")) + "." + parts[2];
  }

  private static String part(String json) {
    return BASE64.encodeToString(json.getBytes(UTF_8));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
