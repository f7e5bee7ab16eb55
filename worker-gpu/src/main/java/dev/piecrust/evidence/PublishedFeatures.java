package dev.piecrust.evidence;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Stratum;
import dev.piecrust.input.BoundedJson;
import dev.piecrust.input.InputFile;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.ZipException;

/**
 * Evidence from published feature files (docs/method.md §7): per feature gzip'd JSON, after four
 * bytes of its length, with {@code examples_quantiles}.
 *
 * <p>The examples of the top group stay at the top. The others are ranked among themselves, and the
 * percentiles of those ranks make their strata: of the corpus behind them nothing else is known. So
 * {@code windows} and {@code active} of such evidence count its examples alone.
 */
public final class PublishedFeatures {
  /** What the files hold of a feature. */
  public sealed interface Found {
    /** Its evidence. */
    record There(Evidence evidence) implements Found {}

    /** Nothing that could be used. */
    record Missing(String reason) implements Found {}
  }

  private static final int LENGTH = 4;

  private final PublishedIndex index;
  private final Quotas quotas;
  private final Lots lots;
  private final Predicate<String> special;

  /**
   * @param seed of the order in which a stratum is drawn
   * @param special whether a token, as the files write it, is a special one
   * @throws dev.piecrust.failure.PieCrustException of category user where the folder has no index,
   *     or one that cannot be read
   */
  public PublishedFeatures(Path folder, Quotas quotas, long seed, Predicate<String> special) {
    this.index = PublishedIndex.read(folder);
    this.quotas = quotas;
    this.lots = new Lots(seed);
    this.special = special;
  }

  /** The evidence of one feature; files that are damaged are a user error that names them. */
  public Found find(FeatureId feature) {
    Optional<PublishedIndex.Place> place = index.place(feature.layer(), feature.index());
    if (place.isEmpty()) {
      return new Found.Missing("the published features do not hold it");
    }
    PublishedRecord read = read(place.get(), feature);
    List<PublishedRecord.Window> top = windows(read, PublishedRecord.Quantile::top);
    Set<PublishedRecord.Window> others =
        new LinkedHashSet<>(windows(read, quantile -> !quantile.top()));
    top.forEach(others::remove);
    if (top.isEmpty() && others.isEmpty()) {
      return new Found.Missing("the published features hold no examples of it");
    }
    return new Found.There(evidence(feature, top, List.copyOf(others)));
  }

  /** Distinct windows of groups, those of the highest activation first. */
  private List<PublishedRecord.Window> windows(
      PublishedRecord read, Predicate<PublishedRecord.Quantile> wanted) {
    return read.quantiles().stream()
        .filter(wanted)
        .flatMap(quantile -> quantile.examples().stream())
        .filter(PublishedRecord.Window::whole)
        .map(window -> window.without(special))
        .filter(window -> !window.tokens().isEmpty())
        .distinct()
        .sorted(Comparator.comparingDouble(window -> -window.maximum()))
        .toList();
  }

  private Evidence evidence(
      FeatureId feature, List<PublishedRecord.Window> top, List<PublishedRecord.Window> others) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < Math.min(top.size(), quotas.top()); i++) {
      examples.add(example(i, Stratum.TOP, top.get(i)));
    }
    for (Stratum stratum : Ranks.LOWER) {
      IntStream.range(Ranks.from(stratum, others.size()), Ranks.to(stratum, others.size()))
          .boxed()
          .sorted(Comparator.comparingLong(i -> lots.draw(feature, i)))
          .limit(quotas.of(stratum))
          .forEach(i -> examples.add(example(top.size() + i, stratum, others.get(i))));
    }
    List<Float> active = new ArrayList<>();
    top.forEach(window -> active.add((float) window.maximum()));
    others.forEach(window -> active.add((float) window.maximum()));
    active.removeIf(a -> !(a > 0));
    active.sort(Comparator.reverseOrder());
    return new Evidence(feature, top.size() + others.size(), active, examples);
  }

  private static Example example(int ordinal, Stratum stratum, PublishedRecord.Window window) {
    return new Example(ordinal, stratum, window.tokens(), window.activations());
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
