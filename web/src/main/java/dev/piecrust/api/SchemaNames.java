package dev.piecrust.api;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Names of schemas that stand by themselves. Records inside others have short names, which would be
 * numbered where two are the same; here they are named after what they are used for.
 */
final class SchemaNames {
  private static final String PREFIX = "#/components/schemas/";
  private static final String PAGE = "Page";

  /** By the field, or the operation, that they are used for. */
  private static final Map<String, String> BY_USE =
      Map.ofEntries(
          Map.entry("FeatureTable.rows", "FeatureRow"),
          Map.entry("TaskTable.rows", "MethodRow"),
          Map.entry("HeldOut.rows", "CircuitRow"),
          Map.entry("ResultTable.failures", "MissingResult"),
          Map.entry("listFailures", "UnitFailure"),
          Map.entry("listLatestEvents", "LoggedEvent"),
          Map.entry("findCampaigns", "CampaignPage"),
          Map.entry("Comparing.kept", "KeptOverlap"),
          Map.entry("Comparing.sides", "ComparedCampaign"),
          Map.entry("Comparing.settings", "ComparedSetting"),
          Map.entry("PromptView.kept", "KeptFeature"),
          Map.entry("Curve.points", "CurvePoint"),
          Map.entry("TaskCurves.curves", "MethodCurve"),
          Map.entry("TaskCurves.differences", "MethodDifference"),
          Map.entry("SpendView.points", "SpendPoint"),
          Map.entry("FidelityView.tasks", "TaskFidelity"),
          Map.entry("Task.methods", "MethodFidelity"),
          Map.entry("Method.points", "FidelityPoint"),
          Map.entry("SpecCheck.problems", "SpecProblem"),
          Map.entry("WorkersView.processes", "WorkerProcess"),
          Map.entry("LlmExchange.asked", "ChatMessage"));

  private SchemaNames() {}

  /** Renames schemas, and all that refers to them. */
  static void complete(OpenAPI api) {
    Map<String, Schema> schemas = api.getComponents().getSchemas();
    Map<String, String> names = new TreeMap<>();
    schemas.keySet().stream()
        .filter(name -> name.startsWith(PAGE) && name.length() > PAGE.length())
        .forEach(name -> names.put(name, name.substring(PAGE.length()) + PAGE));
    BiConsumer<String, Schema> name =
        (use, schema) -> {
          String better = BY_USE.get(use);
          if (better != null && schema.getRef() != null) {
            names.put(schema.getRef().substring(PREFIX.length()), better);
          }
        };
    schemas.forEach(
        (owner, schema) ->
            fields(schema)
                .forEach((field, of) -> all(of, s -> name.accept(owner + "." + field, s))));
    answers(api).forEach((operation, of) -> all(of, s -> name.accept(operation, s)));

    schemas.values().forEach(schema -> rename(schema, names));
    answers(api).values().forEach(schema -> rename(schema, names));
    names.forEach(
        (old, better) -> {
          Schema schema = schemas.get(old);
          api.getComponents().removeSchema(old);
          api.getComponents().addSchema(better, schema);
        });
    api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
  }

  private static void rename(Schema schema, Map<String, String> names) {
    all(
        schema,
        s -> {
          if (s.getRef() != null) {
            String old = s.getRef().substring(PREFIX.length());
            s.setRef(PREFIX + names.getOrDefault(old, old));
          }
        });
  }

  /** The schema of each operation's answer, by the operation. */
  private static Map<String, Schema> answers(OpenAPI api) {
    Map<String, Schema> answers = new LinkedHashMap<>();
    api.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream())
        .forEach(
            operation ->
                answer(operation).forEach(s -> answers.put(operation.getOperationId(), s)));
    return answers;
  }

  private static Stream<Schema> answer(Operation operation) {
    return operation.getResponses().getAPIResponses().entrySet().stream()
        .filter(response -> response.getKey().startsWith("2"))
        .map(response -> response.getValue().getContent())
        .filter(Objects::nonNull)
        .map(Content::getMediaTypes)
        .flatMap(types -> types.values().stream())
        .map(MediaType::getSchema)
        .filter(Objects::nonNull);
  }

  /** A schema with all that is in it. */
  private static void all(Schema of, Consumer<Schema> sink) {
    Deque<Schema> open = new ArrayDeque<>(List.of(of));
    while (!open.isEmpty()) {
      Schema schema = open.pop();
      sink.accept(schema);
      Stream.of(
              fields(schema).values(),
              some(schema.getItems()),
              some(schema.getAdditionalPropertiesSchema()),
              schema.getAnyOf(),
              schema.getOneOf(),
              schema.getAllOf())
          .filter(Objects::nonNull)
          .forEach(open::addAll);
    }
  }

  private static Map<String, Schema> fields(Schema schema) {
    return schema.getProperties() == null ? Map.of() : schema.getProperties();
  }

  private static Collection<Schema> some(@Nullable Schema schema) {
    return schema == null ? List.of() : List.of(schema);
  }
}
