package dev.piecrust.store.campaign;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "campaign_event")
class EventRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String campaignId;
  Instant happenedAt;
  String kind;
  String message;
  String who;

  EventRow() {}

  EventRow(String campaignId, Instant happenedAt, String kind, String message, String who) {
    this.campaignId = campaignId;
    this.happenedAt = happenedAt;
    this.kind = kind;
    this.message = message;
    this.who = who;
  }
}
