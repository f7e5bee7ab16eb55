package dev.piecrust.evidence;

import dev.piecrust.exchange.NeuronpediaExport;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Stratum;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Evidence from published features (docs/method.md §7): feature files, or the activations of a
 * Neuronpedia export.
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

  private final PublishedSource source;
  private final Quotas quotas;
  private final Lots lots;
  private final Predicate<String> special;

  /**
   * @param wanted features that will be asked for
   * @param seed of the order in which a stratum is drawn
   * @param special whether a token, as the files write it, is a special one
   * @throws dev.piecrust.failure.PieCrustException of category user where the folder has neither an
   *     index nor a Neuronpedia export's activations, or such that cannot be read
   */
  public PublishedFeatures(
      Path folder,
      Collection<FeatureId> wanted,
      Quotas quotas,
      long seed,
      Predicate<String> special) {
    this.source =
        NeuronpediaExport.isIn(folder, NeuronpediaExport.ACTIVATIONS)
            ? NeuronpediaActivations.read(folder, wanted)
            : new FeatureFiles(PublishedIndex.read(folder));
    this.quotas = quotas;
    this.lots = new Lots(seed);
    this.special = special;
  }

  /**
   * Refuses, as a user error, a folder whose index, or the beginning of whose Neuronpedia batches,
   * cannot be read.
   */
  public static void check(Path folder) {
    if (NeuronpediaExport.isIn(folder, NeuronpediaExport.ACTIVATIONS)) {
      NeuronpediaActivations.check(folder);
    } else {
      PublishedIndex unused = PublishedIndex.read(folder);
    }
  }

  /** The evidence of one feature; files that are damaged are a user error that names them. */
  public Found find(FeatureId feature) {
    Optional<PublishedRecord> found = source.find(feature);
    if (found.isEmpty()) {
      return new Found.Missing("the published features do not hold it");
    }
    PublishedRecord read = found.get();
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
}
