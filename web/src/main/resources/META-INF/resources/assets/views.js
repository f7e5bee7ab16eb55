/* Charts of features and of comparisons. */
(function () {
  "use strict";

  piecrust.chart("activations", function (feature, look) {
    const seen = feature.evidence;
    if (!seen || !seen.histogram.counts.length) return null;
    const base = piecrust.base(look);
    const counts = seen.histogram.counts;
    const width = seen.histogram.maximum / counts.length;
    const range = (i) => piecrust.digits(i * width) + " to " + piecrust.digits((i + 1) * width);
    return Object.assign(base.option, {
      legend: undefined,
      grid: { left: 54, right: 12, top: 26, bottom: 44 },
      tooltip: Object.assign(base.option.tooltip, {
        formatter: (p) => piecrust.tip(range(p.dataIndex), [{ text: p.value + " windows" }]),
      }),
      xAxis: Object.assign({}, base.axis, {
        type: "category", data: counts.map((_, i) => piecrust.digits(i * width)),
        name: "highest activation of a window", nameLocation: "middle", nameGap: 28,
      }),
      yAxis: Object.assign({}, base.axis, { type: "log", min: 0.5, name: "windows (log)", nameTextStyle: { color: look.soft, align: "left" },
        axisLabel: Object.assign({}, base.axis.axisLabel, { formatter: (v) => (v < 1 ? "" : String(v)) }) }),
      series: [{ type: "bar", data: counts.map((c) => (c > 0 ? c : null)), itemStyle: { color: look.accent }, barCategoryGap: "10%" }],
    });
  });

  const dashes = ["solid", "dashed", "dotted", [8, 3, 2, 3], [3, 3], [12, 4]];

  piecrust.chart("compare", function (data, look, element) {
    const chosen = element.dataset.method || "";
    const base = piecrust.base(look);
    const number = new Map(data.campaigns.map((id, i) => [id, i]));
    const one = new Set(data.curves.map((c) => c.method)).size === 1 || chosen;
    const palette = ["fap", "fap-synergy", "fap-swap", "fap-ig", "activation-magnitude", "clt-relp"].map((m) => piecrust.method(m).color);
    const series = [];
    const legend = [];
    for (const curve of data.curves) {
      if (chosen && curve.method !== chosen) continue;
      const i = number.get(curve.campaign);
      const method = piecrust.method(curve.method);
      const name = (one ? "" : curve.method + " · ") + curve.campaign;
      const color = one ? palette[i % palette.length] : method.color;
      legend.push({ name: name, itemStyle: { color: color }, lineStyle: { color: color, type: dashes[i], width: 2 } });
      series.push({
        name: name, type: "line", symbol: method.mark, symbolSize: 7,
        data: curve.points.map((p) => [p.budget, p.klLast.mean > 0 ? p.klLast.mean : null, p.klLast.low, p.klLast.high, p.klLast.n]),
        lineStyle: { type: dashes[i], width: 2 }, color: color,
      });
    }
    const values = series.flatMap((line) => line.data.map((p) => p[1])).filter((kl) => kl !== null);
    if (!values.length) return null;
    const decades = piecrust.decades(values);
    return Object.assign(base.option, {
      grid: { left: 64, right: 20, top: 30, bottom: 74 },
      series: series,
      legend: Object.assign(base.option.legend, { data: legend }),
      tooltip: Object.assign(base.option.tooltip, {
        trigger: "item",
        formatter: (p) => piecrust.tip(p.seriesName, [
          { text: "K = " + p.value[0] },
          { text: "KL " + piecrust.digits(p.value[1]) + " nats" + (p.value[2] === null ? "" : " (" + piecrust.digits(p.value[2]) + " to " + piecrust.digits(p.value[3]) + ")"), color: p.color },
          { text: p.value[4] + " prompts" },
        ]),
      }),
      xAxis: Object.assign({}, base.axis, { type: "log", name: "K, kept occurrences (log)", nameLocation: "middle", nameGap: 28, min: "dataMin", max: "dataMax",
        axisLabel: Object.assign({}, base.axis.axisLabel, { formatter: (v) => Math.round(v).toLocaleString("en") }) }),
      yAxis: Object.assign({}, base.axis, { type: "log", min: decades.min, max: decades.max, name: "KL at the last token (nats, log)", nameTextStyle: { color: look.soft, align: "left" },
        axisLabel: Object.assign({}, base.axis.axisLabel, { formatter: (v) => (v < 0.001 || v >= 10000 ? v.toExponential(0) : String(v)) }) }),
    });
  });

  document.addEventListener("change", function (event) {
    const chooser = event.target.closest("[data-shows]");
    if (!chooser) return;
    const chart = document.getElementById(chooser.dataset.shows);
    chart.dataset.method = chooser.value;
    piecrust.repaint(chart);
  });
})();
