package dev.piecrust.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said where a server is none of MLflow's, or does not let one in. */
final class MlflowServerTest {
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private int status = 200;
  private String body = "{}";
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] answer = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void asksForALoginWhereItIsNotLetIn() {
    status = 401;
    body = "You are not authenticated.";
    assertThatThrownBy(() -> server(Map.of("MLFLOW_TRACKING_TOKEN", "wrong")).get("mlflow/x"))
        .isInstanceOfSatisfying(
            PieCrustException.class, e -> assertThat(e.category()).isEqualTo(FailureCategory.USER))
        .hasMessageMatching(
            "the MLflow server at http://127\\.0\\.0\\.1:\\d+ lets nobody in without a valid login"
                + " \\(status 401\\), expected MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME"
                + " and MLFLOW_TRACKING_PASSWORD");
    assertThat(logins).containsExactly("Bearer wrong");
  }

  @Test
  void takesThePasswordsOfMlflowsOwnClient() {
    server(Map.of("MLFLOW_TRACKING_USERNAME", "ada", "MLFLOW_TRACKING_PASSWORD", "pw"))
        .get("mlflow/x");
    server(Map.of()).get("mlflow/x");
    assertThat(logins).containsExactly("Basic YWRhOnB3", "null");
  }

  @Test
  void tellsAnotherServerFromMlflow() {
    status = 404;
    body = "<html>not found</html>";
    assertThatThrownBy(() -> server(Map.of()).get("mlflow/x"))
        .hasMessageContaining("answered with status 404 and not as MLflow does, expected");
    status = 200;
    assertThatThrownBy(() -> server(Map.of()).get("mlflow/x"))
        .hasMessageContaining("answered with status 200 and not as MLflow does, expected");
  }

  @Test
  void handsOnWhatMlflowRefuses() {
    status = 400;
    body = "{\"error_code\":\"INVALID\",\"message\":\"Changing param values\\nis not allowed\"}";
    assertThatThrownBy(() -> server(Map.of()).post("mlflow/x", Json.mapper().createObjectNode()))
        .hasMessageEndingWith("refused (status 400): Changing param values is not allowed");
    status = 404;
    body = "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"none\"}";
    assertThat(server(Map.of()).get("mlflow/x")).isEmpty();
  }

  @Test
  void sendsNoPasswordInTheClear() {
    Map<String, String> token = Map.of("MLFLOW_TRACKING_TOKEN", "t");
    assertThatThrownBy(() -> MlflowAddress.of("http://mlflow.example.org:5000", token))
        .hasMessageContaining("would receive a password or token in the clear, expected https");
    assertThat(MlflowAddress.of("https://mlflow.example.org/", token).uri())
        .hasToString("https://mlflow.example.org");
    assertThat(MlflowAddress.of("http://mlflow.example.org:5000", Map.of()).authorization())
        .isEmpty();
    for (String wrong : List.of("mlflow", "file:///runs", "http://", "ht tp://x")) {
      assertThatThrownBy(() -> MlflowAddress.of(wrong, Map.of()))
          .hasMessageContaining("expected its address, such as http://127.0.0.1:5000");
    }
  }

  private MlflowServer server(Map<String, String> environment) {
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    return new MlflowServer(MlflowAddress.of(address, environment));
  }
}
