package dev.piecrust.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the description of the API does not have: methods, and parameters that are unknown,
 * given twice or no number where one is due, since a mistake would otherwise go unnoticed.
 */
@Singleton
public class DescribedRequests {
  /** After {@link RequestBodies}. */
  private static final int FOURTH = 850;

  private static final String API = "/api/";
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  private final OpenApiDocumentService description;
  private volatile @Nullable List<Address> addresses;

  public DescribedRequests(OpenApiDocumentService description) {
    this.description = description;
  }

  /**
   * An address and what can be asked there.
   *
   * @param methods each with its query parameters
   */
  private record Address(Pattern path, Map<String, Map<String, Parameter>> methods) {
    static Address of(String path, JsonNode item) {
      Map<String, Map<String, Parameter>> methods = new TreeMap<>();
      item.properties()
          .forEach(
              method ->
                  methods.put(
                      method.getKey().toUpperCase(Locale.ROOT), parameters(method.getValue())));
      Map<String, Parameter> read = methods.get("GET");
      if (read != null) {
        methods.put("HEAD", read);
      }
      methods.put("OPTIONS", Map.of());
      return new Address(Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+") + "/?"), methods);
    }

    private static Map<String, Parameter> parameters(JsonNode operation) {
      Map<String, Parameter> parameters = new TreeMap<>();
      for (JsonNode parameter : operation.path("parameters")) {
        if (parameter.path("in").asText().equals("query")) {
          parameters.put(parameter.path("name").asText(), Parameter.of(parameter.path("schema")));
        }
      }
      return parameters;
    }
  }

  /**
   * What a parameter may be.
   *
   * @param words that it may be; empty where it is no word of a list
   */
  private record Parameter(String type, List<String> words) {
    static Parameter of(JsonNode schema) {
      List<String> words = new ArrayList<>();
      schema.path("enum").forEach(word -> words.add(word.asText()));
      return new Parameter(schema.path("type").asText(), words);
    }

    /** What is expected instead of values; resources know more of texts, but of none at all. */
    Optional<String> expectedInsteadOf(List<String> values) {
      String first = values.get(0);
      if (!type.equals("array") && values.size() > 1) {
        return Optional.of("it once");
      }
      if (type.equals("integer") && !NUMBER.matcher(first).matches()) {
        return Optional.of("a whole number");
      }
      return first.isEmpty() && !words.isEmpty() && !words.contains(first)
          ? Optional.of("one of " + String.join(", ", words))
          : Optional.empty();
    }
  }

  void install(@Observes Filters filters) {
    filters.register(this::admit, FOURTH);
  }

  private void admit(RoutingContext context) {
    String path = context.request().path();
    Optional<Address> address =
        path != null && path.startsWith(API)
            ? addresses().stream().filter(known -> known.path().matcher(path).matches()).findFirst()
            : Optional.empty();
    if (address.isEmpty()) {
      context.next();
    } else {
      admit(context, address.get().methods());
    }
  }

  private static void admit(RoutingContext context, Map<String, Map<String, Parameter>> methods) {
    String method = context.request().method().name();
    Map<String, Parameter> parameters = methods.get(method);
    if (parameters == null || method.equals("OPTIONS")) {
      context.response().putHeader("Allow", String.join(", ", methods.keySet()));
    }
    if (parameters == null) {
      Problem.end(
          context, 405, "this address is not for that method, expected one that Allow lists");
    } else if (method.equals("OPTIONS")) {
      context.response().setStatusCode(204).end();
    } else {
      Optional<String> refusal = refusal(context, parameters);
      if (refusal.isEmpty()) {
        context.next();
      } else {
        Problem.end(context, 400, refusal.get());
      }
    }
  }

  private static Optional<String> refusal(
      RoutingContext context, Map<String, Parameter> parameters) {
    MultiMap given;
    try {
      given = context.queryParams();
    } catch (HttpException e) {
      return Optional.of("the address holds a '%' that begins no character, expected %25 for it");
    }
    return new TreeSet<>(given.names())
        .stream().flatMap(name -> wrong(name, given.getAll(name), parameters).stream()).findFirst();
  }

  private static Optional<String> wrong(
      String name, List<String> values, Map<String, Parameter> parameters) {
    Parameter known = parameters.get(name);
    if (known != null) {
      return known
          .expectedInsteadOf(values)
          .map(
              wish -> "%s is '%s', expected %s".formatted(name, String.join("', '", values), wish));
    }
    return Optional.of(
        parameters.isEmpty()
            ? "'%s' is no parameter of this address, which has none".formatted(name)
            : "'%s' is no parameter of this address, expected one of %s"
                .formatted(name, String.join(", ", parameters.keySet())));
  }

  /** Read when they are first needed, since few commands answer requests. */
  private List<Address> addresses() {
    List<Address> known = addresses;
    if (known == null) {
      known = read(description.getDocument(Format.JSON));
      addresses = known;
    }
    return known;
  }

  private static List<Address> read(byte[] json) {
    try {
      List<Address> addresses = new ArrayList<>();
      Json.mapper()
          .readTree(json)
          .path("paths")
          .properties()
          .forEach(item -> addresses.add(Address.of(item.getKey(), item.getValue())));
      return addresses;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
