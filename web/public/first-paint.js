// Runs before anything is painted, so that nobody sees a flash of the other theme.
// A file of its own, because the content security policy allows no script in the page.
(function () {
  var kept = localStorage.getItem("besedka.theme") || localStorage.getItem("mantine-color-scheme-value");
  var isDark =
    kept === "dark" ||
    (kept !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  var root = document.documentElement;
  root.setAttribute("data-mantine-color-scheme", isDark ? "dark" : "light");
  document.querySelector("meta[name=color-scheme]").content = isDark ? "dark" : "light";
  if (localStorage.getItem("besedka.language") === "en") root.lang = "en";
})();
