package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import java.util.Objects;
import java.util.Optional;

/**
 * What is studied. Neither part may be blank; whether anything is there shows when it is opened.
 *
 * @param model folder of a Hugging Face checkout, absolute, or a {@link HubRef}
 * @param transcoder folder of a transcoder in one of the public layouts, likewise; or the campaign
 *     that trained it, until the spec is pinned
 * @param prependBos whether a token that begins a text is put in front of each prompt
 */
public record SubjectSpec(
    @FormField(
            value = "Model",
            wide = true,
            help =
                "folder of a Hugging Face checkpoint on the machine with the"
                    + " GPU, or hf://ORG/REPO of the hub, at a revision hf://ORG/REPO@REVISION")
        @Key(
            value = "The language model: a Llama-3, Qwen2, Qwen2.5, Qwen3, Gemma-2 or Gemma-3.",
            expected = "the folder of a Hugging Face checkpoint, or hf://ORG/REPO",
            place = Key.Place.FOLDER,
            required = true)
        String model,
    @FormField(
            value = "Transcoder",
            wide = true,
            help =
                "folder of its cross-layer transcoder, hf://ORG/REPO or"
                    + " hf://ORG/REPO@REVISION, or campaign:ID of a training here")
        @Key(
            value =
                "Its features: a cross-layer transcoder, or a set of one transcoder a layer. One"
                    + " that a campaign here trained is named by it: its id, the beginning of that,"
                    + " or its name; the folder takes its place when the campaign starts.",
            expected =
                "the folder of a transcoder, hf://ORG/REPO, hf://ORG/REPO//FOLDER, or campaign:ID",
            place = Key.Place.FOLDER,
            required = true)
        String transcoder,
    @Key(
            value =
                "Whether the model's BOS token, else its PAD or EOS token, is put in front of each"
                    + " prompt: auto where the prompt does not begin with one of them.",
            usual = "auto",
            omitUsual = true)
        PrependBos prependBos) {
  /** Begins the name of a campaign in the place of a transcoder's folder. */
  private static final String CAMPAIGN = "campaign:";

  public SubjectSpec {
    prependBos = Objects.requireNonNullElse(prependBos, PrependBos.AUTO); // unknown to older ones
    requireNamed("model", model);
    requireNamed("transcoder", transcoder);
  }

  /** Prompts begin as is usual. */
  public SubjectSpec(String model, String transcoder) {
    this(model, transcoder, PrependBos.AUTO);
  }

  /** Whether a text of a spec means a transcoder by the campaign that trained it. */
  public static boolean namesCampaign(String transcoder) {
    return transcoder.startsWith(CAMPAIGN);
  }

  /** The id, its beginning, or the name of the campaign that trained it, where it is named so. */
  public Optional<String> trainedBy() {
    return Optional.of(transcoder)
        .filter(SubjectSpec::namesCampaign)
        .map(named -> named.substring(CAMPAIGN.length()));
  }

  private static void requireNamed(String key, String value) {
    if (value.isBlank()) {
      throw user("subject.%s is empty, expected a folder, or hf://ORG/REPO", key);
    }
  }

  /** The model's folder or repository without the way to it. */
  public String modelName() {
    return last(model);
  }

  /** The transcoder's folder or repository without the way to it. */
  public String transcoderName() {
    return last(transcoder);
  }

  private static String last(String path) {
    if (HubRef.is(path)) {
      return HubRef.parse(path).name();
    }
    String trimmed = path.replaceAll("[/\\\\]+$", "");
    return trimmed.substring(trimmed.replace('\\', '/').lastIndexOf('/') + 1);
  }
}
