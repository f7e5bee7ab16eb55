package dev.piecrust.view.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which settings specs differ. */
final class SettingDifferences {
  private SettingDifferences() {}

  static List<Comparing.Setting> of(List<CampaignSpec> specs) {
    List<Map<String, String>> all = specs.stream().map(SettingDifferences::flat).toList();
    SortedSet<String> names = new TreeSet<>();
    all.forEach(settings -> names.addAll(settings.keySet()));
    names.remove("name");
    List<Comparing.Setting> different = new ArrayList<>();
    for (String name : names) {
      List<String> values = all.stream().map(s -> s.getOrDefault(name, Numbers.MISSING)).toList();
      if (values.stream().distinct().count() > 1) {
        different.add(new Comparing.Setting(name, values));
      }
    }
    return different;
  }

  private static Map<String, String> flat(CampaignSpec spec) {
    Map<String, String> settings = new TreeMap<>();
    put(settings, "", Json.mapper().valueToTree(spec));
    return settings;
  }

  private static void put(Map<String, String> settings, String name, JsonNode node) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  put(
                      settings,
                      name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                      field.getValue()));
    } else if (node.isArray() && node.elements().hasNext() && node.get(0).isObject()) {
      for (int i = 0; i < node.size(); i++) {
        put(settings, "%s[%d]".formatted(name, i), node.get(i));
      }
    } else if (!node.isNull()) {
      settings.put(name, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
