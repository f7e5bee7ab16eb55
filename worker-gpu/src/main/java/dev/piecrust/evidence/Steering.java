package dev.piecrust.evidence;

import ai.djl.ndarray.NDManager;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.SteeredText;
import dev.piecrust.model.Continuation;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Lets the model go on from beginnings of texts while a feature is steered: its strength, a factor
 * times its maximum natural activation, is written into every layer that its decoder writes to, at
 * every position of prompt and continuation (docs/method.md §8). Tokens are sampled at temperature
 * 1.
 */
public final class Steering {
  /** Tokens of a text that are continued, beside BOS. */
  static final int PROMPT = 10;

  /** Continuations that go through the model together. */
  static final int TOGETHER = 64;

  /** What is asked: texts to continue, under each factor. */
  public record Plan(
      FeatureId feature, double maximum, List<Double> factors, int tokens, long seed) {}

  /** One continuation while it grows. */
  private static final class Row {
    private final double factor;
    private final int[] prompt;
    private final SplittableRandom random;
    private final List<Integer> next = new ArrayList<>();
    private boolean ended;

    Row(double factor, int[] prompt, long seed) {
      this.factor = factor;
      this.prompt = prompt;
      this.random = new SplittableRandom(seed);
    }

    /** Adds a token; what follows a special one is not part of the continuation. */
    void add(int token, Tokenizer tokenizer) {
      ended |= tokenizer.isSpecial(token);
      if (!ended) {
        next.add(token);
      }
    }
  }

  private final Transformer model;
  private final Transcoder transcoder;
  private final int together;

  /**
   * In a model, by the decoder of a transcoder for it; {@value #TOGETHER} continuations at a time.
   */
  public Steering(Transformer model, Transcoder transcoder) {
    this(model, transcoder, TOGETHER);
  }

  Steering(Transformer model, Transcoder transcoder, int together) {
    this.model = model;
    this.transcoder = transcoder;
    this.together = together;
  }

  /**
   * Continues the first {@value #PROMPT} tokens of each text, once for each factor; where that is
   * more than the model can read, less far. What comes out depends on the seed, and for each text
   * and factor on nothing that is done beside it.
   *
   * @param beforeEach runs before every token, with the number of continuations that are done
   * @return text by text, in the order of the factors
   */
  public List<SteeredText> steer(
      NDManager manager, List<String> texts, Plan plan, Progress beforeEach) {
    List<Row> rows = rows(texts, plan);
    Map<Integer, List<Row>> byLength = new TreeMap<>();
    rows.forEach(r -> byLength.computeIfAbsent(r.prompt.length, n -> new ArrayList<>()).add(r));
    int done = 0;
    for (List<Row> same : byLength.values()) {
      for (int from = 0; from < same.size(); from += together) {
        List<Row> some = same.subList(from, Math.min(same.size(), from + together));
        int before = done;
        grow(manager, some, plan, step -> beforeEach.at(before));
        done += some.size();
      }
    }
    return rows.stream().map(this::text).toList();
  }

  private List<Row> rows(List<String> texts, Plan plan) {
    List<Row> rows = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      int[] ids = model.tokenizer().encode(texts.get(text));
      int bos = ids.length > 0 && model.tokenizer().isSpecial(ids[0]) ? 1 : 0;
      if (ids.length > bos) {
        int[] prompt = Arrays.copyOf(ids, Math.min(ids.length, PROMPT + bos));
        for (double factor : plan.factors()) {
          rows.add(new Row(factor, prompt, Lots.seed(plan.seed(), plan.feature(), text, factor)));
        }
      }
    }
    return rows;
  }

  private void grow(NDManager manager, List<Row> rows, Plan plan, Progress beforeEach) {
    float[] strengths = new float[rows.size()];
    for (int b = 0; b < strengths.length; b++) {
      strengths[b] = (float) (rows.get(b).factor * plan.maximum());
    }
    Sampler sampler = new Sampler(model);
    TokenBatch prompts = new TokenBatch(rows.stream().map(row -> row.prompt).toList());
    int tokens = Math.min(plan.tokens(), model.positions() - prompts.width());
    try (NDManager scope = manager.newSubManager();
        Continuation continuation =
            model.begin(
                scope,
                prompts,
                new SteeringPatch(transcoder, plan.feature()).of(scope, strengths))) {
      for (int step = 0; step < tokens; step++) {
        beforeEach.at(step);
        double[] uniform = rows.stream().mapToDouble(row -> row.random.nextDouble()).toArray();
        int[] next = sampler.next(continuation.hidden(), uniform);
        for (int b = 0; b < next.length; b++) {
          rows.get(b).add(next[b], model.tokenizer());
        }
        if (step + 1 < tokens) {
          continuation.read(next);
        }
      }
    }
  }

  private SteeredText text(Row row) {
    Tokenizer tokenizer = model.tokenizer();
    int[] all = Arrays.copyOf(row.prompt, row.prompt.length + row.next.size());
    for (int i = 0; i < row.next.size(); i++) {
      all[row.prompt.length + i] = row.next.get(i);
    }
    String prompt = tokenizer.text(row.prompt);
    String whole = tokenizer.text(all);
    String continuation =
        whole.startsWith(prompt)
            ? whole.substring(prompt.length())
            // A character that the prompt has cut in two.
            : String.join("", row.next.stream().map(tokenizer::token).toList());
    return new SteeredText(row.factor, prompt, continuation);
  }
}
