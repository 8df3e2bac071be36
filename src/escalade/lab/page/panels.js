// What can be asked of a setting: when it turns, how to make it again, sums without any scenario, guesses.

/** Rows of the table of turning points; keep(key, range) narrows to a half. */
function turningRows(lab, answer, keep) {
  if (answer.none) return [];
  return turningPoints(lab, answer).flatMap(({ one, cut, lower, upper }) => {
    const last = one.edges.length - 1,
      edge = inUnit(one.edges[cut], one.unit);
    const row = (name, where, half, range) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, name),
        element("td", {}, where),
        element("td", {}, String(Math.round(100 * half.more))),
        element("td", {}, String(Math.round(100 * half.less))),
        element(
          "td",
          {},
          element(
            "button",
            {
              type: "button",
              "aria-label": `Narrow ${fullName(one)} to ${where}`,
              onclick: () => keep(one.key, range),
            },
            "Narrow",
          ),
        ),
      );
    return [row(fullName(one), `up to ${edge}`, lower, [0, cut]), row("", `above ${edge}`, upper, [cut, last])];
  });
}

const quoted = (text) => JSON.stringify(text);

/** Python's way of writing the differences of a setting. */
function pythonOf(lab, data) {
  const parts = [quoted(lab.run)];
  if (data.policy) parts.push(`policy=${quoted(data.policy)}`);
  if (data.narrow) {
    const ranges = Object.entries(data.narrow).map(([key, [a, b]]) => `        ${quoted(key)}: (${a}, ${b}),\n`);
    parts.push(`narrow={\n${ranges.join("")}    }`);
  }
  if (data.levers) {
    const levers = Object.entries(data.levers).map(
      ([path, value]) => `        ${quoted(path)}: ${leverText(value)},\n`,
    );
    parts.push(`levers={\n${levers.join("")}    }`);
  }
  const inside = parts.length > 1 ? `\n    ${parts.join(",\n    ")},\n` : parts[0];
  return `from escalade.lab import at\n\nprint(at(${inside}))\n`;
}

const leverText = (value) => (typeof value === "object" ? `{"times": ${value.times}}` : String(value));

/** The levers as a scenario of one's own. */
function variantOf(lab, levers) {
  const lines = Object.entries(levers).map(
    ([path, value]) => `  ${quoted(path)}: ${typeof value === "object" ? `{times: ${value.times}}` : value}`,
  );
  return `escalade: 1\nextends: ${lab.scenario}\nname: ${lab.scenario}-changed\nchanges:\n${lines.join("\n")}\n`;
}

const terminalOf = (lab, fragment) => `${lab.made}\nescalade lab ${lab.run} --say --at "${fragment}"\n`;

/** Numbers of a form by name; an empty field is null. */
const numbersOf = (form) =>
  Object.fromEntries(
    [...form.elements]
      .filter((field) => field.name)
      .map((field) => [field.name, field.type === "number" ? (field.value === "" ? null : +field.value) : field.value]),
  );

const per = (share) => (share === null ? "-" : `${Number((100 * share).toFixed(1))} %`);

function rateAnswer(form) {
  const asked = numbersOf(form);
  const { counts, rates } = tallyOf({ ...asked, rate: asked.rate / 100, failed: asked.failed ?? 0 });
  const rows = ["launched", "arrived", "threatening", "engaged"].map(
    (of) =>
      `${per(rates[of])} of those ${of === "threatening" ? "that threatened" : of === "arrived" ? "that arrived" : of}`,
  );
  return (
    `Of ${thousands(asked.launched)} launched, ${thousands(counts.failed)} failed by themselves and ` +
    `${thousands(counts.left_alone)} were left alone; ${thousands(counts.intercepted)} were intercepted and ` +
    `${thousands(counts.got_through)} got through. Intercepted were ${rows.reverse().join("; ")}.`
  );
}

function raidAnswer(form) {
  const asked = numbersOf(form);
  for (const field of form.elements) if (field.name && !field.checkValidity()) throw new Error(field.validationMessage);
  const found = raidOf({
    ...asked,
    reliability: asked.reliability / 100,
    pk: asked.pk / 100,
    badNight: asked.badNight / 100,
  });
  const none = per(found.through[0]);
  return (
    `Of ${asked.launched} launched, ${found.all.toFixed(1)} arrive and ${found.mean.toFixed(1)} get through on average ` +
    `(${found.low} to ${found.high} in nine raids of ten); none does with a chance of ${none}. ` +
    `The layer fires ${found.used.toFixed(1)} interceptors.`
  );
}

/** Keep an output in step with its form; what cannot be is said in place of it. */
function sums(id, answer) {
  const form = document.getElementById(id),
    output = document.getElementById(`${id}-answer`);
  const update = () => {
    try {
      output.textContent = answer(form);
    } catch (error) {
      output.textContent = error.message;
    }
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  update();
}
