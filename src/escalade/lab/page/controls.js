// Controls made from the bundle: two-handled ranges, levers, policies. They tell what was moved and know nothing else.

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
};

const head = (one, value) =>
  element(
    "p",
    {},
    element("span", { class: "name", title: one.meaning }, one.label),
    value,
    element("small", {}, [one.subject, one.unit].filter(Boolean).join(" · ")),
  );

/**
 * A range with two handles, each a native slider: arrows, page keys, home and end work.
 * moved(key, [first, last], done): called while a handle moves, and with done when it is let go.
 */
function rangeControl(one, moved) {
  const most = one.edges.length - 1,
    value = element("b");
  const handle = (words) =>
    element("input", { type: "range", min: 0, max: most, step: 1, "aria-label": `${words}: ${fullName(one)}` });
  const [low, high] = [handle("Lowest"), handle("Highest")],
    kept = element("span", { class: "kept" });
  const box = element(
    "div",
    { class: "row", "data-key": one.key },
    head(one, value),
    element("div", { class: "two" }, element("span", { class: "track" }), kept, low, high),
  );
  const show = ([first, last]) => {
    [low.value, high.value] = [first, last];
    low.setAttribute("aria-valuetext", inUnit(one.edges[first], one.unit));
    high.setAttribute("aria-valuetext", inUnit(one.edges[last], one.unit));
    kept.style.left = `${(100 * first) / most}%`;
    kept.style.right = `${100 - (100 * last) / most}%`;
    low.style.zIndex = first > most / 2 ? 2 : 1;
    high.style.zIndex = first > most / 2 ? 1 : 2;
    value.textContent = rangeInWords(one, [first, last]);
    box.classList.toggle("moved", first > 0 || last < most);
  };
  const told = (mine, done) => {
    const apart = one.apart ? 1 : 0;
    const ends =
      mine === low
        ? [Math.min(+low.value, +high.value - apart), +high.value]
        : [+low.value, Math.max(+low.value + apart, +high.value)];
    show(ends);
    moved(one.key, ends[0] === 0 && ends[1] === most ? null : ends, done);
  };
  for (const mine of [low, high]) {
    mine.addEventListener("input", () => told(mine, false));
    mine.addEventListener("change", () => told(mine, true));
  }
  show([0, most]);
  return { box, key: one.key, show: (setting) => show(setting.narrow[one.key] ?? [0, most]) };
}

/** A lever with one handle; moved(path, value, done) gets null for what the scenario has itself. */
function leverControl(one, moved) {
  const rest = nearestStep(one, one.today),
    value = element("b");
  const handle = element("input", {
    type: "range",
    min: 0,
    max: one.steps.length - 1,
    step: 1,
    "aria-label": fullName(one),
  });
  const box = element("div", { class: "row", "data-path": one.path }, head(one, value), handle);
  const show = (at) => {
    handle.value = at;
    const words = at === rest ? `${leverInWords(one, one.today)} (today)` : leverInWords(one, one.steps[at]);
    value.textContent = words;
    handle.setAttribute("aria-valuetext", words);
    box.classList.toggle("moved", at !== rest);
  };
  const told = (done) => {
    const at = +handle.value;
    show(at);
    moved(one.path, at === rest ? null : one.times ? { times: one.steps[at] } : one.steps[at], done);
  };
  handle.addEventListener("input", () => told(false));
  handle.addEventListener("change", () => told(true));
  show(rest);
  const place = (chosen) => nearestStep(one, typeof chosen === "object" ? chosen.times : chosen);
  return {
    box,
    path: one.path,
    show: (setting) => show(one.path in setting.levers ? place(setting.levers[one.path]) : rest),
  };
}

const nearestStep = (one, value) =>
  one.steps.reduce((best, step, k) => (Math.abs(step - value) < Math.abs(one.steps[best] - value) ? k : best), 0);

/** Radio buttons: [value, words] each; chosen(value) is called with the new one. */
function choices(name, options, chosen) {
  const made = options.map(([value, words]) => {
    const radio = element("input", { type: "radio", name, value, onchange: () => chosen(value) });
    return { value, radio, box: element("label", {}, radio, words) };
  });
  return {
    boxes: made.map((one) => one.box),
    show: (value) => made.forEach((one) => (one.radio.checked = one.value === value)),
  };
}
