// Small comforts of a page: printing, copying its address, folding on phones.
for (const b of document.querySelectorAll("[data-print]")) {
  b.hidden = false;
  b.addEventListener("click", () => window.print());
}

if (navigator.clipboard) {
  for (const b of document.querySelectorAll("[data-copy]")) {
    b.hidden = false;
    b.addEventListener("click", async () => {
      const word = b.querySelector("span") ?? b;
      const was = word.textContent;
      try {
        await navigator.clipboard.writeText(new URL(b.dataset.copy || location.href, location.href).href);
        word.textContent = "已复制";
      } catch {
        word.textContent = "没有复制成功，请从地址栏复制";
      }
      const say = document.querySelector("[data-copied]");
      if (say) say.textContent = word.textContent;
      setTimeout(() => { word.textContent = was; }, 3000);
    });
  }
}

// Filters and the work navigation are open for everybody; a small screen folds
// them, a large one opens them again.
const narrow = matchMedia("(max-width: 60em)");
const fold = () => {
  for (const d of document.querySelectorAll("details[data-fold]")) d.open = !narrow.matches;
};
if (narrow.matches) fold();
narrow.addEventListener("change", fold);

// A wide table of a document scrolls on a phone; the keyboard must reach it.
for (const t of document.querySelectorAll(".doc-body table")) {
  if (t.scrollWidth > t.clientWidth + 1) t.tabIndex = 0;
}

// A summary of problems takes the focus, so that a screen reader begins there.
document.querySelector("[data-focus]:not([data-sample] *)")?.focus();

// An open menu closes when the reader goes elsewhere.
document.addEventListener("click", (e) => {
  for (const d of document.querySelectorAll(".who-menu[open]")) if (!d.contains(e.target)) d.open = false;
});
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const d of document.querySelectorAll(".who-menu[open]")) {
    d.open = false;
    d.querySelector("summary").focus();
  }
});
