"""Against a real PieCrust, which the client starts itself."""

import math

import pytest

import piecrust as pc


def test_runs_a_campaign_and_reads_its_tables(campaign):
    results = campaign.results_df()
    assert sorted(set(results.method)) == ["fap", "random"]
    assert (results.kl_last_low <= results.kl_last).all()
    prompts = campaign.prompts_df()
    assert len(prompts[prompts.k.isin([10, 20])]) == 5 * 2 * 2
    assert prompts.text.str.len().min() > 10
    for row in results.itertuples():
        # A prompt that has no more than K occurrences ends with all of them, and counts with that from there on.
        own = prompts.query("task == @row.task and method == @row.method and k <= @row.k").sort_values("k")
        last = own.groupby("prompt").kl_last.last()
        assert len(last) == row.kl_last_n == 5
        assert math.isclose(last.mean(), row.kl_last, rel_tol=1e-12)
    features = campaign.features_df()
    assert len(features) == 3
    assert features.description.str.len().min() > 0
    evidence = campaign.evidence_df()
    assert set(zip(evidence.layer, evidence.feature)) == set(zip(features.layer, features.feature))
    assert all(max(a) == b for a, b in zip(evidence.activations, evidence.activation))
    assert set(campaign.ratings_df().rating) <= {0, 1, 2}
    assert not campaign.written_df().empty
    assert set(campaign.held_out_df().n_features) == {10, 20}


def test_every_list_and_view_is_answered(client, campaign):
    api = client.api
    feature = campaign.features_df().iloc[0]
    assert api.get_feature(campaign.id, int(feature.layer), int(feature.feature))["cantor"] == feature.id
    assert api.list_features(campaign.id, sort="kept", limit=2)["next"]
    assert api.get_results(campaign.id)["campaign"] == campaign.id
    assert "fap" in api.get_tables(campaign.id)
    assert api.get_session()["version"]
    assert [c.id for c in client.campaigns()] == [campaign.id]


def test_figures_are_shown_and_saved(campaign, tmp_path):
    figures = campaign.figures()
    assert {"fidelity-ioi", "held-out-ioi", "overlap-ioi", "scores"} <= set(figures)
    assert figures["scores"]._repr_svg_().startswith("<svg ")
    assert figures["scores"].save(tmp_path / "scores.pdf").read_bytes().startswith(b"%PDF-")
    assert "\\begin{axis}" in figures["scores"].save(tmp_path / "scores.tex").read_text()
    with pytest.raises(ValueError, match="known form, expected .svg"):
        figures["scores"].save(tmp_path / "scores.gif")


def test_writes_the_files_of_an_export(campaign, tmp_path):
    files = campaign.export("pie", tmp_path / "pie")
    assert tmp_path / "pie" / "final_summary.json" in files


def test_a_wrong_spec_is_refused_with_all_that_is_wrong(client):
    with pytest.raises(pc.Refused) as refused:
        client.run("name: x\nsubject: {model: nowhere}\n")
    assert refused.value.status == 400
    assert all(line.startswith("spec:") for line in str(refused.value).split("\n"))
    assert "tasks: is missing, expected a list" in str(refused.value)


def test_finds_the_program_that_runs_and_leaves_it_running(client, campaign, home):
    other = pc.start("/nowhere", home=home)
    assert other.address == client.address
    other.close()
    assert pc.connect(client.address, client._program.token).campaign(campaign.id).status()


def test_stops_what_it_started(tmp_path):
    started = pc.start(home=tmp_path / "home")
    process = started._program._process
    started.close()
    assert process.poll() == 0
    assert not (tmp_path / "home" / "server.json").exists()
