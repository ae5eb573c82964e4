// Walking a list by keyboard: j and k move, enter opens, "/" goes to search.
const rows = () => [...document.querySelectorAll("[data-walk] [data-row]")];
let at = -1;

function go(n) {
  const all = rows();
  if (all.length === 0) return;
  all[at]?.classList.remove("is-here");
  at = Math.max(0, Math.min(n, all.length - 1));
  all[at].classList.add("is-here");
  all[at].querySelector("a")?.focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
}

const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || typing(e)) return;
  if (e.key === "/") {
    const field = document.querySelector("[data-slash], #site-search");
    if (field) { e.preventDefault(); field.focus(); field.select(); }
  } else if (e.key === "j") go(at + 1);
  else if (e.key === "k") go(at - 1);
});

if (rows().length > 0 && matchMedia("(hover: hover)").matches) {
  for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
}

// A filter form is sent when a choice changes; its button stays for everybody else.
for (const form of document.querySelectorAll("form[data-submit]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
