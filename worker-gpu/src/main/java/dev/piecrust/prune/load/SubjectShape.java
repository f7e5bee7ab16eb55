package dev.piecrust.prune.load;

import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.Models;
import dev.piecrust.model.decoder.DecoderCheckpoint;
import dev.piecrust.model.decoder.DecoderShape;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.train.Training;
import dev.piecrust.transcoder.TranscoderSize;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What decides the memory that a subject needs, from its files' headers alone.
 *
 * @param parameters of the model
 * @param layerParameters of each of its layers
 * @param layers {@code L}
 * @param width {@code d}
 * @param heads query heads
 * @param inner width of the MLP
 * @param vocabulary {@code V}
 * @param features {@code F}, per layer
 * @param linearLayers how many layers of the transcoder have a linear part, [d, d]
 */
public record SubjectShape(
    long parameters,
    long layerParameters,
    int layers,
    int width,
    int heads,
    int inner,
    int vocabulary,
    int features,
    int linearLayers) {

  /** Reads the headers; a user error where a file is missing or damaged. */
  public static SubjectShape read(Path model, Path transcoder) {
    return read(model, shape -> Transcoders.size(transcoder, shape.layers(), shape.width()));
  }

  /** The same with a transcoder that has yet to be trained. */
  public static SubjectShape read(Path model, TrainSpec train) {
    return read(model, shape -> Training.size(train, shape.layers(), shape.width()));
  }

  private static SubjectShape read(Path model, Function<DecoderShape, TranscoderSize> transcoder) {
    DecoderCheckpoint checkpoint = Models.checkpoint(model);
    SafeTensors.openFolder(model).close();
    DecoderShape shape = checkpoint.decoder().shape();
    TranscoderSize size = transcoder.apply(shape);
    return new SubjectShape(
        checkpoint.parameters(),
        checkpoint.names().layerParameters(shape),
        shape.layers(),
        shape.width(),
        shape.heads(),
        shape.innerWidth(),
        shape.vocabulary(),
        size.features(),
        size.linearLayers());
  }
}
