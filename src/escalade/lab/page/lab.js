// The page: one setting at a time, with its past and its future; everything shown follows from it.

const FIRST_SHOWN = 8,
  MERGED_MS = 1000;

/** Start the lab in the page. */
function start() {
  const lab = unpacked(JSON.parse(by("data").textContent));
  const fresh = { policy: lab.focus, narrow: {}, levers: {} };
  const page = {
    lab,
    fresh,
    now: fresh,
    past: [],
    future: [],
    shown: null,
    controls: [],
    guess: null,
    tag: "",
    at: 0,
    server: lab.live ? serverOf(lab) : null,
  };
  makeControls(page);
  wire(page);
  sums("rate", rateAnswer);
  sums("raid", raidAnswer);
  render(page, page.now);
  openLink(page);
  window.addEventListener("hashchange", () => openLink(page));
  window.escaladeLab = page; // for whoever wants to look at it from the console
}

function makeControls(page) {
  const { lab } = page;
  const narrow = (key, range, done) => move(page, with_(page.now, "narrow", key, range), done, key);
  const lever = (path, value, done) => move(page, with_(page.now, "levers", path, value), done, path);
  const policies = lab.policies.slice(1).map((policy) => [policy.id, policy.name]);
  const switches = choices("policy", policies, (id) => move(page, { ...page.now, policy: id }, true, "policy"));
  by("policies").append(...switches.boxes);
  page.controls.push({ show: (setting) => switches.show(setting.policy) });
  switches.show(page.now.policy);
  const place = (where, made) => {
    by(where).append(...made.map((one) => one.box));
    page.controls.push(...made);
    made.forEach((one) => one.show(page.now));
  };
  place(
    "assumptions",
    lab.assumptions.slice(0, FIRST_SHOWN).map((one) => rangeControl(one, narrow)),
  );
  page.showOthers = () => {
    if (!by("others").childElementCount)
      place(
        "others",
        lab.assumptions.slice(FIRST_SHOWN).map((one) => rangeControl(one, narrow)),
      );
  };
  by("more").addEventListener("toggle", page.showOthers);
  if (lab.levers.length) makeLevers(page, place, lever);
}

function makeLevers(page, place, lever) {
  place(
    "levers",
    page.lab.levers.filter((one) => one.first).map((one) => leverControl(one, lever)),
  );
  const box = element("div"),
    more = element("details", {}, element("summary", {}, "More levers"), box);
  more.addEventListener("toggle", () => {
    if (box.childElementCount) return;
    box.id = "more-levers";
    place(
      "more-levers",
      page.lab.levers.filter((one) => !one.first).map((one) => leverControl(one, lever)),
    );
  });
  by("levers").append(more);
}

/** A setting with one thing changed, or taken back where the value is null. */
function with_(setting, kind, key, value) {
  const changed = { ...setting[kind] };
  if (value === null) delete changed[key];
  else changed[key] = value;
  return { ...setting, [kind]: changed };
}

/** A control moved to a setting: shown at once; kept as a step that can be undone when it is let go. */
function move(page, setting, done, tag) {
  page.dragged = done ? null : setting;
  if (!done) {
    render(page, setting, true);
    return;
  }
  const merged = tag === page.tag && Date.now() - page.at < MERGED_MS && page.past.length;
  if (!merged) page.past.push(page.now);
  [page.now, page.future, page.tag, page.at] = [setting, [], tag, Date.now()];
  if (by("guessing").checked && tag !== "open") askGuess(page, page.past.at(-1));
  render(page, setting);
}

function step(page, from, to) {
  if (!from.length) return;
  to.push(page.now);
  page.now = from.pop();
  page.tag = "";
  page.controls.forEach((control) => control.show(page.now));
  render(page, page.now);
}

function jump(page, setting, tag = "") {
  page.tag = "";
  move(page, setting, true, tag);
  page.controls.forEach((control) => control.show(setting));
}

