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
      return { k: p.budget, low: Math.max(low === null ? p.klLast : low, p.klLast / 30), high: high === null ? p.klLast : high };
    });
  }

  function bandSeries(method, look, points) {
    return {
      name: method, type: "custom", silent: true, z: 1, itemStyle: { color: look.color }, tooltip: { show: false },
      data: [[0]],
      renderItem: function (params, api) {
        const up = points.map((p) => api.coord([p.k, p.high]));
        const down = points.map((p) => api.coord([p.k, p.low])).reverse();
        return {
          type: "polygon", shape: { points: up.concat(down) },
          style: { fill: look.color, opacity: 0.13 }, clipPath: { type: "rect", shape: params.coordSys },
        };
      },
    };
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
    const series = [];
    const values = [];
    const ks = new Set(task.budgets);
    for (const method of task.methods) {
      const m = piecrust.method(method.method);
      const points = method.points.filter((p) => p.klLast > 0);
      points.forEach((p) => { values.push(p.klLast); ks.add(p.budget); });
      series.push({
        name: method.method, type: "line", z: 3, symbol: m.mark, symbolSize: 7,
        lineStyle: { color: m.color, type: m.line, width: 2 }, itemStyle: { color: m.color },
        emphasis: { focus: "none" },
        data: points.map((p) => ({ value: [p.budget, p.klLast], point: p })),
      });
      if (kind !== "none" && points.length) series.push(bandSeries(method.method, m, band(points, kind)));
    }
    for (const name of new Set(task.paper.map((p) => p.method))) {
      const m = piecrust.method(name);
      const points = task.paper.filter((p) => p.method === name);
      points.forEach((p) => { values.push(p.klLast); ks.add(p.budget); });
      series.push({
        name: name, type: "scatter", z: 4, symbol: "circle", symbolSize: 11,
        itemStyle: { color: "transparent", borderColor: m.color, borderWidth: 2 },
        data: points.map((p) => ({ value: [p.budget, p.klLast], paper: p })),
      });
    }
    // Six decades are enough: below them pruning costs nothing.
    const floor = Math.pow(10, Math.floor(Math.log10(Math.max(Math.min(...values), Math.max(...values) / 1e6))));
    const ceiling = Math.pow(10, Math.ceil(Math.log10(Math.max(...values) * 1.05)));
    const all = [...ks].sort((a, b) => a - b);
    return Object.assign(base.option, {
      grid: { left: 62, right: 18, top: 26, bottom: 66 },
      legend: Object.assign(base.option.legend, { data: task.methods.map(legend) }),
      tooltip: Object.assign(base.option.tooltip, {
        trigger: "item",
        formatter: function (item) {
          const p = item.data.point;
          if (!p) return piecrust.tip(item.seriesName + ", the paper", [{ text: "KL " + piecrust.digits(item.data.paper.klLast) + " nats at K = " + item.data.paper.budget }]);
          return piecrust.tip(item.seriesName + " at K = " + p.budget, [
            { text: "KL " + piecrust.digits(p.klLast) + " nats" + (p.low === null ? "" : " (95 %: " + piecrust.digits(p.low) + "–" + piecrust.digits(p.high) + ")") },
            { text: "sd " + piecrust.digits(p.sd) + " over " + p.prompts + " prompts" },
            { text: "changed " + Math.round(p.predChanged * 100) + " % of predictions" },
          ]);
        },
      }),
      xAxis: Object.assign({}, base.axis, {
        type: "log", logBase: 2, name: "kept occurrences K", nameLocation: "middle", nameGap: 26,
        min: all[0] * 0.9, max: all[all.length - 1] * 1.1,
        customValues: all, axisLabel: Object.assign({}, base.axis.axisLabel, { customValues: all, formatter: (v) => Math.round(v).toLocaleString("en") }),
        axisTick: Object.assign({}, base.axis.axisTick, { customValues: all }), splitLine: { show: false },
      }),
      yAxis: Object.assign({}, base.axis, {
        type: "log", name: "KL (nats)", nameLocation: "end", nameGap: 8, min: floor, max: ceiling,
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
    const cap = data.cap === null ? null : Number(data.cap);
    const lines = [];
    if (cap !== null) lines.push({ yAxis: cap, name: "cap " + usd(cap), lineStyle: { color: look.bad, type: "solid" }, label: { formatter: "cap " + usd(cap), color: look.bad, position: "insideStartTop" } });
    if (data.projected !== null) lines.push({ yAxis: Number(data.projected), lineStyle: { color: look.soft, type: "dashed" }, label: { formatter: "at this rate " + usd(data.projected), color: look.soft, position: "insideStartTop" } });
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

  document.addEventListener("change", function (event) {
    if (event.target.id === "task" || event.target.id === "band") piecrust.repaint(document.getElementById("fidelity"));
  });
})();
