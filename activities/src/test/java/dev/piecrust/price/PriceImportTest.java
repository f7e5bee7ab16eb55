package dev.piecrust.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceImportTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @TempDir Path folder;
  private Path own;

  @BeforeEach
  void place() {
    own = folder.resolve("home").resolve("prices.json");
  }

  @Test
  void takesPricesPerTokenAsPricesPerMillion() throws IOException {
    PriceImport done =
        take(
            """
            {"sample_spec": {"input_cost_per_token": "what it costs"},
             "gpt-7": {"litellm_provider": "openai", "mode": "chat",
               "input_cost_per_token": 2e-06, "output_cost_per_token": 0.00001,
               "cache_read_input_token_cost": 1e-7, "cache_creation_input_token_cost": 2.5e-6,
               "input_cost_per_token_above_272k_tokens": 4e-6,
               "output_cost_per_token_above_272k_tokens": 1.5e-5,
               "input_cost_per_token_batches": 1e-6, "output_cost_per_token_batches": 5e-6,
               "input_cost_per_token_flex": 1e-6, "output_cost_per_token_flex": 6e-6,
               "input_cost_per_token_priority": 3.5e-6},
             "gemini/gemini-9": {"litellm_provider": "gemini", "mode": "chat",
               "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6,
               "cache_read_input_token_cost": 0.0, "cache_creation_input_token_cost": 0},
             "painter": {"litellm_provider": "openai", "mode": "image_generation"}}
            """);
    assertThat(done).isEqualTo(new PriceImport(2, 1, List.of()));
    ListedPrice listed = price("openai", "gpt-7");
    assertThat(listed.asOf()).contains(DAY);
    assertThat(listed.source()).isEqualTo("LiteLLM's list");
    Price price = listed.price();
    assertThat(price.input()).isEqualByComparingTo("2");
    assertThat(price.output()).isEqualByComparingTo("10");
    assertThat(price.cachedInput()).isEqualByComparingTo("0.1");
    assertThat(price.cacheWrite()).isEqualByComparingTo("2.5");
    assertThat(price.times(ServiceTier.BATCH)).isEqualByComparingTo("0.5");
    assertThat(price.times(ServiceTier.FLEX)).isEqualByComparingTo("0.6"); // the dearer of the two
    assertThat(price.times(ServiceTier.PRIORITY)).isEqualByComparingTo("1.75");
    Price longer = price.at(272_001);
    assertThat(longer.input()).isEqualByComparingTo("4");
    assertThat(longer.output()).isEqualByComparingTo("15");
    assertThat(longer.cachedInput()).isEqualByComparingTo("0.2"); // dearer as input is
    assertThat(longer.cacheWrite()).isEqualByComparingTo("5");
    Price without = price("gemini", "gemini-9").price();
    assertThat(without.input()).isEqualByComparingTo("1");
    assertThat(without.cachedInput()).isEqualByComparingTo("1"); // 0 says that there is none
    assertThat(without.cacheWrite()).isEqualByComparingTo("1");
  }

  @Test
  void countsAndNamesWhatIsBroken() throws IOException {
    PriceImport done =
        take(
            """
            {"good": {"litellm_provider": "openai", "input_cost_per_token": 1e-6,
               "output_cost_per_token": 1e-6},
             "negative": {"litellm_provider": "openai", "input_cost_per_token": -1e-6,
               "output_cost_per_token": 1e-6},
             "dear": {"litellm_provider": "openai", "input_cost_per_token": 1e999999999,
               "output_cost_per_token": 1e-6},
             "text": {"litellm_provider": "openai", "input_cost_per_token": "1e-6",
               "output_cost_per_token": 1e-6},
             "half": {"litellm_provider": "openai", "input_cost_per_token": 1e-6},
             "nobody\\u0007's": {"input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6},
             "list": [1, 2]}
            """);
    assertThat(done.models()).isEqualTo(1);
    assertThat(done.broken())
        .containsExactly(
            "negative: input_cost_per_token is -0.000001, expected a number of USD per token from 0"
                + " to 1",
            "dear: input_cost_per_token is 1E+999999999, expected a number of USD per token from 0"
                + " to 1",
            "text: input_cost_per_token is \"1e-6\", expected a number of USD per token from 0 to"
                + " 1",
            "half: has no output_cost_per_token, expected a number of USD per token",
            "nobody?'s is no name of a model",
            "list has no litellm_provider");
  }

  @Test
  void keepsWhatTheUsersFileSaysOfOtherModels() throws IOException {
    Files.createDirectories(own.getParent());
    Files.writeString(
        own,
        """
        {"version": "mine", "date": "2026-01-02", "models": {"openai": {
          "gpt-7": {"input": 9, "output": 9, "batch_share": 0.25, "region_times": 1.2},
          "own": {"input": 1.10, "output": 3}}}}
        """);
    take(
        """
        {"gpt-7": {"litellm_provider": "openai", "input_cost_per_token": 2e-6,
           "output_cost_per_token": 1e-5}}
        """);
    assertThat(price("openai", "own").price().input()).isEqualByComparingTo("1.1");
    assertThat(price("openai", "own").asOf()).contains(LocalDate.of(2026, 1, 2));
    ListedPrice seven = price("openai", "gpt-7");
    assertThat(seven.price().input()).isEqualByComparingTo("2");
    // the list says nothing of batches and regions
    assertThat(seven.price().batchShare()).isEqualByComparingTo("0.25");
    assertThat(seven.regionTimes()).isEqualByComparingTo(new BigDecimal("1.2"));
  }

  @Test
  void writesNothingWhereTheListIsNoList() throws IOException {
    for (String list :
        List.of(
            "",
            "[]",
            "{}",
            "{\"a\": 1}",
            "{\"a\": {",
            "\"x\"",
            "[".repeat(5000),
            "{\"models\": {\"openai\": {\"x\": {\"input\": 1, \"output\": 1}}}}")) {
      assertThatThrownBy(() -> take(list))
          .isInstanceOf(PieCrustException.class)
          .hasMessageStartingWith("prices " + folder.resolve("list.json"));
      assertThat(own).doesNotExist();
    }
    Path missing = folder.resolve("nowhere.json");
    assertThatThrownBy(() -> PriceImport.take(missing, own, DAY))
        .hasMessage(
            "prices %s: there is no such file, expected a JSON object of prices"
                .formatted(missing));
    assertThatThrownBy(() -> PriceImport.take(folder, own, DAY))
        .hasMessage("prices %s: is a folder, expected a JSON object of prices".formatted(folder));
  }

  @Test
  void leavesABrokenFileOfTheUsersAsItIs() throws IOException {
    Files.createDirectories(own.getParent());
    Files.writeString(own, "{\"models\": {\"openai\": {\"x\": {\"input\": \"dear\"}}}}");
    assertThatThrownBy(
            () ->
                take(
                    """
                    {"a": {"litellm_provider": "openai", "input_cost_per_token": 1e-6,
                       "output_cost_per_token": 1e-6}}
                    """))
        .hasMessageEndingWith(
            "openai/x.input is \"dear\", expected a number of USD per million tokens, from 0 to"
                + " 1000000");
    assertThat(own).hasContent("{\"models\": {\"openai\": {\"x\": {\"input\": \"dear\"}}}}");
    try (Stream<Path> files = Files.list(own.getParent())) {
      assertThat(files).containsExactly(own);
    }
  }

  private PriceImport take(String list) throws IOException {
    return PriceImport.take(Files.writeString(folder.resolve("list.json"), list), own, DAY);
  }

  private ListedPrice price(String provider, String model) {
    return PriceTable.load(Optional.of(own)).listed(provider, model).orElseThrow();
  }
}
