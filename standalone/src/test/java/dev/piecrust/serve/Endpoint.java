package dev.piecrust.serve;

import java.util.List;

/**
 * One thing that can be asked of the API.
 *
 * @param least the role that it takes; empty for none
 */
public record Endpoint(String method, String path, String least) {
  /** Reviewed by hand: who may do what. */
  public static final List<Endpoint> ALL =
      List.of(
          new Endpoint("GET", "/", ""),
          new Endpoint("GET", "/enter", ""),
          new Endpoint("POST", "/enter", ""),
          new Endpoint("POST", "/enter/leave", ""),
          new Endpoint("GET", "/enter/openid", ""),
          new Endpoint("GET", "/enter/refused", ""),
          new Endpoint("GET", "/campaigns", "viewer"),
          new Endpoint("GET", "/campaigns/new", "operator"),
          new Endpoint("GET", "/campaigns/{id}", "viewer"),
          new Endpoint("GET", "/api/v1/overview", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/card", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/fidelity", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/fidelity.csv", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/spending", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/training", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/events/latest", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/failures", "viewer"),
          new Endpoint("POST", "/api/v1/specs/check", "operator"),
          new Endpoint("POST", "/api/v1/specs/change", "operator"),
          new Endpoint("POST", "/api/v1/specs/estimate", "operator"),
          new Endpoint("POST", "/api/v1/specs/pin", "operator"),
          new Endpoint("GET", "/campaigns/{id}/features", "viewer"),
          new Endpoint("GET", "/campaigns/{id}/features/{layer}/{feature}", "viewer"),
          new Endpoint(
              "GET", "/campaigns/{id}/features/{layer}/{feature}/activations.csv", "viewer"),
          new Endpoint("GET", "/campaigns/{id}/features/{layer}/{feature}/scores.csv", "viewer"),
          new Endpoint("GET", "/campaigns/{id}/prompts/{task}", "viewer"),
          new Endpoint("GET", "/campaigns/{id}/prompts/{task}/{prompt}", "viewer"),
          new Endpoint("GET", "/campaigns/{id}/prompts/{task}/{prompt}/kept.csv", "viewer"),
          new Endpoint("GET", "/features", "viewer"),
          new Endpoint("GET", "/compare", "viewer"),
          new Endpoint("GET", "/compare/curves", "viewer"),
          new Endpoint("GET", "/compare/differences.csv", "viewer"),
          new Endpoint("GET", "/workers", "viewer"),
          new Endpoint("GET", "/ledger", "viewer"),
          new Endpoint("GET", "/ledger/calls/{call}", "viewer"),
          new Endpoint("GET", "/ledger/sums.csv", "viewer"),
          new Endpoint("GET", "/api/v1/session", "viewer"),
          new Endpoint("GET", "/api/v1/stream", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/events", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/spend", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/table", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/results", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/export", "operator"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/features", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/features/{layer}/{feature}", "viewer"),
          new Endpoint(
              "GET", "/api/v1/campaigns/{id}/features/{layer}/{feature}/prompts", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/prompts/{task}", "viewer"),
          new Endpoint("GET", "/api/v1/campaigns/{id}/prompts/{task}/{prompt}", "viewer"),
          new Endpoint("GET", "/api/v1/ledger", "viewer"),
          new Endpoint("GET", "/api/v1/ledger/time", "viewer"),
          new Endpoint("GET", "/api/v1/ledger/calls", "viewer"),
          new Endpoint("GET", "/api/v1/ledger/calls/{call}", "viewer"),
          new Endpoint("GET", "/api/v1/workers", "viewer"),
          new Endpoint("GET", "/api/v1/compare", "viewer"),
          new Endpoint("GET", "/api/v1/schedules", "viewer"),
          new Endpoint("POST", "/api/v1/schedules", "operator"),
          new Endpoint("GET", "/api/v1/schedules/{name}", "viewer"),
          new Endpoint("DELETE", "/api/v1/schedules/{name}", "operator"),
          new Endpoint("POST", "/api/v1/schedules/{name}/pause", "operator"),
          new Endpoint("POST", "/api/v1/schedules/{name}/resume", "operator"),
          new Endpoint("POST", "/api/v1/campaigns", "operator"),
          new Endpoint("POST", "/api/v1/campaigns/{id}/pause", "operator"),
          new Endpoint("POST", "/api/v1/campaigns/{id}/resume", "operator"),
          new Endpoint("POST", "/api/v1/campaigns/{id}/finish", "operator"),
          new Endpoint("POST", "/api/v1/campaigns/{id}/retry", "operator"),
          new Endpoint("POST", "/api/v1/campaigns/{id}/cancel", "operator"),
          new Endpoint("POST", "/api/v1/campaigns/{id}/budget", "admin"));

  /** The roles from the least to the greatest. */
  public static final List<String> ROLES = List.of("viewer", "operator", "admin");

  boolean isOpenTo(String role) {
    return least.isEmpty() || ROLES.indexOf(role) >= ROLES.indexOf(least);
  }

  String address(String id) {
    return path.replace("{id}", id).replaceAll("\\{[a-z]+}", "0");
  }
}
