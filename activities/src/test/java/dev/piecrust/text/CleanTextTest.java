package dev.piecrust.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x1B, 0x9B, 0x07, 0x0D, 0x7F, 0x85, 0x202E, 0x2066, 0x200B, 0x200F, 0xFEFF, 0xAD, 0x2028,
        0x2029, 0xD83D, 0xE0041
      })
  void marksWhatIsHidden(int c) throws Exception {
    String hidden = Character.toString(c);
    assertThat(CleanText.shown("a" + hidden + "b")).isEqualTo("a\ufffdb");
    assertThat(CleanText.of("a" + hidden + "b", 9)).isEqualTo("ab");
    assertThat(CleanText.line("a" + hidden + "b", 9)).isIn("a\ufffdb", "a b");
    String escaped = CleanText.json("\"a" + hidden + "b\"");
    assertThat(escaped).matches("\"a(\\\\u[0-9a-f]{4})+b\"");
    if (c != 0xD83D) { // a lone surrogate is no text, and reads as none
      assertThat(new ObjectMapper().readValue(escaped, String.class)).isEqualTo("a" + hidden + "b");
    }
  }

  @Test
  void leavesTextAsItIs() {
    String text = "naïve 日本語 😀\n\tx";
    assertThat(CleanText.shown(text)).isSameAs(text);
    assertThat(CleanText.json(text)).isSameAs(text);
  }

  @Test
  void putsTextOnOneLineOfABoundedLength() {
    assertThat(CleanText.line(" a\r\n b\u2028c ", 10)).isEqualTo("a b c");
    assertThat(CleanText.line("😀😀😀😀", 3)).isEqualTo("😀😀…");
  }
}
