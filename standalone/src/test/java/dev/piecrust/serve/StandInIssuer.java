package dev.piecrust.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An issuer of OpenID Connect that signs whatever it is asked to, and lets in whoever is named,
 * once, without asking for a password.
 */
public final class StandInIssuer implements AutoCloseable {
  public static final String CLIENT = "piecrust-lab";

  private static final String CODE = "a-code-of-the-issuer";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final HttpServer server;
  private final KeyPair keys = newKeys();
  private volatile String visitor = "";
  private volatile String visitorsRole = "";
  private volatile String challenge = "none";
  private volatile Optional<String> nonce = Optional.empty();

  public StandInIssuer() throws IOException, GeneralSecurityException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(
        "/.well-known/openid-configuration",
        Map.of(
            "issuer", address(),
            "jwks_uri", address() + "/keys",
            "token_endpoint", address() + "/token",
            "authorization_endpoint", address() + "/authorize"));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::exchange);
    serve("/keys", Map.of("keys", List.of(publicKey())));
    server.start();
  }

  /** From now on browsers that come here are this person's; empty for someone unknown. */
  public void expect(String name, String role) {
    visitor = name;
    visitorsRole = role;
  }

  /** Sends a browser back with a code, and remembers what it was asked for. */
  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    String back = Objects.requireNonNull(asked.get("redirect_uri"));
    String answer = visitor.isEmpty() ? "error=access_denied" : "code=" + CODE;
    challenge = asked.getOrDefault("code_challenge", "none");
    nonce = Optional.ofNullable(asked.get("nonce"));
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            back + "?" + answer + "&state=" + encode(Objects.requireNonNull(asked.get("state"))));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  /** Gives tokens for the code, to whom it was given (RFC 7636), once. */
  private void exchange(HttpExchange exchange) throws IOException {
    Map<String, String> asked =
        parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    boolean known =
        CODE.equals(asked.get("code"))
            && challenge.equals(s256(asked.getOrDefault("code_verifier", "")));
    challenge = "used";
    Map<String, Object> claims = claims(visitor, visitorsRole);
    nonce.ifPresent(value -> claims.put("nonce", value));
    try {
      answer(
          exchange,
          known ? 200 : 400,
          known
              ? Map.of(
                  "access_token",
                  token(visitor, visitorsRole),
                  "id_token",
                  signed(claims),
                  "token_type",
                  "Bearer",
                  "expires_in",
                  300)
              : Map.of("error", "invalid_grant"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String s256(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return BASE64.encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private void serve(String path, Object body) {
    server.createContext(path, exchange -> answer(exchange, 200, body));
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = Json.write(body).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a token of someone who has a role says, valid for five minutes. */
  Map<String, Object> claims(String name, String role) {
    long now = Instant.now().getEpochSecond();
    return new HashMap<>(
        Map.of(
            "iss",
            address(),
            "aud",
            CLIENT,
            "sub",
            "subject-of-" + name,
            "preferred_username",
            name,
            "iat",
            now,
            "exp",
            now + 300,
            "groups",
            List.of("everyone"),
            "piecrust",
            Map.of("roles", List.of(role))));
  }

  String token(String name, String role) throws GeneralSecurityException {
    return signed(claims(name, role));
  }

  String signed(Map<String, Object> claims) throws GeneralSecurityException {
    return signed(claims, keys);
  }

  /** Signed with a key that is not the issuer's, under the name of its key. */
  String forged(Map<String, Object> claims) throws GeneralSecurityException {
    return signed(claims, newKeys());
  }

  /** "Signed" with the public key as if it were a secret. */
  String confused(Map<String, Object> claims) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(keys.getPublic().getEncoded(), "HmacSHA256"));
    String content = content("HS256", claims);
    return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(UTF_8)));
  }

  String unsigned(Map<String, Object> claims) {
    return content("none", claims) + ".";
  }

  private static String signed(Map<String, Object> claims, KeyPair keys)
      throws GeneralSecurityException {
    String content = content("RS256", claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(content.getBytes(UTF_8));
    return content + "." + BASE64.encodeToString(signature.sign());
  }

  private static String content(String algorithm, Map<String, Object> claims) {
    return part(Map.of("alg", algorithm, "kid", "one", "typ", "JWT")) + "." + part(claims);
  }

  private static String part(Object json) {
    return BASE64.encodeToString(Json.write(json).getBytes(UTF_8));
  }

  private Map<String, String> publicKey() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return Map.of(
        "kty", "RSA",
        "use", "sig",
        "alg", "RS256",
        "kid", "one",
        "n", number(key.getModulus()),
        "e", number(key.getPublicExponent()));
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return BASE64.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
