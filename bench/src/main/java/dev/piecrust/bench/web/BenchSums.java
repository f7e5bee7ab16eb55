package dev.piecrust.bench.web;

import java.util.List;

/** Sums that the program keeps in step, over rows that were inserted behind its back. */
final class BenchSums {
  static final List<String> ALL =
      List.of(
          "insert into unit_sum select campaign_id, stage, sum(done), sum(failed), max(ended_at)"
              + " from work_unit group by campaign_id, stage",
          "insert into llm_account select campaign_id, 500, sum(usd), 0,"
              + " sum(case when state = 'LOST' then reserved_usd else 0 end)"
              + " from llm_call group by campaign_id",
          "insert into llm_sum (campaign_id, stage, provider, model, open_calls, settled, released,"
              + " lost, unreported, unpriced, hits, input_tokens, cached_input_tokens,"
              + " output_tokens, reasoning_tokens, usd, unknown_usd, reserved_usd)"
              + " select campaign_id, stage, provider, model, 0,"
              + " sum(case when state = 'SETTLED' then 1 else 0 end), 0,"
              + " sum(case when state = 'LOST' then 1 else 0 end), 0, 0, 0, sum(input_tokens),"
              + " sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens), sum(usd),"
              + " sum(case when state = 'LOST' then reserved_usd else 0 end), 0"
              + " from llm_call group by campaign_id, stage, provider, model",
          "insert into fidelity_sum select campaign_id, task, method, budget, count(*),"
              + " sum(kl_last), sum(kl_last * kl_last), sum(kl_all), sum(pred_changed),"
              + " count(faithfulness), sum(faithfulness), sum(faithfulness * faithfulness),"
              + " count(completeness), sum(completeness), sum(completeness * completeness) from"
              + " prompt_result group by campaign_id, task, method, budget",
          "insert into llm_minute select campaign_id, minute_no, count(*), sum(tokens), sum(usd)"
              + " from (select campaign_id,"
              + " cast(floor(extract(epoch from ended_at) / 60) as bigint) as minute_no,"
              + " input_tokens + output_tokens as tokens, usd from llm_call"
              + " where state = 'SETTLED') settled group by campaign_id, minute_no");

  private BenchSums() {}
}
