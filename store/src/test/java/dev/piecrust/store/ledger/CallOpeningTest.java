package dev.piecrust.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that ends while the same one is about to be begun by somebody else. */
class CallOpeningTest {
  private static final String ENDPOINT = "somewhere";

  @TempDir Path folder;

  @Test
  void takesTheAnswerThatCameAfterItHadLookedForOne() {
    try (Database database = Stores.database(DatabaseConfig.h2(folder.resolve("db")))) {
      Stores stores = Stores.of(database);
      LimitsSpec limits =
          new LimitsSpec(Optional.of(BigDecimal.ONE), Optional.empty(), Optional.empty(), 0.2);
      stores
          .campaigns()
          .create(
              "c",
              new CampaignSpec(
                  "demo",
                  new SubjectSpec("/models/tiny", "/models/tiny-clt"),
                  List.of(new TaskSpec("ioi", TaskKind.IOI, 20, 7, Optional.empty())),
                  PruneSpec.defaults(),
                  limits));
      stores.endpoints().open(ENDPOINT, ENDPOINT);
      stores.llmWorkers().beat("ada");
      CallRequest wish = wish();
      Admission first = stores.calls().begin(wish);
      long call = ((Admission.Reserved) first).call();

      Admission second =
          database.call(
              em -> {
                Runnable ends =
                    () ->
                        stores
                            .calls()
                            .settle(
                                call,
                                "yes",
                                false,
                                Optional.empty(),
                                Optional.of(new BigDecimal("0.1")));
                return new CallOpening(database, beforeTheCallIsRead(em, ends), wish).begin();
              });

      assertThat(second).isEqualTo(new Admission.Answered("yes", false, call));
      assertThat(stores.accounts().spend("c").calls()).isEqualTo(1);
    }
  }

  /** The same, with something that happens between the look for an answer and that for its call. */
  private static EntityManager beforeTheCallIsRead(EntityManager em, Runnable happens) {
    AtomicBoolean happened = new AtomicBoolean();
    return (EntityManager)
        Proxy.newProxyInstance(
            CallOpeningTest.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              boolean readsCall =
                  method.getName().equals("find") && LlmCallRow.class.equals(arguments[0]);
              if (readsCall && happened.compareAndSet(false, true)) {
                happens.run();
              }
              try {
                return method.invoke(em, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static CallRequest wish() {
    return new CallRequest(
        "c",
        "explain",
        new FeatureId(1, 2),
        ENDPOINT,
        "p",
        "m",
        Checkpoints.key(ENDPOINT, "k"),
        Optional.of(new BigDecimal("0.25")),
        "ada",
        Optional.empty(),
        Optional.empty());
  }
}
