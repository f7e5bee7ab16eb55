package dev.piecrust.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaperResultsTest {
  private final PaperResults paper = PaperResults.load();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/models/Llama-3.2-1B",
        "/models/llama-3.2-1b/",
        "C:\\models\\Llama-3.2-1B",
        "hf://meta-llama/Llama-3.2-1B@4e20de3",
        "/cache/hub/models--meta-llama--Llama-3.2-1B/snapshots/4e20de3"
      })
  void recognisesASubjectByItsFolder(String model) {
    assertThat(paper.subject(new SubjectSpec(model, "/clt"))).contains("Llama-3.2-1B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/models/Llama-3.2-1B-Instruct", "/models/Llama-3.2-3B", "/demo/model", "/a/b"})
  void takesNoOtherModelForIt(String model) {
    SubjectSpec subject = new SubjectSpec(model, "/models/Llama-3.2-1B-clt");
    assertThat(paper.subject(subject)).isEmpty();
    assertThat(paper.klLast(subject, TaskKind.IOI)).isEmpty();
  }

  @Test
  void givesThePublishedFigures() {
    SubjectSpec gemma = new SubjectSpec("/models/gemma-2-2b", "/clt");
    assertThat(paper.klLast(gemma, TaskKind.IOI))
        .contains(
            new Reference("fap-synergy", 50, 0.82, OptionalDouble.of(0.42)),
            new Reference("factp", 200, 0.76, OptionalDouble.of(0.37)),
            new Reference("random", 4250, 0.69, OptionalDouble.empty()))
        .hasSize(16);
    assertThat(paper.klLast(gemma, TaskKind.DOCSTRING)).isEmpty();
    assertThat(paper.klLast(gemma, TaskKind.FILE)).isEmpty();
    assertThat(paper.source()).startsWith("arXiv:2604.16889");
  }
}
