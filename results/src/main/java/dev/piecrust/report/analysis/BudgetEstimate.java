package dev.piecrust.report.analysis;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A budget read off a curve, or the end of the curve past which it lies. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BudgetEstimate.At.class, name = "at"),
  @JsonSubTypes.Type(value = BudgetEstimate.Below.class, name = "below"),
  @JsonSubTypes.Type(value = BudgetEstimate.Above.class, name = "above")
})
public sealed interface BudgetEstimate {
  /**
   * On the curve.
   *
   * @param budget kept occurrences; interpolated, so not a whole number
   */
  record At(double budget) implements BudgetEstimate {}

  /** Less than the smallest measured budget is enough. */
  record Below(double budget) implements BudgetEstimate {}

  /** The largest measured budget is not enough. */
  record Above(double budget) implements BudgetEstimate {}

  /** The budget, or the end of the curve. */
  double budget();

  /** {@code at}, {@code below} or {@code above}, as in JSON. */
  default String kind() {
    if (this instanceof Below) {
      return "below";
    }
    return this instanceof Above ? "above" : "at";
  }

  /** Empty on the curve, and {@code <} or {@code >} before its end. */
  default String sign() {
    if (this instanceof Below) {
      return "<";
    }
    return this instanceof Above ? ">" : "";
  }
}
