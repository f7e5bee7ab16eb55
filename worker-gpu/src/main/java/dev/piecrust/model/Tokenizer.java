package dev.piecrust.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.piecrust.campaign.PrependBos;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A model's tokenizer, from the {@code tokenizer.json} of its folder. Texts are tokenised without
 * special tokens, never cut and never filled up, whatever the file says (docs/method.md §2). Safe
 * for use by several threads at once.
 */
public final class Tokenizer implements AutoCloseable {
  private static final char UNDECODABLE = '\uFFFD';

  private final HuggingFaceTokenizer encoder;
  private final Vocabulary vocabulary;
  private final BeginningTokens beginning;
  private final PrependBos prepend;
  private final List<String> turn;

  private Tokenizer(
      HuggingFaceTokenizer encoder,
      Vocabulary vocabulary,
      BeginningTokens beginning,
      PrependBos prepend,
      List<String> turn) {
    this.encoder = encoder;
    this.vocabulary = vocabulary;
    this.beginning = beginning;
    this.prepend = prepend;
    this.turn = turn;
  }

  /**
   * Loads the tokenizer of a model's folder, which puts BOS in front where a prompt does not begin
   * with it.
   */
  public static Tokenizer load(Path folder) {
    return load(folder, PrependBos.AUTO);
  }

  /**
   * Loads the tokenizer of a model's folder. The BOS, PAD and EOS tokens are those that {@code
   * tokenizer_config.json} names, else those of {@code config.json}, else none.
   *
   * @param prepend whether the first of these that there is is put in front of prompts; a user
   *     error for always where there is none
   */
  public static Tokenizer load(Path folder, PrependBos prepend) {
    Path file = folder.resolve("tokenizer.json");
    Vocabulary vocabulary = Vocabulary.read(file);
    BeginningTokens beginning = BeginningTokens.read(folder, vocabulary);
    if (prepend == PrependBos.ALWAYS && beginning.first().isEmpty()) {
      throw PieCrustException.user(
          "%s: the model has no BOS, PAD or EOS token, expected one since prepend_bos is true",
          folder);
    }
    try {
      HuggingFaceTokenizer encoder =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file)
              .optAddSpecialTokens(false)
              .optTruncation(false)
              .optPadding(false)
              .build();
      return new Tokenizer(encoder, vocabulary, beginning, prepend, List.of());
    } catch (IOException e) {
      throw PieCrustException.external(file + ": cannot be read", e);
    } catch (RuntimeException e) {
      throw PieCrustException.user(
          "%s: is not a tokenizer that can be read, expected one that Hugging Face's library wrote",
          file);
    }
  }

  /**
   * The same tokenizer for a model that no feature is looked at of where a user's turn opens; this
   * one is not used any more.
   *
   * @param tokens that open such a turn after BOS, as text
   */
  public Tokenizer opening(List<String> tokens) {
    return new Tokenizer(encoder, vocabulary, beginning, prepend, List.copyOf(tokens));
  }

  /**
   * The first position at which features are looked at (docs/method.md §1): not the first of all,
   * not a special token that follows it, and not one that opens a user's turn where the model is
   * one of those.
   */
  public int leading(int[] ids) {
    int first = 1;
    while (first < ids.length && isSpecial(ids[first])) {
      first++;
    }
    boolean opens = !turn.isEmpty() && ids.length > turn.size();
    for (int i = 0; opens && i < turn.size(); i++) {
      opens = ids[i + 1] < size() && token(ids[i + 1]).equals(turn.get(i));
    }
    return opens ? Math.max(first, turn.size() + 1) : first;
  }

  /** Token ids of a prompt, with the token that begins it. */
  public int[] encode(String text) {
    int[] ids = encodeRaw(text);
    boolean begun = ids.length > 0 && beginning.isOne(ids[0]);
    if (bos().isEmpty() || (begun && prepend == PrependBos.AUTO)) {
      return ids;
    }
    return IntStream.concat(bos().stream(), Arrays.stream(ids)).toArray();
  }

  /** Token ids of a text as it stands, nothing added. */
  public int[] encodeRaw(String text) {
    return Arrays.stream(encoder.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** The id of the token that is put in front of prompts; none where none is to be. */
  public OptionalInt bos() {
    return prepend == PrependBos.NEVER ? OptionalInt.empty() : beginning.first();
  }

  /** In words, what prompts begin with. */
  public String beginning() {
    String token =
        bos().stream()
            .mapToObj(id -> "%s (id %d)".formatted(token(id), id))
            .findFirst()
            .orElse("no token of their own");
    return "prompts begin with %s, by subject.prepend_bos %s".formatted(token, prepend.label());
  }

  /**
   * A token as text: decoded, with its spaces; one that is no text by itself (a part of a
   * character) as the vocabulary writes it.
   */
  public String token(int id) {
    String piece = vocabulary.piece(id);
    if (isSpecial(id)) {
      return piece;
    }
    String text = encoder.decode(new long[] {id}, false);
    return text.isEmpty() || text.indexOf(UNDECODABLE) >= 0 ? piece : text;
  }

  /** Several tokens as one text, special ones left out; the inverse of {@link #encodeRaw}. */
  public String text(int[] ids) {
    return encoder.decode(Arrays.stream(ids).asLongStream().toArray(), true);
  }

  /** Whether a token is marked as special: BOS, end of text and the like. */
  public boolean isSpecial(int id) {
    return vocabulary.isSpecial(id);
  }

  /** The same of a token as the vocabulary writes it; what is no token is not special. */
  public boolean isSpecial(String piece) {
    return vocabulary.id(piece).filter(vocabulary::isSpecial).isPresent();
  }

  /** One past the largest token id. */
  public int size() {
    return vocabulary.size();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
