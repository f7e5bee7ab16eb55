package dev.piecrust.ui.prompt;

import dev.piecrust.store.result.PromptLine;
import dev.piecrust.store.result.PromptQuery;
import dev.piecrust.ui.Address;

/** Where a list of prompts leads. */
public record PromptListLinks(PromptQuery query) {
  /** The list with another task. */
  public String of(String task) {
    return Address.of("campaigns", query.campaignId(), "prompts", task)
        .with("method", query.method())
        .with("budget", query.budget())
        .with("sort", query.worstFirst() ? "kl" : "prompt")
        .toString();
  }

  /** The list in another order. */
  public String sortedBy(String sort) {
    return Address.of("campaigns", query.campaignId(), "prompts", query.task())
        .with("method", query.method())
        .with("budget", query.budget())
        .with("sort", sort)
        .toString();
  }

  public String after(String next) {
    return of(query.task()) + "&after=" + next;
  }

  /** A prompt's page, for the list's method at its budget. */
  public String page(PromptLine prompt) {
    return Address.of("campaigns", query.campaignId(), "prompts", query.task(), prompt.prompt())
        .with("method", query.method())
        .with("budget", query.budget())
        .toString();
  }
}
