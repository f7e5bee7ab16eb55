package dev.piecrust.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceTableTest {
  private static final Price OWN =
      new Price(
          BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, BigDecimal.TEN, new BigDecimal("0.25"));

  @TempDir Path folder;

  @Test
  void knowsListPricesWithAndWithoutADate() {
    PriceTable table = PriceTable.shipped();
    Price mini = table.price(openai("gpt-5-mini")).orElseThrow();
    assertThat(mini.input()).isEqualByComparingTo("0.25");
    assertThat(mini.cachedInput()).isEqualByComparingTo("0.025");
    assertThat(mini.output()).isEqualByComparingTo("2");
    assertThat(mini.batchShare()).isEqualByComparingTo("0.5");
    assertThat(table.price(openai("gpt-5-mini-2025-08-07"))).contains(mini);
    LlmSpec haiku = LlmSpec.of(LlmProviderKind.ANTHROPIC, "claude-haiku-4-5-20251001");
    assertThat(table.price(haiku).orElseThrow().output()).isEqualByComparingTo("5");
  }

  @Test
  void takesTheSpecsOwnPriceFirst() {
    assertThat(PriceTable.shipped().price(with("gpt-5-mini", Optional.of(OWN), false)))
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
    assertThat(table.price(openai("gpt-5-mini"))).isPresent();
  }

  @Test
  void namesWhatIsWrongInTheUsersFile() throws IOException {
    Path noOutput = write("{\"models\": {\"openai\": {\"x\": {\"input\": 0.1}}}}");
    assertThatThrownBy(() -> PriceTable.load(Optional.of(noOutput)))
        .hasMessageEndingWith("openai/x.output: expected a number of USD per million tokens");
    Path noJson = write("{\n\"models\": oops}");
    assertThatThrownBy(() -> PriceTable.load(Optional.of(noJson)))
        .hasMessageContaining("line 2 is not JSON");
    Path missing = folder.resolve("nowhere.json");
    assertThatThrownBy(() -> PriceTable.load(Optional.of(missing)))
        .hasMessageContaining("the file cannot be read");
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
