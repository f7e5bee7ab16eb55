package dev.piecrust.report.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Two methods at four budgets on 24 prompts, and what scipy and numpy make of them. */
final class BootstrapFixture {
  private final JsonNode json;

  private BootstrapFixture(JsonNode json) {
    this.json = json;
  }

  /** Written by {@code make_bootstrap.py}. */
  static BootstrapFixture read() {
    try (InputStream in =
        Objects.requireNonNull(BootstrapFixture.class.getResourceAsStream("bootstrap.json"))) {
      return new BootstrapFixture(Json.mapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Integer> budgets() {
    List<Integer> budgets = new ArrayList<>();
    json.get("budgets").forEach(k -> budgets.add(k.asInt()));
    return budgets;
  }

  /** Of methods {@code ours} and {@code other}. */
  Measures measures() {
    Rows rows = new Rows();
    for (String method : List.of("ours", "other")) {
      for (int b = 0; b < budgets().size(); b++) {
        rows.with(
            method,
            budgets().get(b),
            Json.mapper().convertValue(json.get(method).get(b), double[].class));
      }
    }
    return rows.measures();
  }

  JsonNode comparison(int budget) {
    return json.get("comparisons").get(budget);
  }

  /** The budget of {@code other} for what {@code ours} does at 100. */
  JsonNode effective() {
    return json.get("effective");
  }
}
