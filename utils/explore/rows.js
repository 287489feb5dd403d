// A table, or a list of passages, a page at a time: its rows are buttons. All that it is told is shown as text, never as HTML.

const BUTTONS = "button, [role=button]";
const ROWS = "[data-rows] button, [data-rows] [role=button]";
const OURS = { "data-lm-suppress-shortcuts": "true" }; // JupyterLab's own keys, some of which delete cells, do nothing here

function add(parent, tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  parent.append(element);
  return element;
}

function render({ model, el }) {
  let byKey = false; // whether the last row was opened by a key
  const box = add(el, "div", { class: "passages-rows", ...OURS });

  // JupyterLab asks what has the focus itself, so each field of the front end says it where it comes into focus.
  function guard(tries) {
    const bench = el.closest(".passages-live");
    const quiet = (each) => Object.entries(OURS).forEach(([name, value]) => each.setAttribute(name, value));
    if (bench) bench.addEventListener("focusin", (event) => quiet(event.target));
    else if (tries) requestAnimationFrame(() => guard(tries - 1));
  }
  guard(100);

  // In running text a button of the browser's own would stand on a line of its own.
  function button(parent, place, view, words, inText = false) {
    const own = add(parent, ...(inText ? ["span", { role: "button", tabindex: "0" }] : ["button", { type: "button" }]), words);
    if (place === view.chosen) own.setAttribute("aria-current", "true");
    own.addEventListener("click", (event) => {
      byKey = event.detail === 0;
      model.send({ row: place, n: view.n });
    });
    own.addEventListener("keydown", (event) => {
      if (inText && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        own.click();
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const all = [...box.querySelectorAll(ROWS)];
      all[all.indexOf(own) + step]?.focus();
    });
    return own;
  }

  function table(view) {
    const frame = add(box, "div", { class: "passages-rows-frame", tabindex: "-1" });
    const own = add(frame, "table");
    add(own, "caption", {}, view.caption);
    const head = add(add(own, "thead"), "tr");
    view.columns.forEach(({ name, right }) => add(head, "th", { scope: "col", class: right ? "passages-rows-right" : "" }, name));
    const body = add(own, "tbody", { "data-rows": "" });
    view.rows.forEach((cells, place) => {
      const row = add(body, "tr", place === view.chosen ? { class: "passages-rows-chosen" } : {});
      cells.forEach((cell, at) => {
        const wide = view.columns[at].right ? "passages-rows-right" : "";
        if (at || !view.opens) return add(row, "td", { class: wide }, cell);
        button(add(row, "th", { scope: "row" }), place, view, cell);
      });
    });
  }

  function passages(view) {
    const list = add(box, "ol", { "aria-label": view.caption, "data-rows": "", start: String(view.first + 1) });
    view.rows.forEach(({ head, before, hit, after, said }, place) => {
      const item = add(list, "li", place === view.chosen ? { class: "passages-rows-chosen" } : {});
      add(item, "div", { class: "passages-rows-quiet" }, head);
      const line = add(item, "div");
      add(line, "span", {}, before);
      button(line, place, view, hit, true).title = "Open the article here";
      add(line, "span", {}, after);
      if (said) add(item, "div", { class: "passages-rows-quiet" }, said);
    });
  }

  function turn(view) {
    if (view.all <= view.size) return;
    const pages = add(box, "div", { class: "passages-rows-pages" });
    const last = Math.min(view.first + view.size, view.all);
    const step = (words, to, off) => {
      const own = add(pages, "button", { type: "button" }, words);
      own.disabled = off;
      own.addEventListener("click", () => model.send({ first: to, n: view.n }));
    };
    step("◂ Earlier", Math.max(view.first - view.size, 0), view.first === 0);
    step("Later ▸", view.first + view.size, last >= view.all);
    add(pages, "span", { role: "status" }, `${(view.first + 1).toLocaleString("en")} to ${last.toLocaleString("en")} of ${view.all.toLocaleString("en")}`);
  }

  function show() {
    const view = model.get("view");
    const there = [...box.querySelectorAll(BUTTONS)];
    const had = there.indexOf(document.activeElement);
    box.replaceChildren();
    if (!view.kind) return;
    (view.kind === "table" ? table : passages)(view);
    const chosen = box.querySelector(".passages-rows-chosen");
    const frame = chosen?.closest(".passages-rows-frame, ol");
    if (frame) frame.scrollTop = chosen.offsetTop - frame.offsetTop - frame.clientHeight / 3;
    turn(view);
    if (had >= 0) [...box.querySelectorAll(BUTTONS)][Math.min(had, there.length - 1)]?.focus({ preventScroll: true });
  }

  // What a click opens comes into view; after a key it has the focus too.
  function come({ come: wanted }) {
    if (!wanted) return;
    setTimeout(() => {
      const opened = box.closest(".passages-bench")?.querySelector(wanted);
      opened?.scrollIntoView({ block: "nearest" });
      if (byKey) opened?.querySelector("[tabindex]")?.focus({ preventScroll: true });
    }, 50);
  }

  model.on("msg:custom", come);
  model.on("change:view", show);
  show();
  return () => {
    model.off("msg:custom", come);
    model.off("change:view", show);
  };
}

export default { render };
