package dev.piecrust.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceTableTest {
  private static final Price OWN =
      new Price(
          BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, BigDecimal.TEN, new BigDecimal("0.25"));

  private static final Optional<String> NO_URL = Optional.empty();

  @TempDir Path folder;

  @Test
  void knowsListPricesWithAndWithoutADate() {
    PriceTable table = PriceTable.shipped();
    Price luna = table.price(openai("gpt-6-luna")).orElseThrow();
    assertThat(luna.input()).isEqualByComparingTo("0.1");
    assertThat(luna.cachedInput()).isEqualByComparingTo("0.01");
    assertThat(luna.cacheWrite()).isEqualByComparingTo("0.125");
    assertThat(luna.output()).isEqualByComparingTo("0.5");
    assertThat(luna.batchShare()).isEqualByComparingTo("0.5");
    assertThat(luna.flexShare()).isEqualByComparingTo("0.5");
    assertThat(luna.priorityTimes()).isEqualByComparingTo("2");
    assertThat(table.price(openai("gpt-6-luna-2026-08-07"))).contains(luna);
    LlmSpec haiku = LlmSpec.of(LlmProviderKind.ANTHROPIC, "claude-haiku-4-5-20251001");
    assertThat(table.price(haiku).orElseThrow().output()).isEqualByComparingTo("5");
  }

  @Test
  void takesTheSpecsOwnPriceFirst() {
    assertThat(PriceTable.shipped().price(with("gpt-6-luna", Optional.of(OWN), false)))
        .contains(OWN);
  }

  @Test
  void knowsThatTheBaselineIsFree() {
    assertThat(PriceTable.shipped().price(LlmSpec.lexical())).contains(Price.free());
  }

  @Test
  void refusesAnUnknownPriceUnlessTheSpecAllowsIt() {
    PriceTable table = PriceTable.shipped();
    assertThatThrownBy(() -> table.price(openai("my-own")))
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining("the price of openai's model 'my-own' is unknown");
    assertThat(table.price(with("my-own", Optional.empty(), true))).isEmpty();
  }

  @Test
  void mergesTheUsersFileOverIt() throws IOException {
    Path file =
        write("{\"models\": {\"openai\": {\"my-own\": {\"input\": 0.1, \"output\": 0.3}}}}");
    PriceTable table = PriceTable.load(Optional.of(file));
    Price own = table.price(openai("my-own")).orElseThrow();
    assertThat(own.input()).isEqualTo(new BigDecimal("0.1"));
    assertThat(own.cachedInput()).isEqualTo(new BigDecimal("0.1"));
    assertThat(own.reasoning()).isEqualTo(new BigDecimal("0.3"));
    assertThat(own.batchShare()).isEqualByComparingTo("1");
    assertThat(table.price(openai("gpt-6-luna"))).isPresent();
  }

  @Test
  void knowsADateAndASourceOfEachPrice() {
    assertThat(PriceTable.shipped().all())
        .hasSizeGreaterThan(40)
        .allMatch(price -> price.asOf().isPresent() && !price.source().isBlank());
  }

  @Test
  void saysThatAPriceIsOldAfterNinetyDays() {
    ListedPrice luna = PriceTable.shipped().find("openai", "gpt-6-luna", NO_URL).orElseThrow();
    LocalDate day = luna.asOf().orElseThrow();
    assertThat(luna.warning(day.plusDays(90))).isEmpty();
    assertThat(luna.warning(day.plusDays(91)).orElseThrow())
        .startsWith("the price of openai's gpt-6-luna is of " + day)
        .contains("developers.openai.com");
  }

  @Test
  void costsMoreWhereDataStayInARegion() {
    PriceTable table = PriceTable.shipped();
    Optional<String> eu = Optional.of("https://eu.api.openai.com/v1");
    Price price = table.find("openai", "gpt-6.1-sol", eu).orElseThrow().price();
    assertThat(price.input()).isEqualByComparingTo("2.2");
    assertThat(price.cacheWrite()).isEqualByComparingTo("2.75");
    assertThat(price.output()).isEqualByComparingTo("11");
    assertThat(price.at(300_000).input()).isEqualByComparingTo("4.4");
    Price old = table.find("openai", "gpt-5.4", eu).orElseThrow().price();
    assertThat(old.input()).isEqualByComparingTo("2.5");
  }

  @Test
  void knowsWhomAnAddressPays() {
    PriceTable table = PriceTable.shipped();
    Optional<String> groq = Optional.of("https://api.groq.com/openai/v1");
    assertThat(table.find("openai", "openai/gpt-oss-120b", groq)).isPresent();
    assertThat(table.find("openai", "openai/gpt-oss-120b", NO_URL)).isEmpty();
    Optional<String> gemini =
        Optional.of("https://generativelanguage.googleapis.com/v1beta/openai");
    assertThat(
            table
                .find("openai", "gemini-3.8-flash", gemini)
                .orElseThrow()
                .price()
                .times(ServiceTier.PRIORITY))
        .isEqualByComparingTo("1.8");
  }

  @Test
  void readsEveryKeyOfTheUsersFile() throws IOException {
    Path file =
        write(
            """
            {"date": "2026-10-01", "source": "a letter", "models": {"openai": {
              "own": {"input": 1, "output": 3, "cache_write": 2, "flex_share": 0.25,
                      "priority_times": 3, "region_times": 1.5,
                      "long_context": {"above": 10, "input": 5, "output_times": 2}},
              "dated": {"input": 1, "output": 3, "as_of": "2026-11-01", "source": "a call"}}}}
            """);
    PriceTable table = PriceTable.load(Optional.of(file));
    ListedPrice own = table.find("openai", "own", NO_URL).orElseThrow();
    assertThat(own.asOf()).contains(LocalDate.of(2026, 10, 1));
    assertThat(own.source()).isEqualTo("a letter");
    assertThat(own.price().cacheWrite()).isEqualByComparingTo("2");
    assertThat(own.price().times(ServiceTier.FLEX)).isEqualByComparingTo("0.25");
    assertThat(own.price().times(ServiceTier.PRIORITY)).isEqualByComparingTo("3");
    assertThat(own.price().at(11).input()).isEqualByComparingTo("5");
    assertThat(own.price().at(11).output()).isEqualByComparingTo("6");
    assertThat(own.price().at(10).input()).isEqualByComparingTo("1");
    ListedPrice dated = table.find("openai", "dated", NO_URL).orElseThrow();
    assertThat(dated.asOf()).contains(LocalDate.of(2026, 11, 1));
    assertThat(dated.source()).isEqualTo("a call");
  }

  @Test
  void refusesNumbersThatAreNoPrices() throws IOException {
    for (String number : List.of("-1", "1e999999999", "1e-999999999", "1e7")) {
      Path file =
          write(
              "{\"models\": {\"openai\": {\"x\": {\"input\": %s, \"output\": 1}}}}"
                  .formatted(number));
      assertThatThrownBy(() -> PriceTable.load(Optional.of(file)))
          .as(number)
          .hasMessageMatching(
              ".*: openai/x.input is [-+E0-9]+, expected a number of USD per million tokens, from 0"
                  + " to 1000000");
    }
  }

  @Test
  void readsWhatAnOlderProgramWrote() {
    String json =
        "{\"input\":1,\"cachedInput\":0.5,\"output\":3,\"reasoning\":4,\"batchShare\":0.5}";
    Price price = Json.read(json, Price.class, "a price");
    assertThat(price.cacheWrite()).isEqualByComparingTo("1");
    assertThat(price.flexShare()).isEqualByComparingTo("0.5");
    assertThat(price.longContext()).isEmpty();
    assertThat(Json.read(Json.write(OWN), Price.class, "a price")).isEqualTo(OWN);
    String usage = "{\"input\":5,\"cachedInput\":2,\"output\":3,\"reasoning\":1}";
    assertThat(Json.read(usage, TokenUsage.class, "a usage")).isEqualTo(new TokenUsage(5, 2, 3, 1));
  }

  @Test
  void namesWhatIsWrongInTheUsersFile() throws IOException {
    Path noOutput = write("{\"models\": {\"openai\": {\"x\": {\"input\": 0.1}}}}");
    assertThatThrownBy(() -> PriceTable.load(Optional.of(noOutput)))
        .hasMessageEndingWith(
            "openai/x.output is missing, expected a number of USD per million tokens, from 0 to"
                + " 1000000");
    Path noJson = write("{\n\"models\": oops}");
    assertThatThrownBy(() -> PriceTable.load(Optional.of(noJson)))
        .hasMessageContaining("is not valid JSON at line 2, column");
    Path missing = folder.resolve("nowhere.json");
    assertThatThrownBy(() -> PriceTable.load(Optional.of(missing)))
        .hasMessageContaining("nowhere.json: there is no such file");
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("prices.json"), json);
  }

  private static LlmSpec openai(String model) {
    return LlmSpec.of(LlmProviderKind.OPENAI, model);
  }

  private static LlmSpec with(String model, Optional<Price> price, boolean unpriced) {
    LlmSpec base = openai(model);
    return new LlmSpec(
        base.provider(),
        base.model(),
        base.baseUrl(),
        base.apiKeyEnv(),
        base.schedule(),
        base.temperature(),
        base.maxOutputTokens(),
        base.concurrency(),
        base.timeoutSeconds(),
        price,
        unpriced);
  }
}
