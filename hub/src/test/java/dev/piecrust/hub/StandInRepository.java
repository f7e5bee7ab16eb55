package dev.piecrust.hub;

import com.sun.net.httpserver.HttpExchange;
import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One repository of the {@link StandInHub}: its commits, and who may read it. */
final class StandInRepository {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

  /** Everything that is as long as this is a large file, as safetensors are at the hub. */
  private static final int LARGE = 1000;

  private final Map<String, Map<String, byte[]>> commits = new LinkedHashMap<>();
  private String newest = "";
  private Optional<String> token = Optional.empty();
  private int refusal;
  private String reason = "";

  synchronized String push(Map<String, byte[]> files) {
    StringBuilder content = new StringBuilder(newest);
    new TreeMap<>(files).forEach((path, bytes) -> content.append(path).append(Sha256.of(bytes)));
    newest = Sha256.of(content.toString()).substring(0, 40);
    commits.put(newest, new TreeMap<>(files));
    return newest;
  }

  /** From now on others are refused. */
  synchronized void letIn(String allowed, int status, String code) {
    token = Optional.of(allowed);
    refusal = status;
    reason = code;
  }

  synchronized Optional<StandInHub.Fault> refusal(String authorization) {
    return token
        .filter(allowed -> !authorization.equals("Bearer " + allowed))
        .map(allowed -> StandInHub.status(refusal, "X-Error-Code=" + reason));
  }

  synchronized Optional<String> commit(String revision) {
    return commits.containsKey(revision)
        ? Optional.of(revision)
        : Optional.of(newest).filter(any -> revision.equals("main"));
  }

  synchronized Map<String, Object> listing(String commit) {
    List<Object> siblings = new ArrayList<>();
    files(commit).forEach((path, content) -> siblings.add(sibling(path, content)));
    return Map.of("sha", commit, "gated", false, "siblings", siblings);
  }

  private synchronized Map<String, byte[]> files(String commit) {
    return commits.getOrDefault(commit, Map.of());
  }

  private static Map<String, Object> sibling(String path, byte[] content) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("rfilename", path);
    file.put("size", content.length);
    file.put("blobId", gitBlob(content));
    if (content.length >= LARGE) {
      file.put("lfs", Map.of("sha256", Sha256.of(content), "size", content.length));
    }
    return file;
  }

  /** As {@code git hash-object} has it. */
  static String gitBlob(byte[] content) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A small file's content, or where a large one's is. */
  void file(HttpExchange exchange, String commit, String path, UnaryOperator<String> elsewhere)
      throws IOException {
    byte[] content = files(commit).get(path);
    exchange.getResponseHeaders().set("X-Repo-Commit", commit);
    if (content == null) {
      StandInHub.status(404, "X-Error-Code=EntryNotFound").play(exchange, new byte[0]);
    } else if (content.length >= LARGE) {
      String sha256 = Sha256.of(content);
      StandInHub.status(
              302,
              "X-Linked-Etag=\"" + sha256 + "\"",
              "X-Linked-Size=" + content.length,
              "Location=" + elsewhere.apply(sha256))
          .play(exchange, content);
    } else {
      exchange.getResponseHeaders().set("ETag", "\"" + gitBlob(content) + "\"");
      send(exchange, content);
    }
  }

  /** The content, or the range of it that is asked for. */
  static void send(HttpExchange exchange, byte[] content) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
    Matcher wanted = RANGE.matcher(range);
    int from = wanted.matches() ? Integer.parseInt(wanted.group(1)) : 0;
    int to =
        wanted.matches() && !wanted.group(2).isEmpty()
            ? Integer.parseInt(wanted.group(2)) + 1
            : content.length;
    if (from >= content.length && content.length > 0) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (wanted.matches()) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, content.length));
    }
    exchange.sendResponseHeaders(wanted.matches() ? 206 : 200, to == from ? -1 : to - from);
    exchange.getResponseBody().write(content, from, to - from);
  }
}
