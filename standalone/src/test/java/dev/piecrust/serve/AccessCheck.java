package dev.piecrust.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Serving;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Asks a program as people of each role.
 *
 * @param tokens by role
 */
public record AccessCheck(Serving serving, Map<String, String> tokens) {
  static final String WHO = "{\"who\": \"someone else\", \"usd\": \"5\"}";

  /** What those get who may ask: an answer, or a word on what they asked. */
  private static final Integer[] HEARD = {200, 400, 404, 409};

  /**
   * What strangers get at a door: as well the way in, the question who they are, a form's refusal.
   */
  private static final Integer[] AT_A_DOOR = {200, 302, 303, 400, 401, 404, 415};

  public void isOpenToItsRoleAndThoseAbove(Endpoint endpoint) throws Exception {
    for (String role : Endpoint.ROLES) {
      String token = String.valueOf(tokens.get(role));
      if (endpoint.isOpenTo(role)) {
        isOpenTo(endpoint, token);
      } else {
        isClosedTo(endpoint, token, 403, "may not do this");
      }
    }
  }

  void isOpenTo(Endpoint endpoint, String token) throws Exception {
    Integer[] expected = endpoint.least().isEmpty() ? AT_A_DOOR : HEARD;
    assertThat(ask(endpoint, token).statusCode()).as(endpoint.toString()).isIn((Object[]) expected);
  }

  public void isClosedTo(Endpoint endpoint, String token, int status, String words)
      throws Exception {
    isProblem(ask(endpoint, token), status, words);
  }

  private HttpResponse<String> ask(Endpoint endpoint, String token) throws Exception {
    String path = endpoint.address("nix");
    return switch (endpoint.method()) {
      case "GET" -> serving.get(path, token);
      case "DELETE" -> serving.send(serving.request(path, token).DELETE());
      default -> serving.post(path, token, WHO);
    };
  }

  static void isProblem(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains(words).contains("\"status\":" + status);
  }
}
