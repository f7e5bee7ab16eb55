package dev.piecrust.store.rate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "llm_endpoint")
class LlmEndpointRow {
  @Id String id;
  String name;

  /** When the next call may go out if all go evenly, as far as the limit of requests goes. */
  long requestMs;

  /** The same, as far as the limit of tokens goes. */
  long tokenMs;

  /** When the last call went out. */
  long lastMs;

  /** Until when the provider wants no calls. */
  long blockedMs;

  /** In a row. */
  int failures;

  /** Until when the circuit is open. */
  long openMs;

  /** Until when one call tries whether the endpoint is back. */
  long probeMs;

  /** When the first of the failures in a row was; 0 for none. */
  long downMs;

  /** What the last of them was, in a sentence without secrets. */
  String said;

  @Nullable Integer learntRequests;
  @Nullable Integer learntTokens;

  LlmEndpointRow() {}

  LlmEndpointRow(String id, String name) {
    this.id = id;
    this.name = name;
    this.said = "";
  }
}
