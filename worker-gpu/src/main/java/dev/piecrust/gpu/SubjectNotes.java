package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.evidence.CorpusWindows;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.prune.SelfTest;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.CampaignStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a campaign's page and manifest say of its subject, once it was loaded: how prompts begin,
 * and how the transcoder fits the model.
 *
 * @param campaignId whose events they become
 */
record SubjectNotes(Stores stores, String campaignId) {
  private static final String SELF_TEST = "self-test";

  /** Tokens of a window of the corpus that is looked at. */
  private static final int WINDOW = 64;

  /** Writes those that are not there yet. */
  void write(CampaignSpec spec, Subject subject, NDManager manager) {
    List<String> there = stores.campaigns().notes(campaignId);
    String beginning = subject.model().tokenizer().beginning();
    if (!there.contains(beginning)) {
      write(beginning);
    }
    if (there.stream().noneMatch(note -> note.startsWith(SELF_TEST))) {
      write(selfTest(spec, subject, manager));
    }
  }

  private void write(String sentence) {
    stores.campaigns().event(campaignId, CampaignStore.SUBJECT_EVENT, sentence, "piecrust");
  }

  /** What it stumbles over is refused where the campaign needs it. */
  static String selfTest(CampaignSpec spec, Subject subject, NDManager manager) {
    try {
      List<int[]> prompts = prompts(spec, subject);
      return SelfTest.of(subject.model(), subject.transcoder(), manager, prompts).sentence();
    } catch (PieCrustException e) {
      return SELF_TEST + " was not possible: " + e.getMessage();
    }
  }

  /** Windows of the corpus, or prompts of the tasks where there is none. */
  private static List<int[]> prompts(CampaignSpec spec, Subject subject) {
    Tokenizer tokenizer = subject.model().tokenizer();
    Optional<String> corpus = spec.interpret().map(InterpretSpec::corpus).flatMap(CorpusSpec::path);
    List<int[]> all;
    if (corpus.isPresent()) {
      CorpusWindows windows =
          CorpusWindows.read(
              Path.of(corpus.get()), tokenizer, 2 * SelfTest.TOKENS / WINDOW, WINDOW);
      all = IntStream.range(0, windows.size()).mapToObj(windows::get).toList();
    } else {
      all =
          spec.tasks().stream()
              .flatMap(task -> TaskStage.pairs(task, tokenizer).stream())
              .map(pair -> tokenizer.encode(pair.textClean()))
              .toList();
    }
    int most = subject.model().positions();
    return all.stream()
        .filter(ids -> ids.length > 0)
        .map(ids -> Arrays.copyOf(ids, Math.min(ids.length, most)))
        .toList();
  }
}
