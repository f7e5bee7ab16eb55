package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpecEditorTest {
  private static final String SPEC =
      """
      name: small
      tasks: [{kind: ioi, prompts: 10, seed: 3}]
      prune: {methods: [fap], held_out: 0.2}
      limits: {usd: 5}
      """;

  @Test
  void readsValuesByTheirPaths() {
    SpecEditor editor = SpecEditor.of(SPEC);
    assertThat(editor.get("name")).contains("small");
    assertThat(editor.get("limits.usd")).contains(5);
    assertThat(editor.get("prune.methods")).contains(List.of("fap"));
    assertThat(editor.get("tasks[ioi].prompts")).contains(10);
    assertThat(editor.get("tasks[docstring].prompts")).isEmpty();
    assertThat(editor.get("interpret.llm.model")).isEmpty();
    assertThat(editor.tasks()).containsExactly("ioi");
  }

  @Test
  void changesOneValueAndLeavesTheOthers() {
    SpecEditor editor = SpecEditor.of(SPEC);
    editor.set("limits.usd", 7);
    editor.set("tasks[ioi].prompts", 20);
    SpecEditor again = SpecEditor.of(editor.write());
    assertThat(again.get("limits.usd")).contains(7);
    assertThat(again.get("tasks[ioi].prompts")).contains(20);
    assertThat(again.get("tasks[ioi].seed")).contains(3);
    assertThat(again.get("prune.held_out")).contains(0.2);
  }

  @Test
  void makesWhatLeadsToAValueAndTakesItAwayWithTheLast() {
    SpecEditor editor = SpecEditor.of("name: small");
    editor.set("interpret.llm.model", "gpt");
    editor.set("tasks[docstring].prompts", 5);
    assertThat(SpecEditor.of(editor.write()).get("interpret.llm.model")).contains("gpt");
    assertThat(editor.tasks()).containsExactly("docstring");
    editor.set("interpret.llm.model", "");
    assertThat(editor.get("interpret")).isEmpty();
  }

  @Test
  void takesAHostileTextForAText() {
    SpecEditor editor = SpecEditor.of("name: small");
    editor.set("name", "x\nlimits: {usd: 1000}");
    assertThat(SpecEditor.of(editor.write()).get("limits")).isEmpty();
    assertThatThrownBy(() -> SpecEditor.of("a: !!javax.script.ScriptEngineManager []"))
        .hasMessageContaining("is not YAML");
  }

  @Test
  void refusesWhatIsNoMap() {
    assertThatThrownBy(() -> SpecEditor.of("- 1"))
        .hasMessageContaining("is no group of keys, expected");
    assertThatThrownBy(() -> SpecEditor.of("a: {")).hasMessageContaining("is not YAML");
  }
}
