package dev.piecrust.prune;

import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.Models;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;

/**
 * What decides the memory that a subject needs, from its files' headers alone.
 *
 * @param parameters of the model
 * @param layers {@code L}
 * @param width {@code d}
 * @param heads query heads
 * @param inner width of the MLP
 * @param vocabulary {@code V}
 * @param features {@code F}, per layer
 */
public record SubjectShape(
    long parameters, int layers, int width, int heads, int inner, int vocabulary, int features) {

  /** Reads the headers; a user error where a file is missing or damaged. */
  public static SubjectShape read(Path model, Path transcoder) {
    ConfigFile config = Models.config(model);
    int layers = config.positiveInt("num_hidden_layers");
    int width = config.positiveInt("hidden_size");
    long parameters = 0;
    try (SafeTensors tensors = SafeTensors.openFolder(model)) {
      for (String name : tensors.names()) {
        parameters += tensors.info(name).elements();
      }
    }
    return new SubjectShape(
        parameters,
        layers,
        width,
        config.positiveInt("num_attention_heads"),
        config.positiveInt("intermediate_size"),
        config.positiveInt("vocab_size"),
        Transcoders.features(transcoder, layers, width));
  }
}
