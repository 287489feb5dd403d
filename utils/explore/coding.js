// The card of the coder: it shows what the kernel tells it, as text and never as HTML, and sends the keys pressed on it.
// A key counts for the passage on which it was pressed: what comes while the next is on its way is dropped.

const NAMES = { ArrowLeft: "left", ArrowRight: "right", ArrowDown: "down", ArrowUp: "up", " ": "space", Backspace: "backspace" };
const OURS = { "data-lm-suppress-shortcuts": "true" }; // JupyterLab's own keys, some of which delete cells, do nothing here
const PATIENCE = 4000; // milliseconds
const SILENT =
  "No answer from the kernel yet: this code is not kept. If the kernel is busy, wait; if it was stopped, run the cell again. All codes before this one are kept.";

function add(parent, tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  parent.append(element);
  return element;
}

function render({ model, el }) {
  const own = `passages-coder-${Math.random().toString(36).slice(2)}`;
  const card = add(el, "div", { class: "passages-coder", role: "group", ...OURS });
  const head = add(card, "div", { class: "passages-coder-head" });
  const bar = add(head, "progress", { "aria-label": "Passages coded" });
  const place = add(head, "span", { class: "passages-coder-quiet" });
  const away = add(card, "p", { class: "passages-coder-away", "aria-hidden": "true" }, "Click here, or press Tab, then use the keys");
  const focused = { class: "passages-coder-stage", tabindex: "0", role: "application", "aria-describedby": own };
  const frame = add(card, "div", { class: "passages-coder-frame" });
  const stage = add(frame, "div", focused);
  const facts = add(stage, "p", { class: "passages-coder-quiet" });
  const text = add(stage, "p", { id: own, "aria-live": "polite", "aria-atomic": "true" });
  const before = add(text, "span", { class: "passages-coder-quiet" });
  const passage = add(text, "strong");
  const after = add(text, "span", { class: "passages-coder-quiet" });
  const said = add(card, "p", { role: "status", class: "passages-coder-said" });
  const alert = add(card, "p", { role: "alert", class: "passages-coder-said passages-coder-alert" });
  const rows = [add(card, "div", { class: "passages-coder-keys" }), add(card, "div", { class: "passages-coder-keys" })];
  const buttons = [];
  let waiting = null;

  function send(key) {
    if (waiting !== null) return;
    card.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => (alert.textContent = SILENT), PATIENCE);
    model.send({ key, n: model.get("view").n });
  }

  for (const { key, sign, name, spoken, code } of model.get("buttons")) {
    const button = add(rows[code ? 0 : 1], "button", { type: "button", "aria-label": spoken });
    add(button, "kbd", {}, sign);
    add(button, "span", {}, name);
    button.addEventListener("click", () => {
      stage.focus();
      send(key);
    });
    buttons.push([key, button]);
  }
  const known = new Set(buttons.map(([key]) => key));

  card.addEventListener("keydown", (event) => {
    const key = NAMES[event.key] ?? event.key.toLowerCase();
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain) event.stopPropagation(); // no key pressed here is one of the notebook's
    const onButton = event.target.tagName === "BUTTON" && key === "space";
    if (!plain || event.isComposing || onButton || !known.has(key)) return;
    event.preventDefault();
    if (!event.repeat) send(key);
  });

  function show() {
    const view = model.get("view");
    clearTimeout(waiting);
    waiting = null;
    card.removeAttribute("aria-busy");
    card.setAttribute("aria-label", view.called);
    stage.setAttribute("aria-label", view.spoken);
    bar.max = Math.max(view.all, 1);
    bar.value = view.coded;
    place.textContent = view.place;
    facts.textContent = view.facts;
    before.textContent = view.before;
    passage.textContent = view.passage;
    after.textContent = view.after;
    const line = parseFloat(getComputedStyle(stage).lineHeight) || 1;
    const above = passage.getClientRects()[0]?.top - stage.getBoundingClientRect().top + stage.scrollTop;
    stage.scrollTop = view.before ? Math.max(Math.floor(above / line) - 4, 0) * line : 0; // by whole lines
    said.textContent = view.said;
    alert.textContent = view.alert;
    for (const [key, button] of buttons) {
      button.disabled = view.off.includes(key);
      button.setAttribute("aria-pressed", String(view.was === key));
    }
  }

  function inView() {
    const { top, bottom } = stage.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  }

  function told(message) {
    if (message.focus) requestAnimationFrame(() => inView() && stage.focus({ preventScroll: true }));
  }

  away.addEventListener("click", () => stage.focus());
  model.on("change:view", show);
  model.on("msg:custom", told);
  show();
  const look = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    look.disconnect();
    model.send({ shown: true }); // the kernel knows whether it is the first time, and answers then
  });
  look.observe(stage);
  return () => {
    look.disconnect();
    model.off("msg:custom", told);
    clearTimeout(waiting);
    model.off("change:view", show);
  };
}

export default { render };
