package dev.piecrust.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates render as Hugging Face transformers renders them (chat/make_fixtures.py). */
final class ChatTemplateTest {
  @TempDir Path folder;

  private static JsonNode fixtures() throws IOException {
    return new ObjectMapper()
        .readTree(
            Objects.requireNonNull(
                ChatTemplateTest.class.getResourceAsStream("/chat/fixtures.json")));
  }

  private static Stream<JsonNode> all(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @TestFactory
  Stream<DynamicTest> promptsAreThoseOfTransformers() throws IOException {
    return all(fixtures().path("templates"))
        .map(one -> dynamicTest(one.path("name").asText(), () -> prompts(one)));
  }

  private void prompts(JsonNode family) throws IOException {
    Path settings = folder.resolve("tokenizer_config.json");
    Files.writeString(settings, family.path("settings").toString());
    ChatTemplate template = ChatTemplate.read(folder);
    assertThat(family.path("prompts")).isNotEmpty();
    for (JsonNode prompt : family.path("prompts")) {
      assertThat(template.prompt(prompt.path("text").asText()))
          .isEqualTo(prompt.path("rendered").asText());
    }
  }

  @TestFactory
  Stream<DynamicTest> eachConstructGivesWhatTransformersMakesOfIt() throws IOException {
    JsonNode fixtures = fixtures();
    Map<String, Object> values = new LinkedHashMap<>();
    fixtures
        .path("values")
        .properties()
        .forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
    return all(fixtures.path("snippets"))
        .map(
            one ->
                dynamicTest(
                    one.path("template").asText(),
                    () ->
                        assertThat(
                                Template.read("snippet", one.path("template").asText())
                                    .render(values))
                            .isEqualTo(one.path("rendered").asText())));
  }

  private static Object value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(part -> list.add(value(part)));
      return list;
    }
    return node.isNull()
        ? Nothing.NONE
        : node.isBoolean()
            ? (Object) node.booleanValue()
            : node.isTextual()
                ? node.textValue()
                : node.isIntegralNumber() ? (Object) node.longValue() : node.doubleValue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {% for x in %}{% endfor %}        | line 1: ends a part, expected a value
          {% if true %}b                    | expected one of [elif, else, endif]
          {% include 'x' %}                 | has the block 'include', expected if, for, set
          {{ x.y.z }}                       | asks for a part of what is not defined
          {{ 'a' + 1 }}                     | expected two numbers, texts or lists
          {{ [1] }}                         | writes a list, expected a text or a number
          {{ (1                             | a part is not closed, expected }}
          {{ 'a' is notest }}               | has the test 'notest'
          {{ strange() }}                   | calls what is no function
          {{ raise_exception('no') }}       | refuses the conversation ('no')
          {{ 1 // 0 }}                      | divides by 0
          {{ 1 $ 2 }}                       | is not understood
          {{ 9999999999 * 9999999999 }}     | numbers that are too large
          {% for i in range(10**9) %}x      | expected a value
          {% for i in range(999999) %}{% endfor %} | counts further than 100000
          {% macro f() %}{{ f() }}{% endmacro %}{{ f() }} | macros that call each other without end
          {# never closed                   | a comment is not closed
          {% raw %}x                        | is not closed
          """)
  void whatIsNotReadIsRefusedInOneSentence(String template, String expected) {
    assertThatThrownBy(() -> Template.read("t.jinja", template).render(Map.of()))
        .isInstanceOf(PieCrustException.class)
        .hasMessageStartingWith("t.jinja")
        .hasMessageContaining(expected);
  }

  @Test
  void aFilterThatIsNotKnownIsRefusedByName() {
    assertThatThrownBy(() -> Template.read("t", "{{ 'a' | strange }}").render(Map.of()))
        .hasMessageContaining("has the filter 'strange', expected one that chat templates use");
  }

  @Test
  void whatDoesNotEndIsEnded() {
    String loops =
        """
        {% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}""";
    String doubled =
        """
        {% set ns = namespace(x='ab') %}{% for a in range(99) %}{% set ns.x = ns.x ~ ns.x %}\
        {% endfor %}""";
    assertThatThrownBy(() -> Template.read("t", loops).render(Map.of()))
        .hasMessageContaining("takes more than 1000000 steps");
    assertThatThrownBy(() -> Template.read("t", doubled).render(Map.of()))
        .hasMessageContaining("expected at most 1048576");
    assertThatThrownBy(() -> Template.read("t", "{{ " + "not ".repeat(9999) + "x }}"))
        .hasMessageContaining("nests more than");
    assertThatThrownBy(() -> Template.read("t", "{% if a %}".repeat(9999)))
        .hasMessageContaining("nests more than");
  }

  @Test
  void itsOwnFileComesBeforeTheSettings() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        """
        {"bos_token": {"content": "<s>"}, "add_bos_token": true,
         "chat_template": [{"name": "tools", "template": "x"},
                           {"name": "default", "template": "{{ bos_token }}{{ messages[0].content }}"}]}
        """);
    assertThat(ChatTemplate.read(folder).prompt("hi")).isEqualTo("<s>hi");
    Files.writeString(
        folder.resolve("chat_template.jinja"), "{{ messages[0].role }}: {{ messages[0].content }}");
    assertThat(ChatTemplate.read(folder).prompt("hi")).isEqualTo("user: hi");
  }

  @Test
  void aFolderWithoutOneIsRefused() {
    assertThatThrownBy(() -> ChatTemplate.read(folder))
        .hasMessageContaining("has no chat template, expected chat_template.jinja");
  }
}
