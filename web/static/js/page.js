// What every page does: the theme button.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const button = document.querySelector("[data-theme-button]");

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
const show = () => button.setAttribute("aria-pressed", String(isDark()));

if (button) {
  button.hidden = false;
  show();
  system.addEventListener("change", show);
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    // The system's own choice needs no memory.
    if ((theme === "dark") === system.matches) delete root.dataset.theme;
    else root.dataset.theme = theme;
    try {
      if (root.dataset.theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch { /* storage may be refused: the choice lasts for this page */ }
    show();
  });
}
