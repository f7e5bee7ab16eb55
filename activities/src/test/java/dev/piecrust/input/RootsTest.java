package dev.piecrust.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RootsTest extends RootContract {
  @Test
  void allowsEverythingWhereNothingIsSet() {
    assertThat(Roots.of(Map.of()).allow(Path.of("/etc/passwd"))).isTrue();
    assertThat(Roots.of(Map.of("PIECRUST_ROOTS", " ")).folders()).isEmpty();
  }

  @Test
  void allowsWhatLiesInARoot() {
    Roots both =
        Roots.of(Map.of("PIECRUST_ROOTS", folder.resolve("other") + File.pathSeparator + data));
    assertThat(both.allow(data)).isTrue();
    assertThat(both.allow(data.resolve("model"))).isTrue();
    assertThat(both.allow(data.resolve("not/there/yet"))).isTrue();
    assertThat(both.allow(folder.resolve("other/x"))).isTrue();
    assertThat(both.allow(folder)).isFalse();
  }

  @Test
  void isNotFooledByANameThatBeginsAlike() {
    assertThat(roots.allow(evil.resolve("model"))).isFalse();
  }

  @Test
  void isNotFooledByDots() {
    assertThat(roots.allow(data.resolve("../data-evil/model"))).isFalse();
    assertThat(roots.allow(data.resolve("missing/../../data-evil/missing"))).isFalse();
    assertThat(roots.allow(data.resolve("model/../model"))).isTrue();
  }

  @Test
  void isNotFooledByLinks() throws IOException {
    Files.createSymbolicLink(data.resolve("out"), evil);
    Files.createSymbolicLink(data.resolve("pairs.jsonl"), evil.resolve("pairs.jsonl"));
    assertThat(roots.allow(data.resolve("out/model"))).isFalse();
    assertThat(roots.allow(data.resolve("out/missing"))).isFalse();
    assertThat(roots.allow(data.resolve("pairs.jsonl"))).isFalse();
    assertThat(roots.allow(data.resolve("out/../data/model"))).isTrue();
  }

  @Test
  void followsALinkThatIsItselfARoot() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);
    assertThat(new Roots(List.of(link)).allow(link.resolve("model"))).isTrue();
    assertThat(new Roots(List.of(link)).allow(data.resolve("model"))).isTrue();
  }

  @Test
  void refusesAnEntryThatIsNotAbsolute() {
    assertThatThrownBy(() -> Roots.of(Map.of("PIECRUST_ROOTS", "data")))
        .hasMessage("PIECRUST_ROOTS names 'data', expected an absolute folder");
  }

  @Test
  void admitsWhatIsReachedThroughARootAndLiesInOne() throws IOException {
    Path inside = Files.writeString(data.resolve("model/config.json"), "{}");
    Path near = Files.createSymbolicLink(data.resolve("near.json"), inside);
    assertThat(roots.admit(near, near.toRealPath())).isTrue();
    Path far = Files.createSymbolicLink(data.resolve("far.jsonl"), evil.resolve("pairs.jsonl"));
    assertThat(roots.admit(far, far.toRealPath())).isFalse();
    Path door = Files.createSymbolicLink(folder.resolve("door"), data);
    assertThat(roots.admit(door.resolve("far.jsonl"), far.toRealPath())).isFalse();
    Path elsewhere = evil.resolve("pairs.jsonl");
    assertThat(roots.admit(elsewhere, elsewhere.toRealPath())).isTrue();
  }

  @Test
  void admitsLinksIntoTheCacheOfTheHub() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("hub"));
    Path blob = Files.writeString(cache.resolve("blob"), "{}");
    Path link = Files.createSymbolicLink(data.resolve("config.json"), blob);
    Roots withCache =
        Roots.of(Map.of("PIECRUST_ROOTS", data.toString(), "HF_HUB_CACHE", cache.toString()));
    assertThat(withCache.admit(link, link.toRealPath())).isTrue();
    assertThat(roots.admit(link, link.toRealPath())).isFalse();
    assertThat(withCache.allow(cache)).isFalse();
  }
}
