package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * What is studied. Neither part may be blank; whether anything is there shows when it is opened.
 *
 * @param model folder of a Hugging Face checkout, absolute, or a {@link HubRef}
 * @param transcoder folder of a transcoder in the circuit-tracer layout, likewise
 */
public record SubjectSpec(String model, String transcoder) {
  public SubjectSpec {
    requireNamed("model", model);
    requireNamed("transcoder", transcoder);
  }

  private static void requireNamed(String key, String value) {
    if (value.isBlank()) {
      throw user("subject.%s is empty, expected a folder, or hf://ORG/REPO", key);
    }
  }

  /** The model's folder or repository without the way to it. */
  public String modelName() {
    return last(model);
  }

  /** The transcoder's folder or repository without the way to it. */
  public String transcoderName() {
    return last(transcoder);
  }

  private static String last(String path) {
    if (HubRef.is(path)) {
      return HubRef.parse(path).name();
    }
    String trimmed = path.replaceAll("[/\\\\]+$", "");
    return trimmed.substring(trimmed.replace('\\', '/').lastIndexOf('/') + 1);
  }
}
