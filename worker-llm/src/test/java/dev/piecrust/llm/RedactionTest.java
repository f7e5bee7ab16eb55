package dev.piecrust.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  @ParameterizedTest
  @ValueSource(strings = {"sk-planted-0123456789abcdef", "a\"b\\c/d+e=f&g<h>i'j%k~l"})
  void hidesASecretInEveryForm(String secret) {
    Redaction redaction = Redaction.of(secret);
    assertThat(redaction.hide("a " + secret + " b")).isEqualTo("a … b");
    assertThat(redaction.hide(URLEncoder.encode(secret, UTF_8))).isEqualTo("…");
    assertThat(redaction.hide(URLEncoder.encode(URLEncoder.encode(secret, UTF_8), UTF_8)))
        .isEqualTo("…");
    assertThat(
            redaction.hide(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/")))
        .isEqualTo("…");
    assertThat(
            redaction.hide(
                secret
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&#62;")
                    .replace("'", "&#x27;")
                    .replace("\"", "&quot;")))
        .isEqualTo("…");
    assertThat(redaction.hide(HexFormat.of().withUpperCase().formatHex(secret.getBytes(UTF_8))))
        .isEqualTo("…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "Bearer "})
  void hidesItInBase64AtAnyPlace(String before) {
    String secret = "sk-planted-0123456789abcdef";
    byte[] bytes = (before + secret + "\r\nmore").getBytes(UTF_8);
    String middle = Base64.getEncoder().encodeToString(secret.substring(6, 18).getBytes(UTF_8));
    for (Base64.Encoder encoder :
        new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
      String hidden = Redaction.of(secret).hide(encoder.encodeToString(bytes));
      assertThat(hidden).contains("…").doesNotContain(middle);
      // Of the secret's own digits, those are left that its neighbours decide too.
      assertThat(hidden.length()).isLessThan((bytes.length - secret.length()) * 4 / 3 + 8);
    }
  }

  @Test
  void leavesOtherTextAlone() {
    String text = "names of people, such as Mary: sk-planted";
    assertThat(Redaction.of("sk-planted-0123456789abcdef").hide(text)).isEqualTo(text);
    assertThat(Redaction.of("names").hide(text)).isEqualTo(text);
  }
}