/** Show a setting: at once from what is solved; a server solves the rest. */
function render(page, setting, dragging = false) {
  const { lab, server } = page;
  const solved = server
    ? server.valuesFor(setting, dragging, () => render(page, page.now))
    : { values: lab.values, rough: "" };
  const answer = answerAt(lab, setting, solved.values);
  const last = page.past.at(-1) ?? page.fresh;
  const before = answerAt(
    lab,
    dragging ? page.now : last,
    server ? server.known(dragging ? page.now : last) : lab.values,
  );
  page.shown = answer;
  document.body.classList.toggle("rough", Boolean(solved.rough));
  const old = page.past.length || dragging ? before : null;
  if (!answer.none) showAnswer(lab, setting, answer, old);
  showState(page, setting, answer, old, solved.rough);
  by("undo").disabled = !page.past.length;
  by("redo").disabled = !page.future.length;
  by("answer").hidden = Boolean(page.guess) || answer.none;
  by("guess").hidden = !page.guess;
  if (!dragging) showPanels(page, setting, answer);
}

function wire(page) {
  by("undo").addEventListener("click", () => step(page, page.past, page.future));
  by("redo").addEventListener("click", () => step(page, page.future, page.past));
  by("reset").addEventListener("click", () => jump(page, page.fresh));
  by("share").addEventListener("click", () => share(page));
  by("save").addEventListener("click", () => save(page));
  by("find").addEventListener("input", (event) => find(event.target.value));
  by("another").addEventListener("click", () => tell(page));
  by("reasons")?.addEventListener("click", () => page.server.reasons(page.now, by("worked-out")));
  by("guessing").addEventListener("change", (event) => {
    page.guess = null;
    by("verdict").hidden = true;
    if (event.target.checked) askGuess(page, null);
    render(page, page.now);
  });
  by("guess").addEventListener("submit", (event) => {
    event.preventDefault();
    guessed(page);
  });
  for (const button of document.querySelectorAll("[data-panel]")) {
    button.addEventListener("click", () => {
      const panel = by(`panel-${button.dataset.panel}`);
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
      if (!panel.hidden && button.dataset.panel === "story") tell(page);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (
      !(event.ctrlKey || event.metaKey) ||
      event.key.toLowerCase() !== "z" ||
      event.target.matches("input[type=search],input[type=number]")
    )
      return;
    event.preventDefault();
    event.shiftKey ? step(page, page.future, page.past) : step(page, page.past, page.future);
  });
}

function find(text) {
  const wanted = text.toLowerCase();
  for (const row of by("others").children) row.hidden = !row.textContent.toLowerCase().includes(wanted);
}

function note(words) {
  by("note").hidden = !words;
  by("note").textContent = words;
}

async function share(page) {
  const fragment = await fragmentOf(page.lab, page.now);
  window.history.replaceState(null, "", fragment);
  let copied = "";
  try {
    await navigator.clipboard.writeText(window.location.href);
    copied = " It has been copied.";
  } catch {
    /* no leave to use the clipboard: the address is there to be copied by hand */
  }
  note(`The address of this page now holds the setting.${copied} End of the link: ${fragment}`);
}

/** What was asked and what came out, as a small text. */
async function save(page) {
  const { lab } = page,
    said = page.shown.none ? null : sentenceOf(lab, page.now, page.shown);
  const lines = [
    lab.words.question,
    said ? `${said.lead} ${said.body} ${said.levels}` : "Nothing matches.",
    by("left").textContent,
    ...changesIn(lab, page.now),
    lab.words.conditional,
    terminalOf(lab, await fragmentOf(lab, page.now)),
  ];
  const link = element("a", {
    href: URL.createObjectURL(new Blob([lines.join("\n\n")], { type: "text/plain" })),
    download: `${lab.scenario}.txt`,
  });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function openLink(page) {
  try {
    const found = await settingOf(page.lab, window.location.hash);
    if (!found) return;
    if (
      Object.keys(found.setting.narrow).some(
        (key) => page.lab.assumptions.findIndex((one) => one.key === key) >= FIRST_SHOWN,
      )
    )
      by("more").open = true;
    jump(page, found.setting, "open");
    note(found.note);
  } catch (error) {
    note(error.message);
  }
}

/** One story: the next one of the page, or one that the server makes for the setting as it is. */
function tell(page) {
  if (page.server) {
    page.server.tell(page.now, by("told"));
    return;
  }
  const articles = [...document.querySelectorAll("#stories article")];
  by("another").hidden = articles.length < 2;
  const at = articles.findIndex((article) => !article.hidden && article.dataset.told);
  articles.forEach((article, n) => {
    article.hidden = n !== (at + 1) % articles.length;
    article.dataset.told = article.hidden ? "" : "yes";
  });
}

start();
