// What goes on in the background is shown anew while somebody looks: the part of the
// page marked data-live is fetched and put in place. A person who is doing something
// in it is not disturbed, what was typed elsewhere is not lost, and a desk that was
// left does not keep its session alive.
const rest = 5000;
const patience = 20 * 60 * 1000;
let last = Date.now();

for (const sign of ["pointerdown", "keydown", "scroll"]) {
  addEventListener(sign, () => { last = Date.now(); }, { passive: true });
}

const changed = (f) => f.type !== "hidden" && f.type !== "search" && (f instanceof HTMLSelectElement
  ? [...f.options].some((o) => o.selected !== o.defaultSelected && o.index > 0) : f.value !== f.defaultValue);
const typing = () => [...document.querySelectorAll("main input, main select, main textarea")].some((f) => f === document.activeElement || changed(f));
const reload = () => { if (!typing()) location.reload(); };
const busy = (part) => part.contains(document.activeElement) || part.querySelector("details[open]") !== null;

async function renew() {
  const part = document.querySelector("[data-live]");
  if (!part) return;
  if (!document.hidden && !busy(part) && Date.now() - last < patience) {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { "Accept": "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      if (fresh?.dataset.live !== part.dataset.live) reload(); // something has ended or begun
      else if (!busy(part) && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
    } catch { /* the network is away; next time */ }
  }
  setTimeout(renew, rest);
}

if (document.querySelector("[data-live]")) setTimeout(renew, rest);
