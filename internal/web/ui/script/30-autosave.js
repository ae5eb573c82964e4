// Autosave: a draft is posted a moment after the last key. What could not be
// sent stays in this browser and is offered again. The state is told in words.
const pause = 1500;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const sign = form.querySelector("[data-saved]");
  if (!sign || !sign.dataset.url) continue;
  const key = "draft:" + (sign.dataset.key || sign.dataset.url);
  let timer = 0, busy = false, again = false, stopped = false;

  const say = (state, text) => { sign.dataset.state = state; sign.textContent = text; };
  const fields = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };
  const store = "tab" in sign.dataset ? sessionStorage : localStorage;
  const copy = (conflict = false) => {
    try {
      store.setItem(key, JSON.stringify({ version: sign.dataset.version, conflict, fields: [...fields()] }));
      return true;
    } catch { return false; }
  };
  const forget = () => { try { store.removeItem(key); } catch { /* nothing was kept */ } };

  async function save() {
    if (stopped) return;
    if (busy) { again = true; return; }
    busy = true;
    say("wait", "正在保存");
    const data = new URLSearchParams(fields());
    data.set("version", sign.dataset.version);
    try {
      const answer = await fetch(sign.dataset.url, {
        method: "POST", body: data, redirect: "manual",
        headers: { "Accept": "application/json" }, credentials: "same-origin",
      });
      if (answer.ok) {
        const done = await answer.json();
        sign.dataset.version = done.version;
        for (const f of form.querySelectorAll('input[name="version"]')) f.value = done.version;
        forget();
        say("done", done.say || "已保存");
      } else if (answer.status === 409) {
        stopped = true;
        copy(true);
        say("wrong", "别人已经改动了这份草稿，这里的改动没有保存到系统，也没有覆盖别人的改动。请复制您写的内容，再刷新页面。");
      } else if (answer.status === 401 || answer.type === "opaqueredirect") {
        const kept = copy();
        say("wrong", kept ? "登录已经过期。您写的内容留在这台电脑的浏览器里，重新登录后会恢复。" : "登录已经过期。请先复制您写的内容，再重新登录。");
        offerSignIn();
      } else if (answer.status === 400) {
        copy();
        say("wrong", "暂时没有保存：有内容填写得不对。您写的内容留在浏览器里。");
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      const kept = copy();
      say("wrong", kept ? "网络不通，没有保存到系统。您写的内容留在浏览器里，稍后会自动再试。" : "网络不通，没有保存。请不要关闭页面。");
      clearTimeout(timer);
      timer = setTimeout(save, 15000);
    } finally {
      busy = false;
      if (again) { again = false; later(); }
    }
  }

  function later() {
    if (stopped) return;
    say("wait", "有改动，还没有保存");
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  function offerSignIn() {
    if (!sign.dataset.signIn) return;
    const a = document.createElement("a");
    a.href = sign.dataset.signIn;
    a.target = "_blank";
    a.rel = "opener";
    a.textContent = "重新登录";
    sign.append(" ", a);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); copy(); });
  // The network is back, or the person comes back from signing in again.
  const retry = () => { if (sign.dataset.state === "wrong" && !stopped) save(); };
  addEventListener("online", retry);
  addEventListener("focus", retry);
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && sign.dataset.state === "wait") copy();
  });

  restore();

  // What was left from a broken session is offered, never put in by itself.
  function restore() {
    let kept;
    try { kept = JSON.parse(store.getItem(key)); } catch { return; }
    if (!kept) return;
    const now = JSON.stringify([...fields()]);
    // A copy of an older version is what a finished save left behind, unless
    // somebody else's save stood in its way.
    const old = kept.version !== sign.dataset.version && !kept.conflict;
    if (old || JSON.stringify(kept.fields) === now) { forget(); return; }
    const box = document.createElement("p");
    box.className = "banner banner-warn";
    box.append("这台电脑上留有一份没有保存到系统的内容。 ");
    const take = document.createElement("button");
    take.type = "button"; take.className = "btn btn-small"; take.textContent = "恢复这份内容";
    const drop = document.createElement("button");
    drop.type = "button"; drop.className = "btn btn-secondary btn-small"; drop.textContent = "不要了";
    take.addEventListener("click", () => {
      for (const el of form.elements) {
        if (!el.name || el.type === "file" || el.type === "hidden") continue;
        const values = kept.fields.filter(([n]) => n === el.name).map(([, v]) => v);
        if (el.type === "checkbox" || el.type === "radio") el.checked = values.includes(el.value);
        else if (values.length > 0) { el.value = values[0]; el.dispatchEvent(new Event("restored", { bubbles: true })); }
      }
      box.remove();
      later();
    });
    drop.addEventListener("click", () => { forget(); box.remove(); });
    box.append(take, " ", drop);
    form.prepend(box);
  }
}
