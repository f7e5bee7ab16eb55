/* The form and the text of a new campaign, each of which follows the other. */
(function () {
  "use strict";

  const text = () => document.getElementById("spec");
  let asked = 0;
  let timer = null;
  let checked = null;

  /** The latest question counts; answers to earlier ones are late. */
  async function ask(path, body) {
    const number = ++asked;
    try {
      const answer = await piecrust.ask("POST", "/api/v1/specs/" + path, body);
      if (number === asked) show(answer, path === "change");
    } catch (e) {
      if (number === asked) problems([{ line: 0, path: "", sentence: e.message }]);
    }
  }

  function later(work) {
    clearTimeout(timer);
    document.getElementById("start").disabled = true;
    timer = setTimeout(work, 250);
  }

  function show(answer, fromForm) {
    checked = answer;
    if (fromForm) text().value = answer.spec;
    fill(answer.fields, fromForm);
    problems(answer.problems);
    start(answer);
    if (!answer.problems.length) estimate(answer.spec);
    else document.getElementById("estimate").replaceChildren(line("soft", "The estimate comes as soon as the spec is right."));
  }

  function written(value) {
    return value === undefined || value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);
  }

  function fill(fields, fromForm) {
    for (const control of document.querySelectorAll("#draft [data-path]")) {
      const value = fields[control.dataset.path];
      if (control.classList.contains("checks")) {
        const on = Array.isArray(value) ? value.map(String) : [];
        control.querySelectorAll("input").forEach((box) => (box.checked = on.includes(box.value)));
      } else if (!(fromForm && control === document.activeElement)) {
        control.value = written(value);
      }
    }
    for (const box of document.querySelectorAll("#draft [data-offers]")) {
      const wanted = Object.keys(fields).some((path) => path.startsWith(box.dataset.offers + "."));
      if (document.activeElement !== box || !fromForm) box.checked = wanted;
      document.getElementById(box.dataset.offers).hidden = !box.checked;
    }
  }

  function line(kind, words) {
    const p = document.createElement("p");
    p.className = kind;
    p.textContent = words;
    return p;
  }

  /** Each at its field; those without one, and where they are in the text, below the text. */
  function problems(all) {
    const spots = [...document.querySelectorAll("[data-wrong]")];
    spots.forEach((spot) => (spot.textContent = ""));
    document.querySelectorAll("#draft [data-path]").forEach((control) => control.removeAttribute("aria-invalid"));
    for (const problem of all) {
      const path = problem.path.replace(/^tasks\[\d+\]/, "tasks");
      const spot = spots.filter((s) => path === s.dataset.wrong || path.startsWith(s.dataset.wrong + "."))
        .sort((a, b) => b.dataset.wrong.length - a.dataset.wrong.length)[0];
      if (!spot) continue;
      spot.textContent = (spot.textContent ? spot.textContent + " " : "") + problem.sentence;
      const control = document.querySelector('#draft [data-path="' + spot.dataset.wrong + '"]');
      if (control) control.setAttribute("aria-invalid", "true");
    }
    document.getElementById("problems").replaceChildren(...all.map((p) =>
      line("note bad", (p.line ? "Line " + p.line + ": " : "") + (p.path ? p.path + ": " : "") + p.sentence)));
  }

  function start(answer) {
    const button = document.getElementById("start");
    const note = document.getElementById("start-note");
    button.disabled = answer.problems.length > 0;
    const cap = answer.cap === null ? null : "$" + Number(answer.cap).toFixed(2);
    button.textContent = answer.paid && cap ? "Start, for " + cap + " at most" : "Start";
    if (answer.problems.length) note.textContent = "";
    else if (answer.existing) note.textContent = "This very campaign is there already, and is " + answer.existing + ": starting it again continues or shows it.";
    else note.textContent = answer.paid ? "It pauses when " + (cap || "its cap") + " are spent." : "It calls no language model that costs money.";
  }

  const count = (v) => Math.round(v).toLocaleString("en");
  const usd = (v) => "$" + v.toFixed(v > 0 && v < 0.01 ? 4 : 2);
  const span = (v) => piecrust.span(Math.max(1, v));

  function rowOf(name, range, words) {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = name;
    row.append(head);
    for (const value of range ? [range.low, range.expected, range.high] : [null, null, null]) {
      const cell = document.createElement("td");
      cell.className = "number";
      cell.textContent = value === null ? "unknown" : words(value);
      row.append(cell);
    }
    return row;
  }

  const gb = bytes => (bytes / 1e9).toFixed(1) + " GB";

  function table(e) {
    const made = document.createElement("table");
    made.className = "estimate";
    const head = made.createTHead().insertRow();
    for (const name of ["", "low", "expected", "high"]) {
      const cell = document.createElement(name ? "th" : "td");
      if (name) { cell.scope = "col"; cell.className = "number"; }
      cell.textContent = name;
      head.append(cell);
    }
    const body = made.createTBody();
    if (e.prunePasses.high > 0) {
      body.append(rowOf("passes of a prompt", e.prunePasses, count));
    }
    body.append(rowOf("time on this device", e.gpuSeconds, span));
    if (e.devices > 1) {
      const shared = Object.fromEntries(Object.entries(e.gpuSeconds).map(([end, s]) => [end, s / e.devices]));
      body.append(rowOf("time on " + e.devices + " of them", shared, span));
    }
    if (e.llm) {
      body.append(rowOf("features explained", e.llm.features, count), rowOf("LLM calls", e.llm.calls, count),
        rowOf("input tokens", e.llm.inputTokens, count), rowOf("output tokens", e.llm.outputTokens, count),
        rowOf("USD", e.llm.usd, usd), rowOf("time for the LLM", e.llm.seconds, span));
    }
    return made;
  }

  async function estimate(spec) {
    const box = document.getElementById("estimate");
    const number = asked;
    box.setAttribute("aria-busy", "true");
    try {
      const e = await piecrust.ask("POST", "/api/v1/specs/estimate", { spec: spec });
      if (number !== asked) return;
      const lines = [table(e), line("soft small", "Memory for pruning: " + (e.memoryBytes / 2 ** 30).toFixed(1) + " GiB." + (e.cap === null ? "" : " Cap: $" + Number(e.cap).toFixed(2) + "."))];
      if (e.room.downloadBytes > 0) {
        lines.push(line("soft small", "To download: " + gb(e.room.downloadBytes) + ", " + gb(e.room.diskFree) + " free."));
      }
      for (const shortage of [e.room.diskShortage, e.room.memoryShortage]) {
        if (shortage !== null) lines.push(line("note bad", "It cannot run here: " + shortage));
      }
      for (const warning of e.warnings) lines.push(line("note wait", warning.charAt(0).toUpperCase() + warning.slice(1) + "."));
      if (e.llm && e.llm.usd && e.cap !== null && e.llm.usd.expected > Number(e.cap)) {
        lines.push(line("note wait", "The expected cost is over the cap: the campaign will pause there."));
      }
      box.replaceChildren(...lines);
    } catch (e) {
      if (number === asked) box.replaceChildren(line("note bad", e.message));
    } finally {
      box.removeAttribute("aria-busy");
    }
  }

  function change(path, value) {
    later(() => ask("change", { spec: text().value, path: path, value: value }));
  }

  /** What a part of the spec cannot do without, by the part. */
  const needed = {
    interpret: function () {
      const methods = (checked && checked.fields["prune.methods"]) || ["fap"];
      const budgets = (checked && checked.fields["prune.budgets"]) || [50];
      return [["interpret.features.method", methods[methods.length > 1 ? 1 : 0]], ["interpret.features.budget", [].concat(budgets)[0]], ["interpret.llm.provider", "lexical"]];
    },
    train: function () {
      const draft = document.getElementById("draft").dataset;
      return [["train.corpus", draft.corpus], ["subject.transcoder", draft.transcoder]];
    },
  };

  /** Its keys come together, and go together. */
  async function offered(part, on) {
    const fields = document.getElementById(part);
    fields.hidden = !on;
    const values = on ? needed[part]() : fields.dataset.groups.split(" ").map((group) => [group, ""]);
    for (const [path, value] of values) await ask("change", { spec: text().value, path: path, value: value });
  }

  function listen() {
    const form = document.getElementById("draft");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", function (event) {
      if (event.target.dataset.offers) {
        offered(event.target.dataset.offers, event.target.checked);
        return;
      }
      const group = event.target.closest("[data-path]");
      if (!group) return;
      change(group.dataset.path, group.classList.contains("checks")
        ? [...group.querySelectorAll("input:checked")].map((box) => box.value)
        : group.value);
    });
    text().addEventListener("input", () => later(() => ask("check", { spec: text().value })));
    document.getElementById("start").addEventListener("click", async function () {
      this.disabled = true;
      try {
        const made = await piecrust.ask("POST", "/api/v1/campaigns", { spec: text().value, folder: "/", fresh: false });
        location.assign("/campaigns/" + encodeURIComponent(made.id));
      } catch (e) {
        piecrust.say(e.message, true);
        this.disabled = false;
      }
    });
    ask("check", { spec: text().value });
  }

  document.addEventListener("DOMContentLoaded", listen);
})();
