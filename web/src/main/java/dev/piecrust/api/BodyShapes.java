package dev.piecrust.api;

import dev.piecrust.feature.FadeScore;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** What bodies hold, where their classes do not say it all. */
final class BodyShapes {
  /** What requests may leave out, by their schemas; of all else every field is there. */
  private static final Map<String, List<String>> LEFT_OUT =
      Map.of(
          "SubmitRequest", List.of("fresh"),
          "CommandRequest", List.of("who"),
          "BudgetRequest", List.of("who"),
          "Change", List.of("value"));

  /** What may be null though its class does not say so. */
  private static final Map<String, List<String>> OR_NULL =
      Map.of(
          "SubmitRequest", List.of("fresh"),
          "CommandRequest", List.of("who"),
          "BudgetRequest", List.of("who"),
          "Fidelity", List.of("faithfulness", "completeness", "metricClean", "metricEmpty"));

  private BodyShapes() {}

  /** Completes the schemas: which fields are there, and of which kinds a union is. */
  static void complete(Components components) {
    components.getSchemas().forEach(BodyShapes::complete);
    components.addSchema("FadeScore", fadeScore());
    components.addSchema(
        "BudgetEstimate",
        object(Map.of("is", words("at", "below", "above"), "budget", of(SchemaType.NUMBER))));
  }

  private static void complete(String name, Schema schema) {
    Map<String, Schema> fields = schema.getProperties();
    if (fields == null) {
      return;
    }
    List<String> leftOut = LEFT_OUT.getOrDefault(name, List.of());
    List<String> orNull = OR_NULL.getOrDefault(name, List.of());
    schema.setRequired(fields.keySet().stream().filter(f -> !leftOut.contains(f)).toList());
    fields.forEach(
        (field, shape) -> {
          if (orNull.contains(field)) {
            shape.addType(SchemaType.NULL);
          }
        });
  }

  private static Schema fadeScore() {
    Schema share =
        of(SchemaType.NUMBER).minimum(BigDecimal.ZERO).maximum(BigDecimal.ONE).format("double");
    String[] kinds = Arrays.stream(FadeScore.Kind.values()).map(Enum::name).toArray(String[]::new);
    return OASFactory.createSchema()
        .addOneOf(
            object(
                Map.of(
                    "outcome", words("scored"),
                    "value", share,
                    "samples", of(SchemaType.INTEGER).minimum(BigDecimal.ONE))))
        .addOneOf(
            object(
                Map.of(
                    "outcome", words("unscored"),
                    "kind", words(kinds),
                    "reason", of(SchemaType.STRING))));
  }

  private static Schema object(Map<String, Schema> fields) {
    Schema object = of(SchemaType.OBJECT);
    fields.keySet().stream()
        .sorted()
        .forEach(
            field -> {
              object.addProperty(field, fields.get(field));
              object.addRequired(field);
            });
    return object;
  }

  private static Schema words(String... words) {
    return of(SchemaType.STRING).enumeration(List.of((Object[]) words));
  }

  private static Schema of(SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }
}
