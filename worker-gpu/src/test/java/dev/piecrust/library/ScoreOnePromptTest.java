package dev.piecrust.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Metric;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.LoadedSubject;
import dev.piecrust.prune.OccurrenceFinder;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreOnePromptTest {
  private static final Path MODEL = Path.of("..", "demo", "model");
  private static final Path TRANSCODER = Path.of("..", "demo", "clt");
  private static final Pattern LINE = Pattern.compile("L(\\d)/(\\d+) at '(.+)': (-?[0-9.]+)");
  private static final Path EXAMPLE =
      Path.of("src/test/java/dev/piecrust/library/ScoreOnePrompt.java");
  private static final Path DOCUMENTATION =
      Path.of("src/main/java/dev/piecrust/prune/package-info.java");

  @Test
  void printsTheTenKeptOccurrencesStrongestFirst() {
    List<Matcher> lines = printed();
    assertThat(lines).hasSize(10).allMatch(Matcher::matches);
    List<Double> effects =
        lines.stream().map(line -> -Math.abs(Double.parseDouble(line.group(4)))).toList();
    assertThat(effects).isSorted();
    assertThat(effects.get(0)).isLessThan(-0.5);
    // Who was named twice tells the receiver.
    assertThat(lines).anyMatch(line -> line.group(3).equals(" John"));
  }

  @Test
  void printsWhatTheBatchesOfACampaignGive() {
    PromptPair pair =
        new PromptPair(
            "When Mary and John met at the park, John handed the ring to",
            "When Anna and Peter met at the park, David handed the ring to",
            " Mary",
            " John");
    try (NDManager manager = TensorRuntime.start().newManager();
        Transformer model = Models.load(MODEL, manager);
        Transcoder transcoder =
            Transcoders.load(TRANSCODER, manager, model.layers(), model.width())) {
      TokenizedPair read = PairChecks.check(pair, model.tokenizer(), "the pair");
      Occurrences found =
          new OccurrenceFinder(model, transcoder)
              .find(manager, List.of(read), Corruption.PROMPT)
              .get(0)
              .occurrences(Corruption.PROMPT);
      try (PruningBatch batch =
          new PruningBatch(manager, model, transcoder, List.of(read), List.of(found))) {
        float[] scores =
            batch
                .attribute(batch.gradient(manager, Metric.LOGIT_DIFF, Transformer.Linearity.LOCAL))
                .get(0);
        List<String> strongest =
            IntStream.range(0, found.size())
                .boxed()
                .sorted(Comparator.comparing(i -> -Math.abs(scores[i])))
                .limit(10)
                .map(i -> "L" + found.layer()[i] + "/" + found.feature()[i])
                .toList();
        assertThat(printed())
            .extracting(line -> line.matches() ? line.group().replaceFirst(" .*", "") : "")
            .isEqualTo(strongest);
      }
    }
  }

  @Test
  void isTheExampleOfTheDocumentation() throws IOException {
    String shown =
        between(Files.readString(DOCUMENTATION), "<pre>{@code", "}</pre>")
            .replaceAll("(?m)^ \\* ?", "");
    String run = between(Files.readString(EXAMPLE), "PrintStream out) {\n", "\n  }\n}");
    assertThat(lines(shown)).isEqualTo(lines(run)).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void namesThePairThatCannotBeRead() {
    PromptPair good = new PromptPair("When Mary left", "When Anna left", " Mary", " John");
    PromptPair bad = new PromptPair("When Mary left", "When Anna", " Mary", " John");
    try (LoadedSubject subject = LoadedSubject.open(MODEL, TRANSCODER)) {
      assertThatExceptionOfType(PieCrustException.class)
          .isThrownBy(() -> subject.batch(List.of(good, bad), Corruption.PROMPT))
          .withMessageStartingWith("pair 1: text_clean has ")
          .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.USER));
    }
  }

  private static List<Matcher> printed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ScoreOnePrompt.print(MODEL, TRANSCODER, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().map(LINE::matcher).toList();
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
