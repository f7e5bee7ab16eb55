/* Before anything is drawn, so that no page flashes in the wrong colours. */
(function () {
  "use strict";
  var chosen = null;
  try { chosen = localStorage.getItem("piecrust-theme"); } catch (e) { /* no storage: the system decides */ }
  var dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
