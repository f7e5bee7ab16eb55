/* The charts of one campaign. */
(function () {
  "use strict";

  const chosen = (id, otherwise) => {
    const control = document.getElementById(id);
    return control ? control.value : otherwise;
  };

  /** Where a band is drawn; on a logarithmic scale its lower end stays above nothing. */
  function band(points, kind) {
    return points.map(function (p) {
      const sd = p.sd === null ? 0 : p.sd;
      const low = kind === "sd" ? p.klLast - sd : p.low;
      const high = kind === "sd" ? p.klLast + sd : p.high;
      return { k: p.budget, low: Math.max(low === null ? p.klLast : low, p.klLast / 30) / p.by, high: (high === null ? p.klLast : high) / p.by };
    });
  }

  /**
   * Two lines without ink, the upper stacked on the lower, and what is between them filled. A stack adds up a
   * series' first number: the height stands before K.
   */
  function bandSeries(method, look, points) {
    const line = (value, area) => ({
      name: method, type: "line", silent: true, z: 1, symbol: "none", stack: method + " band", lineStyle: { opacity: 0 },
      itemStyle: { color: look.color }, areaStyle: area, emphasis: { disabled: true }, tooltip: { show: false },
      encode: { x: 1, y: 0 }, data: points.map((p) => [value(p), p.k]),
    });
    return [line((p) => p.low), line((p) => p.high - p.low, { color: look.color, opacity: 0.13 })];
  }

  /** As its line is drawn: by itself a legend takes the colours of the series' order. */
  function legend(method) {
    const m = piecrust.method(method.method);
    return { name: method.method, itemStyle: { color: m.color }, lineStyle: { color: m.color, type: m.line, width: 2 } };
  }

  piecrust.chart("fidelity", function (data, look) {
    const task = data.tasks[Number(chosen("task", 0))];
    const base = piecrust.base(look);
    if (!task || !task.methods.length) {
      return Object.assign(base.option, { legend: { show: false },
        title: { text: "No prompt has a result yet", left: "center", top: "middle", textStyle: { color: look.soft, fontWeight: "normal", fontSize: 14 } } });
    }
    const kind = chosen("band", "interval");
    const ratio = chosen("scale", "kl") === "ratio";
    const lowest = new Map();
    for (const p of task.methods.flatMap((m) => m.points)) if (p.klLast > 0) lowest.set(p.budget, Math.min(p.klLast, lowest.get(p.budget) || Infinity));
    const by = (budget) => (ratio ? lowest.get(budget) || 1 : 1);
    const series = [];
    const values = [];
    const ks = new Set(task.budgets);
    for (const method of task.methods) {
      const m = piecrust.method(method.method);
      const points = method.points.filter((p) => p.klLast > 0).map((p) => Object.assign({ by: by(p.budget) }, p));
      points.forEach((p) => { values.push(p.klLast / p.by); ks.add(p.budget); });
      series.push({
        name: method.method, type: "line", z: 3, symbol: m.mark, symbolSize: 7,
        lineStyle: { color: m.color, type: m.line, width: 2 }, itemStyle: { color: m.color },
        emphasis: { focus: "none" },
        data: points.map((p) => ({ value: [p.budget, p.klLast / p.by], point: p })),
      });
      if (kind !== "none" && points.length) series.push(...bandSeries(method.method, m, band(points, kind)));
    }
    for (const name of new Set(task.paper.map((p) => p.method))) {
      const m = piecrust.method(name);
      const points = task.paper.filter((p) => p.method === name);
      points.forEach((p) => { values.push(p.klLast / by(p.budget)); ks.add(p.budget); });
      series.push({
        name: name, type: "scatter", z: 4, symbol: "circle", symbolSize: 11,
        itemStyle: { color: "transparent", borderColor: m.color, borderWidth: 2 },
        data: points.map((p) => ({ value: [p.budget, p.klLast / by(p.budget)], paper: p })),
      });
    }
    const decades = piecrust.decades(values);
    const all = [...ks].sort((a, b) => a - b);
    return Object.assign(base.option, {
      grid: { left: 62, right: 18, top: 26, bottom: 66 },
      legend: Object.assign(base.option.legend, { data: task.methods.map(legend) }),
      tooltip: Object.assign(base.option.tooltip, {
        trigger: "axis",
        formatter: function (items) {
          const seen = items.filter((item) => item.data.point || item.data.paper).sort((a, b) => a.value[1] - b.value[1]);
          if (!seen.length) return "";
          return piecrust.tip("K = " + seen[0].value[0], seen.map(function (item) {
            const p = item.data.point;
            if (!p) return { color: item.color, text: item.seriesName + ", the paper: KL " + piecrust.digits(item.data.paper.klLast) };
            return { color: piecrust.method(item.seriesName).color, text: item.seriesName + " " + piecrust.digits(p.klLast)
              + (p.low === null ? "" : " (" + piecrust.digits(p.low) + "–" + piecrust.digits(p.high) + ")")
              + (ratio ? ", " + piecrust.digits(p.klLast / p.by) + " × the lowest" : "")
              + ", " + Math.round(p.predChanged * 100) + " % changed, " + p.prompts + " prompts" };
          }));
        },
      }),
      xAxis: Object.assign({}, base.axis, {
        type: "log", logBase: 2, name: "kept occurrences K", nameLocation: "middle", nameGap: 26,
        min: all[0] * 0.9, max: all[all.length - 1] * 1.1,
        customValues: all, axisLabel: Object.assign({}, base.axis.axisLabel, { customValues: all, formatter: (v) => Math.round(v).toLocaleString("en") }),
        axisTick: Object.assign({}, base.axis.axisTick, { customValues: all }), splitLine: { show: false },
      }),
      yAxis: Object.assign({}, base.axis, {
        type: "log", name: ratio ? "KL ÷ lowest" : "KL (nats)", nameLocation: "end", nameGap: 8, min: decades.min, max: decades.max,
        nameTextStyle: Object.assign({}, base.axis.nameTextStyle, { align: "left", padding: [0, 0, 0, -50] }),
        axisLabel: Object.assign({}, base.axis.axisLabel, { formatter: (v) => v >= 0.001 ? String(Number(v.toPrecision(1))) : v.toExponential(0) }),
      }),
      series: series,
    });
  });

  function nothing(element, is) {
    const sentence = element.parentElement.querySelector(".none");
    if (sentence) sentence.hidden = !is;
    return is;
  }

  const clock = (value) => new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(value);
  const day = (value) => new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(value);
  const usd = (value) => "$" + Number(value).toFixed(value > 0 && value < 0.01 ? 4 : 2);

  /** At least ten minutes wide: a moment alone would be drawn in the middle of two days. */
  function timeAxis(base) {
    const margin = (range) => Math.max(0, (600000 - (range.max - range.min)) / 2);
    return Object.assign({}, base.axis, {
      type: "time", splitLine: { show: false },
      min: (range) => range.min - margin(range), max: (range) => range.max + margin(range),
      axisLabel: Object.assign({}, base.axis.axisLabel, { formatter: (v) => clock(v) }),
    });
  }

  piecrust.chart("spend", function (data, look, element) {
    if (nothing(element, !data.points.length || Number(data.spent) === 0)) return null;
    const base = piecrust.base(look);
    const cap = data.cap == null ? null : Number(data.cap);
    const lines = [];
    if (cap !== null) lines.push({ yAxis: cap, name: "cap " + usd(cap), lineStyle: { color: look.bad, type: "solid" }, label: { formatter: "cap " + usd(cap), color: look.bad, position: "insideStartTop" } });
    if (data.projected != null) lines.push({ yAxis: Number(data.projected), lineStyle: { color: look.soft, type: "dashed" }, label: { formatter: "at this rate " + usd(data.projected), color: look.soft, position: "insideStartTop" } });
    const top = Math.max(Number(data.spent), cap || 0, Number(data.projected || 0)) * 1.1;
    return Object.assign(base.option, {
      legend: { show: false }, grid: { left: 56, right: 18, top: 16, bottom: 28 },
      tooltip: Object.assign(base.option.tooltip, { trigger: "axis", formatter: (items) => piecrust.tip(day(items[0].value[0]), [{ text: usd(items[0].value[1]) + " spent" }]) }),
      xAxis: timeAxis(base),
      yAxis: Object.assign({}, base.axis, { type: "value", min: 0, max: top, axisLabel: Object.assign({}, base.axis.axisLabel, { formatter: usd, showMaxLabel: false }) }),
      series: [{
        type: "line", step: "end", showSymbol: data.points.length < 3, lineStyle: { color: look.accent, width: 2 }, itemStyle: { color: look.accent }, areaStyle: { color: look.accent, opacity: 0.08 },
        data: data.points.map((p) => [Date.parse(p.at), Number(p.usd)]),
        markLine: { silent: true, symbol: "none", data: lines },
      }],
    });
  });

  piecrust.chart("pace", function (data, look, element) {
    if (nothing(element, !data.points.length)) return null;
    const base = piecrust.base(look);
    const limits = [];
    if (data.requestLimit) limits.push({ yAxis: data.requestLimit, lineStyle: { color: look.accent, type: "dashed" }, label: { formatter: "limit " + data.requestLimit, color: look.accent, position: "insideStartTop" } });
    const tokenLimits = [];
    if (data.tokenLimit) tokenLimits.push({ yAxis: data.tokenLimit, lineStyle: { color: look.wait, type: "dotted" }, label: { formatter: "limit " + data.tokenLimit.toLocaleString("en") + " tokens", color: look.wait, position: "insideEndTop" } });
    const peak = (name) => Math.max(...data.points.map((p) => p[name]));
    const room = (most, limit) => (limit && limit < 20 * most ? Math.max(most, limit) * 1.05 : undefined);
    return Object.assign(base.option, {
      grid: { left: 52, right: 56, top: 28, bottom: 56 },
      legend: Object.assign(base.option.legend, { data: [
        { name: "requests", itemStyle: { color: look.accent }, lineStyle: { color: look.accent } },
        { name: "tokens", itemStyle: { color: look.wait }, lineStyle: { color: look.wait, type: "dashed" } },
      ] }),
      tooltip: Object.assign(base.option.tooltip, { trigger: "axis", formatter: (items) => piecrust.tip(day(items[0].value[0]), items.map((i) => ({ color: i.color, text: Math.round(i.value[1]).toLocaleString("en") + " " + i.seriesName }))) }),
      xAxis: timeAxis(base),
      yAxis: [
        Object.assign({}, base.axis, { type: "value", max: room(peak("requests"), data.requestLimit), name: "requests/min", nameTextStyle: Object.assign({}, base.axis.nameTextStyle, { align: "left", padding: [0, 0, 0, -44] }), nameGap: 8 }),
        Object.assign({}, base.axis, { type: "value", max: room(peak("tokens"), data.tokenLimit), name: "tokens/min", splitLine: { show: false }, nameTextStyle: Object.assign({}, base.axis.nameTextStyle, { align: "right", padding: [0, -48, 0, 0] }), nameGap: 8, axisLabel: Object.assign({}, base.axis.axisLabel, { formatter: (v) => v >= 1000 ? v / 1000 + "k" : v }) }),
      ],
      series: [
        { name: "requests", type: "line", showSymbol: data.points.length < 3, lineStyle: { color: look.accent, width: 2 }, itemStyle: { color: look.accent }, data: data.points.map((p) => [Date.parse(p.at), p.requests]), markLine: { silent: true, symbol: "none", data: limits } },
        { name: "tokens", type: "line", yAxisIndex: 1, showSymbol: data.points.length < 3, lineStyle: { color: look.wait, width: 2, type: "dashed" }, itemStyle: { color: look.wait }, data: data.points.map((p) => [Date.parse(p.at), p.tokens]), markLine: { silent: true, symbol: "none", data: tokenLimits } },
      ],
    });
  });

  const rough = (v) => Number((100 * v).toPrecision(2)) + " %";
  const share = (v) => v === 0 ? "0 %" : piecrust.digits(100 * v) + " %";

  /** Against the step. */
  function steps(data, look, axis, format, series) {
    const base = piecrust.base(look);
    return Object.assign(base.option, {
      grid: { left: 56, right: 18, top: 16, bottom: series.length > 1 ? 56 : 28 },
      legend: Object.assign(base.option.legend, { show: series.length > 1, data: series.map((s) => ({ name: s.name, itemStyle: s.itemStyle, lineStyle: s.lineStyle })) }),
      tooltip: Object.assign(base.option.tooltip, {
        trigger: "axis",
        formatter: (items) => piecrust.tip("step " + items[0].value[0].toLocaleString("en"), items.slice(0, 12).map((i) => ({ color: i.color, text: i.seriesName + " " + format(i.value[1]) }))),
      }),
      xAxis: Object.assign({}, base.axis, { type: "value", min: 0, max: data.steps, splitLine: { show: false } }),
      yAxis: Object.assign({}, base.axis, axis),
      series: series,
    });
  }

  function curve(name, points, value, color) {
    return {
      name: name, type: "line", showSymbol: points.length < 3, lineStyle: { color: color, width: 2 }, itemStyle: { color: color },
      data: points.map((p) => [p.step, value(p)]).filter((p) => p[1] !== null && p[1] !== undefined),
    };
  }

  /** The mean of layers, or a curve for each of them. */
  function layers(data, look, name, mean, each) {
    const last = data.points[data.points.length - 1];
    const count = each(last).length;
    if (chosen("layers", "mean") === "mean" || !count) return [curve(name, data.points, mean, look.accent)];
    return [...Array(count).keys()].map((layer) =>
      Object.assign(curve("layer " + layer, data.points, (p) => each(p)[layer], "hsl(" + Math.round(280 * layer / count) + ", 60%, 48%)"), { showSymbol: false }));
  }

  piecrust.chart("unexplained", function (data, look, element) {
    if (nothing(element, !data.points.length)) return null;
    const series = layers(data, look, "unexplained", (p) => p.unexplained, (p) => p.layerUnexplained);
    const values = series.flatMap((s) => s.data.map((p) => p[1])).filter((v) => v > 0);
    const decades = piecrust.decades(values);
    const max = decades.max > 1 ? 1.1 * Math.max(1, ...values) : decades.max;
    return steps(data, look, { type: "log", min: decades.min, max: max, axisLabel: Object.assign({}, piecrust.base(look).axis.axisLabel, { formatter: rough, showMaxLabel: max <= 1 }) }, share, series);
  });

  piecrust.chart("active", function (data, look, element) {
    if (nothing(element, !data.points.length)) return null;
    const series = layers(data, look, "active", (p) => p.active, (p) => p.layerActive);
    series[0].markLine = { silent: true, symbol: "none", data: [{ yAxis: data.target, lineStyle: { color: look.soft, type: "dashed" }, label: { formatter: "wanted " + data.target, color: look.soft, position: "insideStartTop" } }] };
    const most = Math.max(data.target, ...series.flatMap((s) => s.data.map((p) => p[1])));
    return steps(data, look, { type: "value", min: 0, max: most * 1.1, axisLabel: Object.assign({}, piecrust.base(look).axis.axisLabel, { showMaxLabel: false }) }, piecrust.digits, series);
  });

  piecrust.chart("loss", function (data, look, element) {
    if (nothing(element, !data.points.length)) return null;
    const base = piecrust.base(look);
    const loss = curve("loss", data.points, (p) => p.loss, look.accent);
    const dead = Object.assign(curve("dead", data.points, (p) => p.dead, look.wait), { yAxisIndex: 1 });
    dead.lineStyle.type = "dashed";
    const option = steps(data, look, {}, piecrust.digits, [loss, dead]);
    option.grid.right = 56;
    option.tooltip.formatter = (items) => piecrust.tip("step " + items[0].value[0].toLocaleString("en"), items.map((i) => ({ color: i.color, text: i.seriesName + " " + (i.seriesName === "dead" ? share : piecrust.digits)(i.value[1]) })));
    option.yAxis = [
      Object.assign({}, base.axis, { type: "value", scale: true }),
      Object.assign({}, base.axis, { type: "value", min: 0, splitLine: { show: false }, axisLabel: Object.assign({}, base.axis.axisLabel, { formatter: rough }) }),
    ];
    return option;
  });

  piecrust.chart("speed", function (data, look, element) {
    const speed = curve("tokens/s", data.points, (p) => p.tokensPerSecond, look.accent);
    if (nothing(element, !speed.data.length)) return null;
    return steps(data, look, { type: "value", min: 0, axisLabel: Object.assign({}, piecrust.base(look).axis.axisLabel, { formatter: (v) => v >= 1000 ? v / 1000 + "k" : v }) }, (v) => Math.round(v).toLocaleString("en"), [speed]);
  });

  document.addEventListener("change", function (event) {
    if (event.target.id === "layers") ["unexplained", "active"].forEach((id) => piecrust.repaint(document.getElementById(id)));
    if (["task", "band", "scale"].includes(event.target.id)) piecrust.repaint(document.getElementById("fidelity"));
  });
})();
