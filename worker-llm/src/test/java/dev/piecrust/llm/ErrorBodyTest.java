package dev.piecrust.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorBodyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error": {"message": "Unknown model", "type": "x", "code": 404}} | Unknown model
          {"error": "model 'x' not found"} | model 'x' not found
          {"object": "error", "message": "max_tokens is too large", "code": 400} | max_tokens is too large
          {"detail": "Not Found"} | Not Found
          {"detail": [{"type": "missing", "loc": ["body", "model"], "msg": "Field required"}, {"loc": ["body"], "msg": "Bad"}]} | body.model: Field required; body: Bad
          {"timestamp": 1, "status": 400, "error": "Bad Request", "message": "no such field"} | Bad Request: no such field
          [{"error": {"code": 400, "message": "API key not valid."}}] | API key not valid.
          {"type": "error", "error": {"type": "invalid_request_error", "message": "prompt is too long"}} | prompt is too long
          {"error": {"code": 7, "detail": "a detail"}} | a detail
          {"errors": ["one", "two"]} | one; two
          "just a string" | just a string
          upstream connect error | upstream connect error
          {"error": | {"error":
          <html><head><title>502 Bad Gateway</title></head><body>nginx</body></html> | a page titled 502 Bad Gateway
          <!DOCTYPE html><html><body><h1 class="x">Sign <b>in</b></h1></body></html> | a page titled Sign in
          <p>no</p> | a page
          {"status": 500} | ''
          {} | ''
          '' | ''
          """)
  void readsTheWordsOfRealServers(String body, String words) {
    assertThat(ErrorBody.words(body)).isEqualTo(words);
  }

  @Test
  void makesOneShortLineOfThem() {
    assertThat(ErrorBody.words("{\"error\": \"one\\n\\ttwo\\u001b[31m\\u202e three\"}"))
        .isEqualTo("one two [31m three");
    assertThat(ErrorBody.words("x".repeat(1000))).hasSize(301).endsWith("…");
    assertThat(ErrorBody.words("[".repeat(100_000))).hasSize(301);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/v1/chat?key=secret&x=1, https://h/v1/chat",
    "https://me:secret@h:8443/v1#secret, https://h:8443/v1",
    "http://127.0.0.1:8000/v1, http://127.0.0.1:8000/v1"
  })
  void showsAnAddressWithoutItsSecrets(String url, String shown) {
    assertThat(ErrorBody.address(url)).isEqualTo(shown);
  }
}
