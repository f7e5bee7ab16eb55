package dev.piecrust.train;

import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.text.Decades;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The model card of a trained transcoder: every figure is a setting or was measured. */
record TrainCard(TrainReport report) {
  /** In Markdown. */
  String text() {
    TrainSpec spec = report.spec();
    Evaluation found = report.evaluation();
    Evaluation.Replacement replaced = found.replacement();
    return format(
            """
            # A transcoder for %s

            Trained by PieCrust; `training.json` beside this file has all figures as data.

            | | |
            |---|---|
            | kind | %s, %s%s |
            | reads | %s |
            | features | %,d a layer, about %d active |
            | training | %,d steps of %,d tokens, learning rate %s, seed %d |

            ## On text that training left out

            %,d windows, %,d tokens.

            | layer | unexplained | active | dead |
            |---|---|---|---|
            """,
            report.model(),
            spec.kind().label(),
            spec.activation().label(),
            spec.skip() ? " with a linear part" : "",
            spec.hook().label(),
            report.features(),
            spec.l0(),
            spec.steps(),
            spec.batch(),
            spec.learningRate(),
            spec.seed(),
            found.windows(),
            found.tokens())
        + layers(found.layers())
        + format(
            """

            With all MLPs replaced by it, over %,d windows, in nats a token: loss %.3f (the model's own \
            %.3f, without MLPs %.3f), so %.1f %% of what MLPs are good for is kept; KL %.3f.
            """,
            replaced.windows(),
            replaced.replaced(),
            replaced.loss(),
            replaced.without(),
            100 * replaced.recovered(),
            replaced.kl())
        + tasks(found.tasks())
        + "\n| a feature acts at a share of the tokens | features |\n|---|---|\n"
        + densities(found.densities())
        + "\n| layers ahead | mean decoder norm |\n|---|---|\n"
        + norms(found.decoderNorms());
  }

  private static String layers(List<Evaluation.Layer> layers) {
    return IntStream.range(0, layers.size())
        .mapToObj(
            l ->
                format(
                    "| %d | %.2f %% | %.1f | %.1f %% |\n",
                    l,
                    100 * layers.get(l).unexplained(),
                    layers.get(l).active(),
                    100 * layers.get(l).dead()))
        .collect(Collectors.joining());
  }

  private static String tasks(List<Evaluation.Task> tasks) {
    return tasks.isEmpty()
        ? ""
        : """

        | task | prompts | logit difference | MLPs replaced | kept | right | MLPs replaced |
        |---|---|---|---|---|---|---|
        """
            + tasks.stream().map(TrainCard::task).collect(Collectors.joining());
  }

  private static String task(Evaluation.Task task) {
    return format(
        "| %s | %d | %.2f | %.2f | %s | %.1f %% | %.1f %% |\n",
        task.name(),
        task.prompts(),
        task.difference(),
        task.replaced(),
        task.kept().map(kept -> format("%.1f %%", 100 * kept)).orElse("–"),
        100 * task.accuracy(),
        100 * task.replacedAccuracy());
  }

  private static String densities(List<Long> densities) {
    return IntStream.range(0, densities.size())
        .mapToObj(
            i -> format("| %s | %,d |\n", Decades.label(i, densities.size()), densities.get(i)))
        .collect(Collectors.joining());
  }

  private static String norms(List<Double> norms) {
    return IntStream.range(0, norms.size())
        .mapToObj(t -> format("| %d | %.4f |\n", t, norms.get(t)))
        .collect(Collectors.joining());
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
