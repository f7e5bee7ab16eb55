package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * What is studied.
 *
 * @param model folder of a Hugging Face checkout; absolute, or relative to the spec's folder until
 *     it is read
 * @param transcoder folder of a transcoder in the circuit-tracer layout, likewise
 */
public record SubjectSpec(String model, String transcoder) {
  public SubjectSpec {
    if (model.isBlank() || transcoder.isBlank()) {
      throw user("subject: model and transcoder must name folders");
    }
  }
}
