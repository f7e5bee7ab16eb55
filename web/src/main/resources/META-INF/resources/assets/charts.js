/* Charts on ECharts: each element with data-chart names its kind, and data-from where its numbers are. */
(function () {
  "use strict";

  const kinds = {};
  const shown = new Map();

  /** Has charts of a kind drawn by a function from their data and the colours to an ECharts option. */
  piecrust.chart = (kind, option) => (kinds[kind] = option);

  /** The colours and fonts of the style sheet. */
  piecrust.look = function () {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    return {
      paper: get("--paper"), ink: get("--ink"), soft: get("--ink-soft"), rule: get("--rule"), raised: get("--raised"),
      accent: get("--accent"), good: get("--good"), wait: get("--wait"), bad: get("--bad"), font: get("--font"),
      strength: get("--strength"),
    };
  };

  /** How a method is drawn: colour, line and mark, as tokens.css has them. */
  piecrust.method = function (name) {
    const probe = document.createElement("span");
    probe.className = "method method-" + String(name).replace(/[^a-z0-9-]/g, "");
    probe.hidden = true;
    document.body.append(probe);
    const style = getComputedStyle(probe);
    const look = {
      color: style.getPropertyValue("--m").trim(),
      line: style.getPropertyValue("--line").trim(),
      mark: style.getPropertyValue("--mark").trim(),
    };
    probe.remove();
    const resolved = look.color.match(/^var\((.+)\)$/);
    if (resolved) look.color = getComputedStyle(document.documentElement).getPropertyValue(resolved[1]).trim();
    return look;
  };

  /** Whole decades around values above 0, of which six are enough: below them pruning costs nothing. */
  piecrust.decades = function (values) {
    if (!values.length) return {};
    const most = Math.max(...values);
    const least = Math.max(Math.min(...values), most / 1e6);
    return { min: Math.pow(10, Math.floor(Math.log10(least))), max: Math.pow(10, Math.ceil(Math.log10(most * 1.05))) };
  };

  /** Three significant digits, as the tables have them. */
  piecrust.digits = function (value) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    const size = Math.abs(value);
    if (size !== 0 && size < 0.0005) return value.toExponential(0);
    if (size >= 1000) return Math.round(value).toLocaleString("en");
    return value.toFixed(size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
  };

  /** A tooltip's content, built of text nodes: names come from people and models. */
  piecrust.tip = function (title, lines) {
    const box = document.createElement("div");
    const head = document.createElement("div");
    head.textContent = title;
    head.style.fontWeight = "650";
    box.append(head);
    for (const line of lines) {
      const row = document.createElement("div");
      if (line.color) {
        const dot = document.createElement("span");
        dot.textContent = "● ";
        dot.style.color = line.color;
        row.append(dot);
      }
      row.append(line.text);
      box.append(row);
    }
    return box;
  };

  /** What all charts share. */
  piecrust.base = function (look) {
    const axis = {
      axisLine: { lineStyle: { color: look.rule } }, axisTick: { lineStyle: { color: look.rule } },
      axisLabel: { color: look.soft, fontFamily: look.font, hideOverlap: true },
      nameTextStyle: { color: look.soft, fontFamily: look.font },
      splitLine: { lineStyle: { color: look.rule, opacity: 0.6 } },
    };
    return {
      axis: axis,
      option: {
        animation: false, backgroundColor: "transparent", textStyle: { fontFamily: look.font, color: look.ink },
        aria: { enabled: true },
        tooltip: {
          confine: true, backgroundColor: look.raised, borderColor: look.rule,
          textStyle: { color: look.ink, fontFamily: look.font, fontSize: 13 },
        },
        legend: {
          type: "scroll", bottom: 0, itemWidth: 26, textStyle: { color: look.soft, fontFamily: look.font },
          pageTextStyle: { color: look.soft }, pageIconColor: look.accent, inactiveColor: look.rule,
        },
      },
    };
  };

  const asked = new Map();

  /** The numbers at an address, asked for once where several charts want the same at a time. */
  function numbers(address) {
    if (!asked.has(address)) asked.set(address, piecrust.ask("GET", address).finally(() => asked.delete(address)));
    return asked.get(address);
  }

  async function draw(element) {
    const kind = kinds[element.dataset.chart];
    if (!kind) return;
    let data;
    try {
      data = await numbers(element.dataset.from);
    } catch (e) {
      element.dataset.failed = e.message;
      return;
    }
    paint(element, data);
  }

  function paint(element, data) {
    const option = kinds[element.dataset.chart](data, piecrust.look(), element);
    let entry = shown.get(element);
    element.hidden = !option;
    if (!option) return;
    if (!entry) {
      entry = { chart: echarts.init(element, null, { renderer: "canvas" }), data: null };
      shown.set(element, entry);
      new ResizeObserver(() => entry.chart.resize()).observe(element);
      offer(element, entry.chart);
    }
    entry.data = data;
    const before = entry.chart.getOption();
    if (before && before.legend && before.legend[0] && option.legend) {
      option.legend.selected = Object.assign({}, option.legend.selected, before.legend[0].selected);
    }
    entry.chart.setOption(option, { notMerge: true });
    element.dataset.drawn = "true";
  }

  /** The chart as it is seen, as a text of SVG. */
  function vector(chart) {
    const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, width: chart.getWidth(), height: chart.getHeight() });
    drawn.setOption(Object.assign({}, chart.getOption(), { backgroundColor: piecrust.look().paper }));
    const svg = drawn.renderToSVGString();
    drawn.dispose();
    return URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  }

  /** The same as a picture of twice its size on the screen. */
  function picture(chart) {
    return chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: piecrust.look().paper });
  }

  /** Buttons under a chart with which it is taken along. */
  function offer(element, chart) {
    const bar = document.createElement("div");
    bar.className = "take";
    for (const [label, make] of [["SVG", vector], ["PNG", picture]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet small";
      button.textContent = label;
      button.setAttribute("aria-label", "This chart as " + label);
      button.addEventListener("click", function () {
        const link = document.createElement("a");
        link.href = make(chart);
        const page = location.pathname.split("/").filter(Boolean).slice(1);
        link.download = page.concat(element.dataset.task || [], element.dataset.chart).join("-") + "." + label.toLowerCase();
        link.click();
        if (link.href.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      });
      bar.append(button);
    }
    element.after(bar);
  }

  /** Draws the chart of an element anew, with the same data: a switch on the page was turned. */
  piecrust.repaint = function (element) {
    const entry = shown.get(element);
    if (entry) paint(element, entry.data);
  };

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-chart]").forEach(function (element) {
      draw(element);
      element.addEventListener("refresh", () => draw(element));
    });
  });
  document.addEventListener("piecrust:theme", function () {
    for (const [element, entry] of shown) paint(element, entry.data);
  });
})();
