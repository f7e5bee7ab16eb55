/* What every page shares: times in the reader's zone, changes as they happen, commands, the theme. */
(function () {
  "use strict";

  const piecrust = (window.piecrust = {});

  /* ---- times ------------------------------------------------------------------------------- */
  const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
  const sameDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
  const sameWeek = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });
  const otherDay = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });

  piecrust.span = function (seconds) {
    const s = Math.max(0, Math.round(seconds));
    if (s < 120) return s + " s";
    const minutes = Math.floor(s / 60);
    if (minutes < 60) return minutes + " min";
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return hours + " h " + (minutes % 60) + " min";
    return Math.floor(hours / 24) + " d " + (hours % 24) + " h";
  };

  function shortTime(at, now) {
    const age = (now - at) / 1000;
    if (age < 5 && age > -5) return "just now";
    if (age >= 0 && age < 3600) return piecrust.span(age) + " ago";
    if (new Date(now).toDateString() === new Date(at).toDateString()) return sameDay.format(at);
    return Math.abs(age) < 6 * 86400 ? sameWeek.format(at) : otherDay.format(at);
  }

  function showTimes(root) {
    const now = Date.now();
    root.querySelectorAll("time[datetime]").forEach(function (element) {
      const at = Date.parse(element.getAttribute("datetime"));
      if (Number.isNaN(at)) return;
      const text = element.dataset.form === "full" ? absolute.format(at) : shortTime(at, now);
      if (element.textContent !== text) element.textContent = text;
      element.title = absolute.format(at);
    });
  }

  /* ---- changing a page in place ------------------------------------------------------------ */
  function keyOf(node) {
    return node.nodeType === 1 ? node.id || node.dataset.key || "" : "";
  }

  function alike(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);
  }

  function morphAttributes(from, to) {
    const keptOpen = from.nodeName === "DETAILS" || from.nodeName === "DIALOG";
    for (const { name, value } of Array.from(to.attributes)) {
      if (from.getAttribute(name) !== value && !(keptOpen && name === "open")) from.setAttribute(name, value);
    }
    for (const { name } of Array.from(from.attributes)) {
      const own = (keptOpen && name === "open") || (from.nodeName === "TIME" && name === "title");
      if (!to.hasAttribute(name) && !own) from.removeAttribute(name);
    }
  }

  /** Makes one element like another, and touches only what differs: scroll, focus and marks stay. */
  function morph(from, to) {
    if (from.dataset && from.dataset.keep !== undefined) return;
    morphAttributes(from, to);
    if (from === document.activeElement && /^(INPUT|SELECT|TEXTAREA)$/.test(from.nodeName)) return;
    if (from.nodeName === "TIME" && from.getAttribute("datetime") === to.getAttribute("datetime")) return;
    const keyed = new Map();
    for (const child of from.children) if (keyOf(child)) keyed.set(keyOf(child), child);
    let at = from.firstChild;
    for (const wanted of Array.from(to.childNodes)) {
      const known = keyOf(wanted) && keyed.get(keyOf(wanted));
      if (known && known !== at && alike(known, wanted)) {
        from.insertBefore(known, at);
        morph(known, wanted);
        continue;
      }
      if (at && alike(at, wanted)) {
        if (at.nodeType === 1) morph(at, wanted);
        else if (at.nodeValue !== wanted.nodeValue) at.nodeValue = wanted.nodeValue;
        at = at.nextSibling;
      } else {
        from.insertBefore(wanted, at);
      }
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  htmx.defineExtension("morph", {
    isInlineSwap: (style) => style === "morph",
    handleSwap: function (style, target, fragment) {
      if (style !== "morph") return false;
      const to = fragment.firstElementChild;
      if (to && alike(target, to)) morph(target, to);
      return [target];
    },
  });

  /* ---- changes as they happen -------------------------------------------------------------- */
  let lostSince = null;
  let source = null;
  let patience = 1000;
  let lastWord = Date.now();
  let program = null;
  const due = new Map();

  function offline(since) {
    const line = document.getElementById("offline");
    if (!line) return;
    line.hidden = !since;
    line.textContent = since
      ? "Connection lost since " + sameDay.format(since) + ". What you see is from then; trying again."
      : "";
  }

  function refresh(element) {
    if (due.has(element)) return;
    const last = Number(element.dataset.refreshedAt || 0);
    const wait = Math.max(30, 500 - (Date.now() - last));
    due.set(element, setTimeout(function () {
      due.delete(element);
      if (!element.isConnected || document.hidden) {
        element.dataset.stale = "1";
        return;
      }
      delete element.dataset.stale;
      element.dataset.refreshedAt = String(Date.now());
      element.dispatchEvent(new CustomEvent("refresh", { detail: { live: true } }));
    }, wait));
  }

  /** Elements say in data-live which campaigns they show; * is any. */
  function tell(campaign) {
    document.querySelectorAll("[data-live]").forEach(function (element) {
      const about = element.dataset.live.split(" ");
      if (about.includes("*") || about.includes(campaign)) refresh(element);
    });
  }

  piecrust.refreshAll = () => document.querySelectorAll("[data-live]").forEach(refresh);

  function connect() {
    if (source) source.close();
    source = new EventSource("/api/v1/stream");
    lastWord = Date.now();
    source.addEventListener("hello", function (event) {
      const hello = JSON.parse(event.data);
      lastWord = Date.now();
      patience = 1000;
      if (program && program !== hello.version) {
        location.reload();
        return;
      }
      program = hello.version;
      if (lostSince) piecrust.refreshAll();
      lostSince = null;
      offline(null);
      document.documentElement.dataset.connected = "true";
    });
    source.addEventListener("changed", function (event) {
      lastWord = Date.now();
      JSON.parse(event.data).campaigns.forEach(tell);
    });
    source.addEventListener("still", () => (lastWord = Date.now()));
    source.onerror = lost;
  }

  function lost() {
    if (source) source.close();
    source = null;
    lostSince = lostSince || Date.now();
    document.documentElement.dataset.connected = "false";
    offline(lostSince);
    setTimeout(knock, patience * (0.75 + Math.random() / 2));
    patience = Math.min(patience * 1.5, 5000);
  }

  /** Asks politely first: a stream that cannot open says nothing of why. */
  function knock() {
    fetch("/api/v1/session", { headers: { Accept: "application/json" } }).then(
      (answer) => (answer.status === 401 ? location.reload() : answer.ok ? connect() : lost()),
      lost);
  }

  function listen() {
    connect();
    setInterval(() => document.hidden || lostSince || piecrust.refreshAll(), 30000);
    setInterval(function () {
      if (source && Date.now() - lastWord > 40000) lost();
    }, 5000);
    document.addEventListener("visibilitychange", function () {
      if (document.hidden) return;
      document.querySelectorAll("[data-stale]").forEach(refresh);
      showTimes(document);
    });
    window.addEventListener("pagehide", () => source && source.close());
  }

  /* ---- commands ---------------------------------------------------------------------------- */
  let said = 0;

  /** What was done goes away after a while; what went wrong stays until something else is said. */
  piecrust.say = function (text, bad) {
    const line = document.getElementById("said");
    if (!line) return;
    clearTimeout(said);
    if (text && !bad) said = setTimeout(() => piecrust.say(""), 15000);
    line.textContent = text;
    line.className = "note " + (bad ? "bad" : "good");
    line.hidden = !text;
  };

  /** Asks the API; what it refuses is an Error with its sentence. */
  piecrust.ask = async function (method, url, body) {
    const options = { method: method, headers: { Accept: "application/json" } };
    if (body !== undefined) {
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    let answer;
    try {
      answer = await fetch(url, options);
    } catch (e) {
      throw new Error("PieCrust does not answer. Is it still running?");
    }
    const text = await answer.text();
    let read = null;
    try { read = text ? JSON.parse(text) : null; } catch (e) { /* not JSON: its status says enough */ }
    if (!answer.ok) throw new Error((read && read.detail) || "PieCrust answered with status " + answer.status + ".");
    return read;
  };

  async function command(form) {
    const body = Object.fromEntries(new FormData(form));
    const did = form.dataset.did || "Done."; // by the time of the answer the page may have another form here
    const button = form.querySelector("button[type=submit], button:not([type])");
    const dialog = form.closest("dialog");
    const wrong = form.querySelector(".wrong");
    if (button) button.disabled = true;
    try {
      await piecrust.ask("POST", form.dataset.command, body);
      if (dialog) dialog.close();
      const menu = form.closest("details.menu");
      if (menu) menu.open = false;
      piecrust.say(did);
      piecrust.refreshAll();
    } catch (e) {
      if (wrong) wrong.textContent = e.message;
      else piecrust.say(e.message, true);
    } finally {
      if (button) button.disabled = false;
    }
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.dataset.command) {
      event.preventDefault();
      command(form);
    }
  });

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      const menu = opener.closest("details.menu");
      if (menu) menu.open = false;
      const wrong = dialog.querySelector(".wrong");
      if (wrong) wrong.textContent = "";
      dialog.showModal();
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog").close();
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (event.target.closest("#theme")) {
      const root = document.documentElement;
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try { localStorage.setItem("piecrust-theme", root.dataset.theme); } catch (e) { /* for this page only */ }
      document.dispatchEvent(new CustomEvent("piecrust:theme"));
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* ---- start ------------------------------------------------------------------------------- */
  document.addEventListener("DOMContentLoaded", function () {
    showTimes(document);
    setInterval(() => showTimes(document), 15000);
    document.body.addEventListener("htmx:afterSettle", () => showTimes(document));
    if (document.body.dataset.signedIn === "true") listen();
  });
})();
