package dev.piecrust.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HubRefTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void readsARepositoryAndItsRevision() {
    assertThat(HubRef.parse("hf://meta-llama/Llama-3.2-1B"))
        .isEqualTo(new HubRef("meta-llama", "Llama-3.2-1B", "", "main"));
    assertThat(HubRef.parse("hf://a_b/c.d@refs/pr/3").revision()).isEqualTo("refs/pr/3");
    assertThat(HubRef.parse("hf://a/b@fix--1").revision()).isEqualTo("fix--1");
    assertThat(HubRef.parse("hf://a/b").repository()).isEqualTo("a/b");
  }

  @Test
  void writesWhatItReadsAndLeavesTheUsualBranchOut() {
    assertThat(HubRef.parse("hf://a/b@main")).hasToString("hf://a/b");
    assertThat(HubRef.parse("hf://a/b@v1")).hasToString("hf://a/b@v1");
    assertThat(HubRef.parse("hf://a/b").at(COMMIT)).hasToString("hf://a/b@" + COMMIT);
  }

  @Test
  void namesAFolderBehindTwoStrokes() {
    HubRef ref = HubRef.parse("hf://a/b//transcoder_all/width_16k@v1");
    assertThat(ref).isEqualTo(new HubRef("a", "b", "transcoder_all/width_16k", "v1"));
    assertThat(ref.at(COMMIT)).hasToString("hf://a/b//transcoder_all/width_16k@" + COMMIT);
    assertThat(HubRef.parse("hf://a/b//c")).hasToString("hf://a/b//c");
  }

  @Test
  void isPinnedByAWholeCommitAlone() {
    assertThat(HubRef.parse("hf://a/b@" + COMMIT).pinned()).isTrue();
    assertThat(HubRef.parse("hf://a/b@" + COMMIT.substring(1)).pinned()).isFalse();
    assertThat(HubRef.parse("hf://a/b").pinned()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf://", "hf://a", "hf://a/", "hf:///b", "hf://a/b/c", "hf://a/b@", "hf://a/b@v 1",
        "hf://a/..", "hf://../b", "hf://a/b@../c", "hf://a/b@x/../c", "hf://a--b/c", "hf://a/b--c",
            "hf://a/b?x",
        "hf://.a/b", "https://a/b", "hf://a/b//", "hf://a/b//../c", "hf://a/b//c//d", "hf://a/b///c"
      })
  void refusesWhatIsNoRepository(String text) {
    assertThatThrownBy(() -> HubRef.parse(text))
        .hasMessage(
            "'%s' is no repository of the hub, expected hf://ORG/REPO, hf://ORG/REPO@REVISION or"
                + " hf://ORG/REPO//FOLDER@REVISION",
            text)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }
}
