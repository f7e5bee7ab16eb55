package dev.piecrust.gpu;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.estimate.MachineRoom;
import dev.piecrust.evidence.CorpusWindows;
import dev.piecrust.evidence.PublishedFeatures;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.hub.HeaderFolder;
import dev.piecrust.hub.HubDisk;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.hub.HubPart;
import dev.piecrust.hub.HubProgress;
import dev.piecrust.model.Models;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.prune.load.PruneRoom;
import dev.piecrust.prune.load.SubjectShape;
import dev.piecrust.task.PairFile;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at what a campaign studies, before anything of it is downloaded or loaded, and at what this
 * machine has for it.
 */
public final class SubjectCheck {
  private final CampaignSpec spec;
  private final HubFolders folders;
  private final BiFunction<SubjectShape, PruneSpec, PruneRoom> device;

  /**
   * @param spec pinned
   * @param device that would prune
   */
  SubjectCheck(
      CampaignSpec spec,
      HubFolders folders,
      BiFunction<SubjectShape, PruneSpec, PruneRoom> device) {
    this.spec = spec;
    this.folders = folders;
    this.device = device;
  }

  /** On this machine. */
  public static SubjectCheck here(CampaignSpec spec, HubFolders folders) {
    return new SubjectCheck(spec, folders, PruneRoom::here);
  }

  /** The subject's shape, by headers alone. */
  public SubjectShape shape() {
    try (HeaderFolder model = folders.headers(spec.subject().model(), HubPart.MODEL);
        HeaderFolder transcoder =
            folders.headers(spec.subject().transcoder(), HubPart.TRANSCODER)) {
      return shape(model.path(), transcoder.path());
    }
  }

  private SubjectShape shape(Path model, Path transcoder) {
    return spec.train()
        .map(train -> SubjectShape.read(model, train))
        .orElseGet(() -> SubjectShape.read(model, transcoder));
  }

  /**
   * The same. Refuses, as a user error with a line for each, whatever the campaign would stumble
   * over later: the readers are its own. It looks at configs, tensors' headers, the tokenizer,
   * pairs of prompts, the beginning of the corpus and what was published of features; of what is at
   * the hub, at as much as was downloaded, and at headers.
   */
  public SubjectShape readableShape() {
    List<String> problems = new ArrayList<>();
    List<SubjectShape> shapes = new ArrayList<>();
    try (HeaderFolder model = folders.headers(spec.subject().model(), HubPart.MODEL);
        HeaderFolder transcoder =
            folders.headers(spec.subject().transcoder(), HubPart.TRANSCODER)) {
      tell(problems, () -> shapes.add(shape(model.path(), transcoder.path())));
      spec.train()
          .ifPresent(
              train -> {
                Path out = Path.of(spec.subject().transcoder());
                tell(problems, () -> Training.requireWritable(out));
                for (SubjectShape shape : shapes) {
                  tell(problems, () -> Training.requireSize(train, shape.layers(), shape.width()));
                }
              });
      if (!shapes.isEmpty()) { // so that it has no more layers than the transcoder
        tell(problems, () -> Models.checkpoint(model.path()).check());
      }
      if (model.whole()) {
        tell(problems, () -> tokenizer(model.path()));
      }
    }
    for (TaskSpec task : spec.tasks()) {
      task.path()
          .ifPresent(path -> tell(problems, () -> PairFile.read(Path.of(path), task.prompts())));
    }
    published().ifPresent(path -> tell(problems, () -> PublishedFeatures.check(path)));
    if (!problems.isEmpty()) {
      throw user("%s", problems.stream().distinct().collect(Collectors.joining("\n")));
    }
    return shapes.get(0);
  }

  /** The folder that evidence is taken from, where it is on a disk. */
  private Optional<Path> published() {
    return spec.interpret()
        .map(InterpretSpec::corpus)
        .flatMap(CorpusSpec::published)
        .filter(named -> !HubRef.is(named))
        .map(Path::of);
  }

  /** Each corpus is cut by the tokenizer. */
  private void tokenizer(Path model) {
    try (Tokenizer tokenizer =
        Models.checkpoint(model).prepending(spec.subject().prependBos()).tokenizer()) {
      Stream.concat(
              spec.train().map(TrainSpec::corpus).stream(),
              spec.interpret().map(InterpretSpec::corpus).flatMap(CorpusSpec::path).stream())
          .forEach(
              path -> CorpusWindows.read(Path.of(path), tokenizer, 1, CorpusSpec.DEFAULT_TOKENS));
    }
  }

  /**
   * Loads the subject and says, in sentences, how prompts begin and how the transcoder fits the
   * model. All must have been downloaded, and there must be room.
   */
  public List<String> notes() {
    if (spec.train().isPresent()) { // there is nothing yet that could fit
      return List.of();
    }
    try (NDManager manager = TensorRuntime.start().newManager();
        Subject subject =
            Subject.load(
                spec.subject(),
                folders.folder(spec.subject().model(), HubPart.MODEL, HubProgress.UNWATCHED),
                folders.folder(
                    spec.subject().transcoder(), HubPart.TRANSCODER, HubProgress.UNWATCHED),
                spec.prune(),
                manager)) {
      return List.of(
          subject.model().tokenizer().beginning(), SubjectNotes.selfTest(spec, subject, manager));
    }
  }

  private static void tell(List<String> problems, Runnable read) {
    try {
      read.run();
    } catch (PieCrustException e) {
      if (e.category() != FailureCategory.USER) {
        throw e;
      }
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a subject of this shape has room here, and its training, if it has one. */
  public MachineRoom room(SubjectShape shape) {
    PruneRoom memory = device.apply(shape, spec.prune());
    Optional<String> training =
        spec.train()
            .flatMap(
                train ->
                    Training.shortage(
                        train, shape.layers(), shape.width(), memory.device(), memory.free()));
    boolean prunes = !spec.tasks().isEmpty();
    return room(memory, training.or(() -> memory.shortage().filter(why -> prunes)));
  }

  /** Whether a subject of this shape, which is trained by now, has room here. */
  MachineRoom roomToPrune(SubjectShape shape) {
    PruneRoom memory = device.apply(shape, spec.prune());
    return room(memory, memory.shortage());
  }

  private MachineRoom room(PruneRoom memory, Optional<String> shortage) {
    long bytes = folders.remainingBytes(spec);
    Optional<Path> cache = bytes == 0 ? Optional.empty() : Optional.of(folders.cache());
    long free = cache.map(HubDisk::free).orElse(0L);
    return new MachineRoom(
        bytes,
        free,
        memory.device(),
        memory.free(),
        cache.flatMap(there -> HubDisk.shortage(spec.name(), bytes, there, free)),
        shortage);
  }
}
