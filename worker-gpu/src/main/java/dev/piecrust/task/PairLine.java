package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.BoundedJson;
import dev.piecrust.input.Quote;
import java.util.List;
import java.util.Optional;

/** Reads one line of a task file, strictly. */
final class PairLine {
  PromptPair parse(String line, String where) {
    JsonNode object = object(line, where);
    Optional<MibRow> mib = MibRow.of(object);
    if (mib.isPresent()) {
      return mib.get().pair(object, where);
    }
    PairForm form = form(object);
    if (form.strict()) {
      object.fieldNames().forEachRemaining(key -> refuseUnknown(key, form, where));
    }
    List<String> values = form.keys().stream().map(key -> text(object, key, form, where)).toList();
    try {
      return new PromptPair(values.get(0), values.get(1), values.get(2), values.get(3));
    } catch (PieCrustException e) {
      throw new PieCrustException(e.category(), where + ": " + e.getMessage(), e);
    }
  }

  /** The form of which the line has most keys; its own where none fits better. */
  private static PairForm form(JsonNode object) {
    PairForm best = PairForm.OWN;
    for (PairForm form : PairForm.ALL) {
      best = known(object, form) > known(object, best) ? form : best;
    }
    return best;
  }

  private static long known(JsonNode object, PairForm form) {
    return form.keys().stream().filter(object::has).count();
  }

  private static void refuseUnknown(String key, PairForm form, String where) {
    if (!form.keys().contains(key)) {
      throw user("%s: unknown key '%s', expected %s", where, Quote.of(key), form.words());
    }
  }

  private static JsonNode object(String line, String where) {
    JsonNode node = BoundedJson.tree(line, where, "one object with " + PairForm.OWN.words());
    if (!node.isObject()) {
      throw user(
          "%s: is %s, expected a JSON object with %s",
          where, Quote.value(node), PairForm.OWN.words());
    }
    return node;
  }

  private static String text(JsonNode object, String key, PairForm form, String where) {
    JsonNode value = object.get(key);
    if (value == null) {
      throw user("%s: key '%s' is missing, expected %s", where, key, form.words());
    }
    JsonNode one = value.isArray() && !form.strict() && value.size() == 1 ? value.get(0) : value;
    if (!one.isTextual()) {
      throw user(
          "%s: %s is %s, expected a string%s",
          where, key, Quote.value(value), form.strict() ? "" : " or a list of one");
    }
    return one.textValue();
  }
}
