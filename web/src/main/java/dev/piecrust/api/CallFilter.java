package dev.piecrust.api;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.ledger.CallQuery;
import dev.piecrust.store.ledger.CallState;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which calls to language models are wanted: query parameters. */
public class CallFilter {
  @QueryParam("campaign")
  @Nullable String campaign;

  @QueryParam("stage")
  @Nullable String stage;

  @QueryParam("model")
  @Nullable String model;

  /** Label of a {@link CallState} in lower case. */
  @QueryParam("state")
  @Nullable String state;

  /** Layer and index with a slash, such as {@code 3/42}. */
  @QueryParam("feature")
  @Nullable String feature;

  /** The campaign, if one is asked for. */
  public Optional<String> campaign() {
    return given(campaign);
  }

  /** The question to the database; what cannot be understood is a user error. */
  public CallQuery query() {
    return new CallQuery(
        given(campaign),
        given(stage),
        given(model),
        given(state).map(CallFilter::state),
        given(feature).map(CallFilter::feature));
  }

  private static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).filter(v -> !v.isEmpty());
  }

  private static CallState state(String word) {
    return Choices.oneOf(
        "state", word, CallState.values(), state -> state.name().toLowerCase(Locale.ROOT));
  }

  private static FeatureId feature(String word) {
    if (!word.matches("[0-9]{1,9}/[0-9]{1,9}")) {
      throw user("feature is '%s', expected LAYER/INDEX, such as 3/42", word);
    }
    String[] parts = word.split("/", 2);
    return new FeatureId(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }
}
