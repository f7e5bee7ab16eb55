package dev.piecrust.api;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.Method;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.store.features.FeatureSort;
import dev.piecrust.store.ledger.CallState;
import dev.piecrust.view.campaign.CampaignQuery;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** What the parameters of the API may be, where their types do not say it all. */
final class ParameterShapes {
  /** No name has a NUL, and PostgreSQL takes no text with it. */
  private static final String TEXT = "^[^\\u0000]*$";

  private static final String KEY = "^[A-Za-z0-9_-]*$";
  private static final String LAYER = "^[0-9]{0,9}$";
  private static final String FEATURE = "^([0-9]{1,9}/[0-9]{1,9})?$";

  /** By the end of the address and the parameter's name, or by the name alone. */
  private static final Map<String, Schema> SHAPES =
      Map.ofEntries(
          Map.entry("limit", whole(1, Listing.MOST)),
          Map.entry("before", whole(0, Long.MAX_VALUE)),
          Map.entry("budget", whole(1, Integer.MAX_VALUE)),
          Map.entry("{layer}", whole(0, Integer.MAX_VALUE)),
          Map.entry("{feature}", whole(0, Integer.MAX_VALUE)),
          Map.entry("{prompt}", whole(0, Integer.MAX_VALUE)),
          Map.entry("{call}", whole(0, Long.MAX_VALUE)),
          Map.entry("after", text(KEY)),
          Map.entry("/overview after", text(TEXT)),
          Map.entry("layer", text(LAYER)),
          Map.entry("feature", text(FEATURE)),
          Map.entry("scored", words("", "yes", "no")),
          Map.entry("order", words("", "reverse")),
          Map.entry("/overview order", words("", "asc", "desc")),
          Map.entry("method", words(labels(Method.values(), Method::label))),
          Map.entry("format", words(labels(ExportFormat.values(), ExportFormat::label))),
          Map.entry("state", optional(labels(CallState.values(), ParameterShapes::lowerCase))),
          Map.entry(
              "/overview state",
              optional(labels(CampaignState.values(), ParameterShapes::lowerCase))),
          Map.entry("/features sort", words(labels(FeatureSort.values(), FeatureSort::label))),
          Map.entry("/{task} sort", words("prompt", "kl")),
          Map.entry(
              "/overview sort",
              words(labels(CampaignQuery.Sort.values(), CampaignQuery.Sort::label))),
          Map.entry(
              "campaign", OASFactory.createSchema().minItems(2).maxItems(6).uniqueItems(true)));

  private ParameterShapes() {}

  /** Completes what a parameter of an address may be. */
  static void complete(String path, Parameter parameter) {
    String name =
        parameter.getIn() == Parameter.In.PATH
            ? "{" + parameter.getName() + "}"
            : parameter.getName();
    String end = path.substring(path.lastIndexOf('/')) + " " + name;
    Schema schema = parameter.getSchema();
    boolean text = schema.getType().contains(SchemaType.STRING);
    boolean list = schema.getType().contains(SchemaType.ARRAY);
    Schema shape = SHAPES.getOrDefault(end, SHAPES.get(name));
    if (shape != null && (list || shape.getMinItems() == null)) {
      schema
          .enumeration(shape.getEnumeration())
          .pattern(shape.getPattern())
          .minimum(shape.getMinimum())
          .maximum(shape.getMaximum())
          .minItems(shape.getMinItems())
          .maxItems(shape.getMaxItems())
          .uniqueItems(shape.getUniqueItems());
    } else if (text) {
      schema.pattern(TEXT);
    }
    if (list) {
      parameter.required(true);
      schema.getItems().pattern(TEXT);
    }
  }

  private static Schema whole(long least, long most) {
    return OASFactory.createSchema()
        .minimum(BigDecimal.valueOf(least))
        .maximum(BigDecimal.valueOf(most));
  }

  private static Schema text(String pattern) {
    return OASFactory.createSchema().pattern(pattern);
  }

  private static Schema words(String... words) {
    return OASFactory.createSchema().enumeration(List.of((Object[]) words));
  }

  private static Schema optional(String... words) {
    return words(Stream.concat(Stream.of(""), Arrays.stream(words)).toArray(String[]::new));
  }

  private static <T> String[] labels(T[] values, Function<T, String> label) {
    return Arrays.stream(values).map(label).toArray(String[]::new);
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
