package dev.piecrust.store.campaign;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.TaskSpec;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "campaign")
class CampaignRow {
  @Id String id;
  String name;
  String spec;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  CampaignState state;

  String message;
  Instant createdAt;
  @Nullable Instant finishedAt;
  @Nullable String fingerprint;

  /** Who asked it to stop, until it has ended. */
  @Nullable String cancelledBy;

  /** Folder names of model and transcoder. */
  String subject;

  /** Names of the tasks. */
  String tasks;

  CampaignRow() {}

  CampaignRow(String id, CampaignSpec spec, Instant createdAt) {
    this.id = id;
    this.name = spec.name();
    this.spec = Json.write(spec);
    describe(spec);
    this.state = CampaignState.QUEUED;
    this.message = "";
    this.createdAt = createdAt;
  }

  /** Notes what the campaign is about, to be found by. */
  final void describe(CampaignSpec of) {
    subject = of.subject().modelName() + " · " + of.subject().transcoderName();
    tasks = of.tasks().stream().map(TaskSpec::name).collect(Collectors.joining(", "));
  }
}
