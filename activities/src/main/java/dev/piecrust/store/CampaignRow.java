package dev.piecrust.store;

import dev.piecrust.campaign.CampaignState;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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

  CampaignRow() {}

  CampaignRow(String id, String name, String spec, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.spec = spec;
    this.state = CampaignState.QUEUED;
    this.message = "";
    this.createdAt = createdAt;
  }
}
