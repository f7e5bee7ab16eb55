package dev.piecrust.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  private final OptionalInt bos;

  private Tokenizer(HuggingFaceTokenizer encoder, Vocabulary vocabulary, OptionalInt bos) {
    this.encoder = encoder;
    this.vocabulary = vocabulary;
    this.bos = bos;
  }

  /**
   * Loads the tokenizer of a model's folder. The BOS token is the {@code bos_token} of {@code
   * tokenizer_config.json}, else the {@code bos_token_id} of {@code config.json}, else none.
   */
  public static Tokenizer load(Path folder) {
    Path file = folder.resolve("tokenizer.json");
    Vocabulary vocabulary = Vocabulary.read(file);
    OptionalInt bos = beginning(folder, vocabulary);
    try {
      HuggingFaceTokenizer encoder =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file)
              .optAddSpecialTokens(false)
              .optTruncation(false)
              .optPadding(false)
              .build();
      return new Tokenizer(encoder, vocabulary, bos);
    } catch (IOException e) {
      throw PieCrustException.external(file + ": cannot be read", e);
    } catch (RuntimeException e) {
      throw PieCrustException.user(
          "%s: is not a tokenizer that can be read, expected one that Hugging Face's library wrote",
          file);
    }
  }

  private static OptionalInt beginning(Path folder, Vocabulary vocabulary) {
    Path settings = folder.resolve("tokenizer_config.json");
    if (Files.isRegularFile(settings)) {
      ConfigFile config = ConfigFile.read(settings);
      boolean isObject = config.node().path("bos_token").isObject();
      String token =
          isObject
              ? config.node().path("bos_token").path("content").asText()
              : config.text("bos_token", "");
      if (!token.isEmpty()) {
        return OptionalInt.of(
            vocabulary
                .id(token)
                .orElseThrow(() -> config.wrong("bos_token", "a token of tokenizer.json")));
      }
    }
    Path model = folder.resolve("config.json");
    if (Files.isRegularFile(model)) {
      ConfigFile config = ConfigFile.read(model);
      int id = config.node().path("bos_token_id").asInt(-1);
      if (id >= vocabulary.size()) {
        throw config.wrong("bos_token_id", "a token of tokenizer.json");
      }
      return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }
    return OptionalInt.empty();
  }

  /** Token ids of a prompt: BOS in front where the first token is not special. */
  public int[] encode(String text) {
    int[] ids = encodeRaw(text);
    if (bos.isEmpty() || (ids.length > 0 && isSpecial(ids[0]))) {
      return ids;
    }
    return IntStream.concat(IntStream.of(bos.getAsInt()), Arrays.stream(ids)).toArray();
  }

  /** Token ids of a text as it stands, nothing added. */
  public int[] encodeRaw(String text) {
    return Arrays.stream(encoder.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** The id of the token that begins every prompt, if the model has one. */
  public OptionalInt bos() {
    return bos;
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
