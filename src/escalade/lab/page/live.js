// The server: crises solved anew when a lever moves. Few worlds while a handle is dragged, all when it is let go.

const DRAGGED = 16,
  DRAGGING_POINTS = 34,
  POINTS = 233,
  AT_ONCE = 64;
const ROUGH = `Rough, from ${DRAGGED} sets; all are solved when you let go.`;

/** Worlds for dragging: equal steps of the weight, so that each stands for as much as any other. */
function sampleOf(weight, count) {
  const total = weight.reduce((a, b) => a + b, 0),
    chosen = new Set();
  let sum = 0,
    next = 0.5;
  weight.forEach((value, n) => {
    sum += value;
    if (value > 0 && sum / total >= next / count - 1e-12) {
      chosen.add(n);
      while (next / count <= sum / total) next++;
    }
  });
  return [...chosen];
}

/**
 * Values of one policy with levers moved, from those of some worlds: what is solved in full stands as it is, every other
 * world is moved by the mean change of the solved ones.
 */
function carried(base, solved, part, weight) {
  const found = Float64Array.from(base[part]);
  let total = 0,
    change = 0;
  for (const [n, one] of solved) {
    total += weight[n];
    change += weight[n] * (one[part] - one.old[part]);
  }
  const shift = total > 0 ? change / total : 0;
  return found.map((value, n) => (solved.get(n)?.full ? solved.get(n)[part] : Math.max(0, value + shift)));
}

/** The server as the page uses it. */
function serverOf(lab) {
  const stores = new Map();
  let turn = -1,
    number = 0,
    latest = 0,
    busy = null,
    waiting = null;

  const nameOf = (setting, points) => JSON.stringify([setting.policy, setting.levers, points]);
  const storeOf = (setting, points) => {
    const name = nameOf(setting, points);
    if (!stores.has(name)) stores.set(name, new Map());
    if (stores.size > 64) stores.delete(stores.keys().next().value);
    return stores.get(name);
  };

  async function ask(path, body) {
    const reply = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const data = await reply.json();
    if (!reply.ok) throw new Error(data.error);
    return data;
  }

  /** Put the answer to a question into the page; it comes escaped from the report's own templates. */
  async function shown(where, path, data, meanwhile) {
    where.textContent = meanwhile;
    try {
      where.innerHTML = (await ask(path, { request: ++number, ...data })).html;
    } catch (error) {
      where.textContent = error.message;
    }
  }

  /** Solve some worlds; a reply to anything but the newest request is dropped. */
  async function solve(setting, worlds, points) {
    const asked = ++number;
    latest = asked;
    const data = { request: asked, policy: setting.policy, levers: setting.levers, worlds, points };
    const reply = await ask("/solve", data);
    if (reply.request !== asked || asked !== latest) return false;
    const store = storeOf(setting, points);
    reply.worlds.forEach((n, k) => {
      const take = (side) => ({ top: reply[side].top[k], bottom: reply[side].bottom ? reply[side].bottom[k] : null });
      store.set(n, { one: take("one"), other: take("other") });
    });
    return true;
  }

  /** One job at a time; of those that wait only the newest is done. */
  async function run(job) {
    waiting = job;
    if (busy) return;
    while (waiting) {
      const mine = waiting;
      waiting = null;
      busy = mine;
      try {
        await mine(() => waiting === null);
      } catch (error) {
        note(error.message);
      }
      busy = null;
    }
  }

  const moved = (setting) => Object.keys(setting.levers).length > 0;

  /** Values by policy out of a store, and those of the same worlds before the levers moved. */
  function valuesFrom(setting, store, old, full, weight) {
    const of = (id, side) => {
      const solved = new Map(
        [...store]
          .filter(([n]) => full || old.has(n))
          .map(([n, both]) => [n, { ...both[side], full, old: full ? at(lab.values[id], n) : old.get(n)[side] }]),
      );
      const base = lab.values[id];
      return {
        top: carried(base, solved, "top", weight),
        bottom: base.bottom ? carried(base, solved, "bottom", weight) : null,
      };
    };
    return { ...lab.values, [setting.policy]: of(setting.policy, "one"), [lab.baseline]: of(lab.baseline, "other") };
  }

  const at = (values, n) => ({ top: values.top[n], bottom: values.bottom ? values.bottom[n] : null });

  /** What is known of a setting by now. */
  function known(setting) {
    if (!moved(setting)) return lab.values;
    const full = storeOf(setting, POINTS),
      weight = narrowed(lab, setting.narrow);
    if (full.size) return valuesFrom(setting, full, full, true, weight);
    const rest = storeOf({ ...setting, levers: {} }, DRAGGING_POINTS);
    return valuesFrom(
      setting,
      storeOf(setting, DRAGGING_POINTS),
      rest,
      false,
      weight.map(() => 1),
    );
  }

  async function drag(setting, done) {
    const sample = sampleOf(narrowed(lab, setting.narrow), DRAGGED),
      rest = { ...setting, levers: {} };
    for (const each of [rest, setting]) {
      const missing = sample.filter((n) => !storeOf(each, DRAGGING_POINTS).has(n));
      if (missing.length) await solve(each, missing, DRAGGING_POINTS);
    }
    done();
  }

  /** Solve all worlds, heaviest first, as long as nothing newer is asked. */
  async function refine(setting, goesOn, done) {
    const weight = narrowed(lab, setting.narrow);
    const order = [...weight.keys()]
      .filter((n) => !storeOf(setting, POINTS).has(n))
      .sort((a, b) => weight[b] - weight[a]);
    for (let k = 0; k < order.length && goesOn(); k += AT_ONCE) {
      if (await solve(setting, order.slice(k, k + AT_ONCE), POINTS)) done();
    }
  }

  return {
    known,
    /** Values at a setting as far as they are known, in words how rough they are, and work begun on the rest. */
    valuesFor(setting, dragging, done) {
      if (!moved(setting)) return { values: lab.values, rough: "" };
      const solved = storeOf(setting, POINTS).size;
      if (solved < lab.candidates && busy?.of !== setting && waiting?.of !== setting) {
        const job = dragging ? () => drag(setting, () => page_(setting)) : (goesOn) => refine(setting, goesOn, done);
        job.of = setting;
        run(job);
      }
      const rough =
        solved === lab.candidates
          ? ""
          : solved
            ? `${solved} of ${thousands(lab.candidates)} solved so far.`
            : storeOf(setting, DRAGGING_POINTS).size
              ? ROUGH
              : "Solving.";
      return { values: known(setting), rough };
    },
    /** A story under the setting, told by the server. */
    tell(setting, where) {
      turn += 1;
      return shown(
        where,
        "/story",
        { ...settingData(lab, setting), turn },
        "Telling a story. The first one takes a minute or two.",
      );
    },
    /** The reasons of the effect under the setting. */
    reasons: (setting, where) =>
      shown(where, "/why", settingData(lab, setting), "Working it out, on 16 sets of assumptions."),
  };

  /** Show a setting that is being dragged once more, now that the server has answered. */
  function page_(setting) {
    const page = window.escaladeLab;
    const answer = answerAt(lab, setting, known(setting));
    if (page.dragged !== setting || answer.none) return;
    const before = answerAt(lab, page.now, known(page.now));
    showAnswer(lab, setting, answer, before);
    showState(page, setting, answer, before, ROUGH);
  }
}
