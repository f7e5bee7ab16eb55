package dev.piecrust.ui;

import dev.piecrust.api.remote.PinResponse;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.PinnedSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.spec.SpecEditor;
import dev.piecrust.spec.SpecForm;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.ui.SpecCheck.Problem;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks specs while they are written, and keeps form and text in step. */
@Singleton
public class SpecChecker {
  /** The paths that the form has a field for; everything else is in the text alone. */
  static final List<String> FIELDS = SpecForm.fields().stream().map(SpecForm.Field::path).toList();

  /** Those, and what a spec may do without as a whole. */
  static final List<String> CHANGEABLE =
      Stream.concat(
              FIELDS.stream(),
              SpecForm.sections().stream()
                  .filter(SpecForm.Section::optional)
                  .flatMap(section -> section.groups().stream()))
          .toList();

  /** Paths in a spec from a browser are absolute: there is no folder that it lies in. */
  static final Path FOLDER = Path.of("/");

  private static final String NAME = "spec";
  private static final Pattern LINE =
      Pattern.compile(NAME + ":(\\d+):(\\d+): (?:([A-Za-z0-9_.\\[\\]]+): )?(.*)");
  private static final Pattern PLAIN = Pattern.compile("([a-z_.]+): (.*)");

  private final CampaignService campaigns;

  public SpecChecker(CampaignService campaigns) {
    this.campaigns = campaigns;
  }

  /** The spec of a text; what is wrong with it is a user error. */
  private static CampaignSpec read(String yaml) {
    return SpecReader.parse(yaml, FOLDER, NAME);
  }

  /** The spec of a text as its campaign has it. */
  PinnedSpec pinned(String yaml) {
    return campaigns.pin(read(yaml));
  }

  /** What its campaign has in place of what the text leaves open. */
  PinResponse pins(String yaml) {
    CampaignSpec spec = read(yaml);
    return PinResponse.of(spec, campaigns.pin(spec));
  }

  SpecCheck check(String yaml) {
    Map<String, Object> fields = fields(yaml);
    try {
      PinnedSpec pinned = pinned(yaml);
      CampaignSpec spec = pinned.spec();
      String id = pinned.id();
      return new SpecCheck(
          yaml,
          fields,
          List.of(),
          Optional.of(id),
          campaigns.find(id).map(SpecChecker::words),
          spec.interpret().filter(wanted -> !wanted.llm().free()).isPresent(),
          spec.limits().usd());
    } catch (PieCrustException e) {
      return new SpecCheck(
          yaml,
          fields,
          String.valueOf(e.getMessage()).lines().map(SpecChecker::problem).toList(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());
    }
  }

  /** The same after one value was changed in the form. */
  SpecCheck change(String yaml, String path, Optional<Object> value) {
    SpecEditor editor = SpecEditor.of(yaml);
    editor.set(path, value.map(Typed::of).orElse(null));
    return check(editor.write());
  }

  private static String words(CampaignStatus status) {
    return status.state().words();
  }

  private static Map<String, Object> fields(String yaml) {
    Map<String, Object> fields = new LinkedHashMap<>();
    try {
      SpecEditor editor = SpecEditor.of(yaml);
      for (String path : FIELDS) {
        editor.get(path).ifPresent(value -> fields.put(path, value));
      }
      for (String kind : editor.tasks()) { // one that says no number has the usual
        SpecForm.fields().stream()
            .filter(field -> field.path().startsWith("tasks[%s].".formatted(kind)))
            .forEach(field -> field.usual().ifPresent(n -> fields.putIfAbsent(field.path(), n)));
      }
    } catch (PieCrustException unreadable) {
      return Map.of();
    }
    return fields;
  }

  private static Problem problem(String line) {
    Matcher placed = LINE.matcher(line);
    if (placed.matches()) {
      String path = Optional.ofNullable(placed.group(3)).orElse("");
      return new Problem(Integer.parseInt(placed.group(1)), path, placed.group(4));
    }
    Matcher plain = PLAIN.matcher(line);
    return plain.matches()
        ? new Problem(0, plain.group(1), plain.group(2))
        : new Problem(0, "", line);
  }
}
