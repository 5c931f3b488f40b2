// Loaded before the styles, so that a chosen theme is there from the first paint.
(() => {
  let theme = null;
  try { theme = localStorage.getItem("theme"); } catch { /* storage may be refused: the system's choice stands */ }
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
})();
