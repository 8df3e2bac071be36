// What the page shows of a setting and its answer.

const by = (id) => document.getElementById(id);

function showAnswer(lab, setting, answer, before) {
  const said = sentenceOf(lab, setting, answer);
  by("sentence").replaceChildren(element("strong", {}, said.lead), ` ${said.body}`);
  by("levels").textContent = `${said.levels} ${lab.words.meaning}`.trim();
  const [more, less, close] = wholeShares([answer.raises, answer.lowers, answer.neither]);
  const war = lab.outcome.id === "war";
  const parts = [
    ["less", less, war ? "less likely" : "lower"],
    ["close", close, "too close to tell"],
    ["more", more, war ? "more likely" : "higher"],
  ];
  by("bar").replaceChildren(
    ...parts
      .filter(([, size]) => size)
      .map(([kind, size]) => {
        const bar = element("span", { class: kind });
        bar.style.flex = String(size);
        return bar;
      }),
  );
  by("shares").replaceChildren(
    ...parts.map(([kind, size, words]) =>
      element("li", { class: kind }, element("b", {}, words), ` in ${size} of 100`),
    ),
  );
  const cases = (value) => roundEven(100 * Math.min(1, Math.max(0, value)));
  const levels = [
    ["with", answer.with, policyOf(lab, setting.policy).words],
    ["without", answer.without, policyOf(lab, lab.baseline).words],
  ];
  by("cases").innerHTML = levels
    .map(([kind, value, words]) => {
      const count = cases(value),
        old = before && !before.none ? cases(before[kind]) : count;
      const was = old === count ? "" : ` <span class="was">(was ${old})</span>`,
        title = escaped(`${count} of 100: ${lab.outcome.name} ${words}`);
      const head = `<p><b>${count}</b> <span>${escaped(`${lab.outcome.name} ${words}`)}${was}</span></p>`;
      return `<div class="level ${kind}">${head}${casesPicture(count, kind, title)}</div>`;
    })
    .join("");
  const title =
    `Change of ${lab.outcome.name} in 100 ${lab.outcome.of}, ` +
    "one dot for a hundredth of the weight of all sets of assumptions that match";
  by("worlds").innerHTML = worldsPicture(
    answer.hundred.map((value) => 100 * value),
    100 * lab.margin,
    escaped(title),
  );
}

const escaped = (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

function showState(page, setting, answer, before, rough) {
  const { lab } = page,
    hidden = Boolean(page.guess);
  const was = before && !before.none ? ` (was ${changeOf(lab, before).split(` in `)[0]})` : "";
  by("change").textContent = answer.none
    ? "Nothing matches."
    : hidden
      ? "Guess first."
      : `${capital(`${rough ? "about " : ""}${changeOf(lab, answer)}`)}${was}`;
  const worth = answer.none ? "0" : thousands(Math.round(answer.effective));
  by("left").textContent =
    `${thousands(answer.worlds)} of ${thousands(lab.candidates)} sets of assumptions match; ` +
    `they weigh as much as ${worth}.${rough ? ` ${rough}` : ""}`;
  by("thin").hidden = enough(lab, answer);
  by("thin").textContent = answer.none
    ? `No set of assumptions matches: widen a range. For more sets: ${lab.more}`
    : `Too few to rest an answer on: at least ${lab.limits.worlds} sets that weigh as much as ` +
      `${lab.limits.effective} are needed. For more: ${lab.more}`;
  by("changed").replaceChildren(...changesIn(lab, setting).map((words) => element("li", {}, words)));
}

/** Every change of a setting in words, old value and new. */
function changesIn(lab, setting) {
  const told =
    setting.policy === lab.focus
      ? []
      : [`policy: ${policyOf(lab, lab.focus).name} → ${policyOf(lab, setting.policy).name}`];
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
  const { lab } = page,
    data = settingData(lab, setting);
  by("turning").replaceChildren(
    ...turningRows(lab, answer, (key, range) => jump(page, with_(page.now, "narrow", key, range))),
  );
  by("python").textContent = pythonOf(lab, data);
  by("variant-box").hidden = !data.levers;
  if (data.levers) by("variant").textContent = variantOf(lab, data.levers);
  fragmentOf(lab, setting).then((fragment) => (by("terminal").textContent = terminalOf(lab, fragment)));
}
