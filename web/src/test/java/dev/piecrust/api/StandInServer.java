package dev.piecrust.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.api.access.AccessToken;
import dev.piecrust.api.access.Caller;
import dev.piecrust.api.access.TokenAuthentication;
import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.Json;
import dev.piecrust.control.CampaignService;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.Reports;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.CampaignLists;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Serves the resource by hand over the JDK's own server: the paths, the token, the problems. */
public final class StandInServer implements AutoCloseable {
  private static final String ROOT = "/api/v1/campaigns";

  private final CampaignService campaigns;
  private final CampaignResource resource;
  private final AccessToken token;
  private final HttpServer server;

  public StandInServer(CampaignService campaigns, Reports reports, AccessToken token)
      throws IOException {
    this.campaigns = campaigns;
    this.resource =
        new CampaignResource(campaigns, reports, new Caller(TokenAuthentication.identity(token)));
    this.token = token;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    Object body;
    int status = 200;
    try {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      body =
          token.admits(Optional.ofNullable(authorization))
              ? answer(exchange)
              : new Problem("about:blank", "Unauthorized", 401, "no token", "USER");
      status = body instanceof Problem problem ? problem.status() : 200;
    } catch (PieCrustException e) {
      status = Problem.status(e.category());
      body = new Problem("about:blank", "x", status, e.getMessage() + "", e.category().name());
    } catch (WebApplicationException e) {
      Response response = e.getResponse();
      status = response.getStatus();
      body = response.getEntity();
    }
    byte[] bytes = bytes(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static byte[] bytes(Object body) throws IOException {
    if (body instanceof InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      }
    }
    return Json.mapper().writeValueAsBytes(body);
  }

  /** One campaign at a time, so that a list goes on. */
  private CampaignLists.Found page(String query) {
    List<CampaignCard> all = campaigns.cards();
    String after = query.replaceAll(".*after=", "");
    int at = all.stream().map(CampaignCard::id).toList().indexOf(after) + 1;
    Optional<String> next = at + 1 < all.size() ? Optional.of(all.get(at).id()) : Optional.empty();
    return new CampaignLists.Found(all.subList(at, at + 1), next, all.size());
  }

  private Object answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/api/v1/overview")) {
      return page(exchange.getRequestURI().getQuery());
    }
    if (exchange.getRequestURI().getPath().equals("/api/v1/compare")) {
      String query = exchange.getRequestURI().getQuery();
      return campaigns.compare(List.of(query.replace("campaign=", "").split("&")));
    }
    String path = exchange.getRequestURI().getPath().substring(ROOT.length());
    byte[] sent = exchange.getRequestBody().readAllBytes();
    if (path.isEmpty()) {
      return exchange.getRequestMethod().equals("GET")
          ? resource.list()
          : resource.submit(Json.mapper().readValue(sent, SubmitRequest.class));
    }
    List<String> parts = List.of(path.substring(1).split("/"));
    String id = parts.get(0);
    return switch (parts.size() == 1 ? "" : parts.get(1)) {
      case "" -> resource.status(id);
      case "events" -> resource.events(id);
      case "results" -> resource.results(id);
      case "spend" -> resource.spend(id);
      case "budget" -> resource.budget(id, Json.mapper().readValue(sent, BudgetRequest.class));
      case "pause" -> resource.pause(id, command(sent));
      case "resume" -> resource.resume(id, command(sent));
      case "finish" -> resource.finish(id, command(sent));
      case "retry" -> resource.retry(id, command(sent));
      case "cancel" -> resource.cancel(id, command(sent));
      case "export" ->
          resource
              .export(id, exchange.getRequestURI().getQuery().replace("format=", ""))
              .getEntity();
      default -> List.<CampaignEvent>of();
    };
  }

  private static CommandRequest command(byte[] sent) throws IOException {
    return Json.mapper().readValue(sent, CommandRequest.class);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
