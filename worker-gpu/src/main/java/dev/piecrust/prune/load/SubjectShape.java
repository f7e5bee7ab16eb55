package dev.piecrust.prune.load;

import dev.piecrust.model.Models;
import dev.piecrust.model.decoder.DecoderCheckpoint;
import dev.piecrust.model.decoder.DecoderShape;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.transcoder.TranscoderSize;
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
 * @param linearLayers how many layers of the transcoder have a linear part, [d, d]
 */
public record SubjectShape(
    long parameters,
    int layers,
    int width,
    int heads,
    int inner,
    int vocabulary,
    int features,
    int linearLayers) {

  /** Reads the headers; a user error where a file is missing or damaged. */
  public static SubjectShape read(Path model, Path transcoder) {
    DecoderCheckpoint checkpoint = Models.checkpoint(model);
    SafeTensors.openFolder(model).close();
    DecoderShape shape = checkpoint.decoder().shape();
    TranscoderSize size = Transcoders.size(transcoder, shape.layers(), shape.width());
    return new SubjectShape(
        checkpoint.parameters(),
        shape.layers(),
        shape.width(),
        shape.heads(),
        shape.innerWidth(),
        shape.vocabulary(),
        size.features(),
        size.linearLayers());
  }
}
