// A chart whose marks are buttons: it shows the SVG that the kernel drew, and sends the place of the mark that is opened.
// The SVG is parsed as XML and holds no script; a mark's words are read out of it, as text and never as HTML.

const OURS = { "data-lm-suppress-shortcuts": "true" }; // JupyterLab's own keys do nothing here
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const HOW = "Click a mark to open it. By keyboard: Tab to the chart, arrow keys from mark to mark, Enter to open.";

function add(parent, tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  parent.append(element);
  return element;
}

function parsed(svg) {
  const own = `v${Math.random().toString(36).slice(2)}-`; // names of this view's own: a chart may be shown twice
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  for (const element of [root, ...root.querySelectorAll("*")])
    for (const { name, value } of [...element.attributes]) {
      if (name === "id" || name.startsWith("aria-")) element.setAttribute(name, own + value);
      else if (value.includes("#")) element.setAttribute(name, value.replace(/^#|url\(#/g, (sign) => sign + own));
    }
  return document.importNode(root, true);
}

function render({ model, el }) {
  const box = add(el, "div", { class: "passages-chart", ...OURS });
  const frame = add(box, "div");
  const told = add(box, "p", { class: "passages-chart-told", "aria-hidden": "true" });
  let marks = [];
  let current = 0;

  const words = (mark) => mark.querySelector("title").textContent;

  function come(place, focus) {
    current = Math.min(Math.max(place, 0), marks.length - 1);
    marks.forEach((mark, n) => mark.setAttribute("tabindex", n === current ? "0" : "-1"));
    if (focus) marks[current]?.focus();
  }

  function open(place) {
    come(place, true);
    model.send({ open: place, n: model.get("view").n });
  }

  function choose() {
    const chosen = model.get("place");
    marks.forEach((mark, n) => mark.setAttribute("aria-pressed", String(n === chosen)));
    if (chosen >= 0) come(chosen, false);
  }

  function show() {
    const { svg } = model.get("view");
    const within = frame.contains(document.activeElement);
    const was = current;
    frame.replaceChildren();
    box.hidden = !svg;
    marks = [];
    if (!svg) return;
    const root = parsed(svg);
    marks = [...root.querySelectorAll("[data-mark]")];
    if (marks.length) root.setAttribute("role", "group");
    marks.forEach((mark, place) => {
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", words(mark));
      mark.addEventListener("click", () => open(place));
      mark.addEventListener("pointerenter", () => (told.textContent = words(mark)));
      mark.addEventListener("focus", () => (told.textContent = words(mark)));
    });
    frame.append(root);
    told.textContent = marks.length ? HOW : "";
    choose();
    come(model.get("place") >= 0 ? model.get("place") : within ? was : 0, within);
  }

  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key === "Tab") return;
    event.stopPropagation(); // no key pressed here is one of the notebook's
    const place = marks.indexOf(event.target);
    if (place < 0) return;
    const ends = { Home: 0, End: marks.length - 1 };
    if (event.key in STEPS) come(place + STEPS[event.key], true);
    else if (event.key in ends) come(ends[event.key], true);
    else if ((event.key === "Enter" || event.key === " ") && !event.repeat) open(place);
    else return;
    event.preventDefault();
  });

  model.on("change:view", show);
  model.on("change:place", choose);
  show();
  return () => {
    model.off("change:view", show);
    model.off("change:place", choose);
  };
}

export default { render };
