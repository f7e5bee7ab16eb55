package dev.piecrust.evidence;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.input.BoundedJson;
import dev.piecrust.input.InputFile;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Feature files: per feature gzip'd JSON, after four bytes of its length, with {@code
 * examples_quantiles}.
 */
record FeatureFiles(PublishedIndex index) implements PublishedSource {
  private static final int LENGTH = 4;

  @Override
  public Optional<PublishedRecord> find(FeatureId feature) {
    return index.place(feature.layer(), feature.index()).map(place -> read(place, feature));
  }

  private static PublishedRecord read(PublishedIndex.Place place, FeatureId feature) {
    InputFile input =
        new InputFile(place.file(), place.file().toString(), "the published features of its layer");
    try (FileChannel file = input.channel()) {
      long size = place.to() - place.from();
      if (place.from() < 0 || place.to() > file.size() || size > InputFile.WHOLE) {
        throw damaged(place, feature);
      }
      ByteBuffer read = ByteBuffer.allocate((int) size);
      while (read.hasRemaining() && file.read(read, place.from() + read.position()) > 0) {
        // until all of it is there, or the file ends
      }
      byte[] bytes = read.array();
      int start = zipped(bytes, 0) ? 0 : LENGTH;
      if (!zipped(bytes, start)) {
        throw damaged(place, feature);
      }
      try (InputStream in =
          input.unpacked(
              new ByteArrayInputStream(bytes, start, bytes.length - start), InputFile.WHOLE)) {
        return BoundedJson.mapper().readValue(in, PublishedRecord.class);
      }
    } catch (ZipException | EOFException | JsonProcessingException | CharConversionException e) {
      throw damaged(place, feature);
    } catch (IOException e) {
      throw external(place.file() + " cannot be read", e);
    }
  }

  /** Whether gzip'd content begins here. */
  private static boolean zipped(byte[] bytes, int at) {
    return bytes.length > at + 1 && bytes[at] == 0x1f && bytes[at + 1] == (byte) 0x8b;
  }

  private static RuntimeException damaged(PublishedIndex.Place place, FeatureId feature) {
    return user(
        "%s: bytes %d to %d are damaged, expected the gzip'd JSON of feature %d of layer %d",
        place.file(), place.from(), place.to(), feature.index(), feature.layer());
  }
}
