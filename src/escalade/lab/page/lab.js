// The page: one setting at a time, with its past and its future; everything shown follows from it.

const by = (id) => document.getElementById(id);
const FIRST_SHOWN = 8, MERGED_MS = 1000;

/** Start the lab in the page. */
function start() {
  const lab = unpacked(JSON.parse(by("data").textContent));
  const fresh = { policy: lab.focus, narrow: {}, levers: {} };
  const page = {
    lab, fresh, now: fresh, past: [], future: [], shown: null, controls: [], guess: null, tag: "", at: 0,
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
  place("assumptions", lab.assumptions.slice(0, FIRST_SHOWN).map((one) => rangeControl(one, narrow)));
  page.showOthers = () => {
    if (!by("others").childElementCount) place("others", lab.assumptions.slice(FIRST_SHOWN).map((one) => rangeControl(one, narrow)));
  };
  by("more").addEventListener("toggle", page.showOthers);
  if (lab.levers.length) makeLevers(page, place, lever);
}

function makeLevers(page, place, lever) {
  place("levers", page.lab.levers.filter((one) => one.first).map((one) => leverControl(one, lever)));
  const box = element("div"), more = element("details", {}, element("summary", {}, "More levers"), box);
  more.addEventListener("toggle", () => {
    if (box.childElementCount) return;
    box.id = "more-levers";
    place("more-levers", page.lab.levers.filter((one) => !one.first).map((one) => leverControl(one, lever)));
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
  const solved = server ? server.valuesFor(setting, dragging, () => render(page, page.now)) : { values: lab.values, rough: "" };
  const answer = answerAt(lab, setting, solved.values);
  const last = page.past.at(-1) ?? page.fresh;
  const before = answerAt(lab, dragging ? page.now : last, server ? server.known(dragging ? page.now : last) : lab.values);
  page.shown = answer;
  document.body.classList.toggle("rough", Boolean(solved.rough));
  if (!answer.none) showAnswer(lab, setting, answer);
  showState(page, setting, answer, page.past.length || dragging ? before : null, solved.rough);
  by("undo").disabled = !page.past.length;
  by("redo").disabled = !page.future.length;
  by("answer").hidden = Boolean(page.guess) || answer.none;
  by("guess").hidden = !page.guess;
  if (!dragging) showPanels(page, setting, answer);
}

function showAnswer(lab, setting, answer) {
  const said = sentenceOf(lab, setting, answer);
  by("sentence").replaceChildren(element("strong", {}, said.lead), ` ${said.body}`);
  by("levels").textContent = `${said.levels} ${lab.words.meaning}`.trim();
  const [more, less, close] = wholeShares([answer.raises, answer.lowers, answer.neither]);
  const war = lab.outcome.id === "war";
  const parts = [["less", less, war ? "less likely" : "lower"], ["close", close, "too close to tell"], ["more", more, war ? "more likely" : "higher"]];
  by("bar").replaceChildren(...parts.filter(([, size]) => size).map(([kind, size]) => {
    const bar = element("span", { class: kind });
    bar.style.flex = String(size);
    return bar;
  }));
  by("shares").replaceChildren(...parts.map(([kind, size, words]) => element("li", { class: kind }, element("b", {}, words), ` in ${size} of 100`)));
  const levels = [["with", answer.with, policyOf(lab, setting.policy).words], ["without", answer.without, policyOf(lab, lab.baseline).words]];
  by("cases").innerHTML = levels.map(([kind, value, words]) => {
    const count = roundEven(100 * Math.min(1, Math.max(0, value))), title = escaped(`${count} of 100: ${lab.outcome.name} ${words}`);
    return `<div class="level ${kind}"><p><b>${count}</b> ${escaped(`${lab.outcome.name} ${words}`)}</p>${casesPicture(count, kind, title)}</div>`;
  }).join("");
  const title = `Change of ${lab.outcome.name} in 100 ${lab.outcome.of}, one dot for a hundredth of the weight of all sets of assumptions that match`;
  by("worlds").innerHTML = worldsPicture(answer.hundred.map((value) => 100 * value), 100 * lab.margin, escaped(title));
}

const escaped = (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

function showState(page, setting, answer, before, rough) {
  const { lab } = page, hidden = Boolean(page.guess);
  const was = before && !before.none ? ` (was ${changeOf(lab, before).split(` in `)[0]})` : "";
  by("change").textContent = answer.none ? "Nothing matches." : hidden ? "Guess first." : `${capital(`${rough ? "about " : ""}${changeOf(lab, answer)}`)}${was}`;
  const worth = answer.none ? "0" : thousands(Math.round(answer.effective));
  by("left").textContent = `${thousands(answer.worlds)} of ${thousands(lab.candidates)} sets of assumptions match; they weigh as much as ${worth}.${rough ? ` ${rough}` : ""}`;
  by("thin").hidden = enough(lab, answer);
  by("thin").textContent = answer.none
    ? `No set of assumptions matches: widen a range. For more sets: ${lab.more}`
    : `Too few to rest an answer on: at least ${lab.limits.worlds} sets that weigh as much as ${lab.limits.effective} are needed. For more: ${lab.more}`;
  by("changed").replaceChildren(...changesIn(lab, setting).map((words) => element("li", {}, words)));
}

/** Every change of a setting in words, old value and new. */
function changesIn(lab, setting) {
  const told = setting.policy === lab.focus ? [] : [`policy: ${policyOf(lab, lab.focus).name} → ${policyOf(lab, setting.policy).name}`];
  for (const [path, value] of Object.entries(setting.levers)) {
    const one = lab.levers.find((lever) => lever.path === path);
    const now = typeof value === "object" ? value.times : value;
    told.push(`${fullName(one)}: ${leverInWords(one, one.today)} → ${leverInWords(one, now)}`);
  }
  for (const [key, range] of Object.entries(setting.narrow)) {
    const one = lab.assumptions.find((each) => each.key === key);
    told.push(`${fullName(one)}: ${rangeInWords(one, [0, one.edges.length - 1])} → ${rangeInWords(one, range)}`);
  }
  return told;
}

function showPanels(page, setting, answer) {
  const { lab } = page, data = settingData(lab, setting);
  by("turning").replaceChildren(...turningRows(lab, answer, (key, range) => jump(page, with_(page.now, "narrow", key, range))));
  by("python").textContent = pythonOf(lab, data);
  by("variant-box").hidden = !data.levers;
  if (data.levers) by("variant").textContent = variantOf(lab, data.levers);
  fragmentOf(lab, setting).then((fragment) => (by("terminal").textContent = terminalOf(lab, fragment)));
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
  by("guess").addEventListener("submit", (event) => { event.preventDefault(); guessed(page); });
  for (const button of document.querySelectorAll("[data-panel]")) {
    button.addEventListener("click", () => {
      const panel = by(`panel-${button.dataset.panel}`);
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
      if (!panel.hidden && button.dataset.panel === "story") tell(page);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.target.matches("input[type=search],input[type=number]")) return;
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
  } catch { /* no leave to use the clipboard: the address is there to be copied by hand */ }
  note(`The address of this page now holds the setting.${copied} End of the link: ${fragment}`);
}

/** What was asked and what came out, as a small text. */
async function save(page) {
  const { lab } = page, said = page.shown.none ? null : sentenceOf(lab, page.now, page.shown);
  const lines = [lab.words.question, said ? `${said.lead} ${said.body} ${said.levels}` : "Nothing matches.", by("left").textContent, ...changesIn(lab, page.now), lab.words.conditional, terminalOf(lab, await fragmentOf(lab, page.now))];
  const link = element("a", { href: URL.createObjectURL(new Blob([lines.join("\n\n")], { type: "text/plain" })), download: `${lab.scenario}.txt` });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function openLink(page) {
  try {
    const found = await settingOf(page.lab, window.location.hash);
    if (!found) return;
    if (Object.keys(found.setting.narrow).some((key) => page.lab.assumptions.findIndex((one) => one.key === key) >= FIRST_SHOWN)) by("more").open = true;
    jump(page, found.setting, "open");
    note(found.note);
  } catch (error) {
    note(error.message);
  }
}

/** One story: the next one of the page, or one that the server makes for the setting as it is. */
function tell(page) {
  if (page.server) { page.server.tell(page.now, by("told")); return; }
  const articles = [...document.querySelectorAll("#stories article")];
  by("another").hidden = articles.length < 2;
  const at = articles.findIndex((article) => !article.hidden && article.dataset.told);
  articles.forEach((article, n) => {
    article.hidden = n !== (at + 1) % articles.length;
    article.dataset.told = article.hidden ? "" : "yes";
  });
}

function askGuess(page, before) {
  page.guess = { before: before && answerAt(page.lab, before, page.server ? page.server.known(before) : page.lab.values) };
  const words = policyOf(page.lab, page.now.policy).words, event = page.lab.outcome.event;
  by("guess-question").textContent = page.guess.before
    ? `Compared with before this change: how does the number of ${event === "war" ? "wars" : "cases"} ${words} now compare with that ${policyOf(page.lab, page.lab.baseline).words}?`
    : `What do you think: ${words}, is ${event} more or less likely?`;
  const made = choices("guess", page.guess.before ? NEXT_GUESSES : FIRST_GUESSES, (value) => (page.guess.value = value));
  by("guess-choices").replaceChildren(...made.boxes);
  by("verdict").hidden = true;
}

function guessed(page) {
  const { value, before } = page.guess;
  if (!value || page.shown.none) return;
  const right = rightGuess(page.lab, page.shown, before), options = before ? NEXT_GUESSES : FIRST_GUESSES;
  const wordsOf = (id) => options.find(([each]) => each === id)[1];
  page.guess = null;
  by("verdict").hidden = false;
  by("verdict").textContent = value === right ? `You said "${wordsOf(value)}", and so does the model.` : `You said "${wordsOf(value)}"; the model says "${wordsOf(right)}".`;
  render(page, page.now);
}

start();
