package dev.piecrust.report.file;

import dev.piecrust.campaign.Json;
import dev.piecrust.feature.Explanation;
import dev.piecrust.report.table.ListedFeatures.Listed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code neuronpedia_explanations.jsonl}: one description a line with the fields of Neuronpedia's
 * own exports. Its {@code layer} there is a source, which is named here by the layer and the
 * transcoder; a campaign that explains nothing has an empty file.
 */
public final class NeuronpediaFile implements ExportPart {
  private static final String TYPE = "piecrust";

  @Override
  public void prepare(ExportSource source, ExportFiles files) {
    source.reads(source.listed());
  }

  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    String model = lastName(source.spec().subject().model());
    String transcoder = lastName(source.spec().subject().transcoder());
    List<String> lines = new ArrayList<>();
    for (Listed listed : source.listed().of(source.features())) {
      Optional<String> description = listed.description();
      if (description.isPresent()) {
        lines.add(
            Json.write(
                Json.mapper()
                    .createObjectNode()
                    .put("modelId", model)
                    .put("layer", listed.feature().layer() + "-" + transcoder)
                    .put("index", Integer.toString(listed.feature().index()))
                    .put("description", description.get())
                    .put("typeName", TYPE)
                    .put("explanationModelName", explainer(listed))));
      }
    }
    files.add("neuronpedia_explanations.jsonl", ExportPart.lines(lines));
  }

  private static String explainer(Listed listed) {
    return listed
        .meaning()
        .flatMap(meaning -> meaning.explanation())
        .map(Explanation::model)
        .orElse("");
  }

  /** The name of a folder or a repository, without its revision. */
  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("@.*", "");
  }
}
