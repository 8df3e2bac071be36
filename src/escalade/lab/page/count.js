// What a rate means, and one raid counted exactly: escalade.raid.rates and escalade.raid.exact for one class and layer.

/** The tally behind a rate of interception: counts that add up to those launched; throws a sentence if it cannot be. */
function tallyOf({ rate, of, launched, failed = 0, threatening = null, engaged = null }) {
  const arrived = launched - failed;
  const threat = threatening ?? arrived,
    shot = engaged ?? threat;
  if (!(launched >= 1)) throw new Error("At least one must have been launched.");
  if (!(failed >= 0 && failed <= launched)) throw new Error("No more can have failed than were launched.");
  if (!(threat >= 0 && threat <= arrived + 1e-9)) throw new Error("No more can have threatened than arrived.");
  if (!(shot >= 0 && shot <= threat + 1e-9)) throw new Error("No more can have been engaged than threatened.");
  if (!(rate >= 0 && rate <= 1)) throw new Error("A rate lies between 0 and 100 %.");
  const intercepted = rate * { launched, arrived, threatening: threat, engaged: shot }[of];
  if (intercepted > shot + 1e-9) throw new Error("That would be more interceptions than were engaged.");
  const parts = {
    failed,
    left_alone: arrived - threat,
    not_engaged: threat - shot,
    missed: shot - intercepted,
    intercepted,
  };
  const totals = { launched, arrived, threatening: threat, engaged: shot };
  const rates = {};
  for (const [name, total] of Object.entries(totals)) rates[name] = total > 0 ? intercepted / total : null;
  return { parts, rates, counts: wholeParts(parts, launched) };
}

/** The parts in whole numbers that still add up, by largest remainders. */
function wholeParts(parts, launched) {
  const names = Object.keys(parts),
    floor = {};
  for (const name of names) floor[name] = Math.floor(parts[name] + 1e-9);
  const missing = Math.round(launched) - names.reduce((sum, name) => sum + floor[name], 0);
  const order = [...names].sort(
    (a, b) => floor[a] - parts[a] - (floor[b] - parts[b]) || names.indexOf(a) - names.indexOf(b),
  );
  for (const name of order.slice(0, missing)) floor[name]++;
  return { ...floor, got_through: floor.not_engaged + floor.missed };
}

const logit = (p) => Math.log(p / (1 - p));
const expit = (x) => 1 / (1 + Math.exp(-x));

/** Rows of binomial chances [0 .. n] for n = 0, 1, 2 ... , each made from the one before. */
function* binomialRows(p) {
  let row = Float64Array.of(1);
  for (;;) {
    yield row;
    const next = new Float64Array(row.length + 1);
    for (let k = 0; k < row.length; k++) {
      next[k] += row[k] * (1 - p);
      next[k + 1] += row[k] * p;
    }
    row = next;
  }
}

function binomials(p, most) {
  const rows = [],
    made = binomialRows(p);
  while (rows.length <= most) rows.push(made.next().value);
  return rows;
}

const TINY = 1e-17;

/** Chances of what gets through and of engagements made [0 ..], in one night in which the layer works. */
function oneNight(arrive, kill, looks, able) {
  const most = arrive.length - 1,
    survive = binomials(1 - kill, Math.min(most, able));
  let states = new Map([[able, arrive]]);
  for (let look = 0; look < looks; look++) {
    const next = new Map();
    for (const [left, live] of states) {
      for (let n = 0; n < live.length; n++) {
        if (live[n] < TINY) continue;
        const engaged = Math.min(left, n),
          row = survive[engaged],
          after = left - engaged;
        if (!next.has(after)) next.set(after, new Float64Array(most + 1));
        const into = next.get(after);
        for (let k = 0; k <= engaged; k++) into[n - engaged + k] += live[n] * row[k];
      }
    }
    states = next;
  }
  const through = new Float64Array(most + 1),
    used = new Float64Array(able + 1);
  for (const [left, live] of states) {
    live.forEach((chance, n) => {
      through[n] += chance;
      used[able - left] += chance;
    });
  }
  return { through, used };
}

/** Nights of a normal common mode: places and weights of the trapezoid rule; one night without it. */
function nightsOf(sigma, objects) {
  if (!(sigma > 0)) return [[0, 1]];
  const width = 1.8 / (sigma * Math.sqrt(Math.max(1, objects)));
  const distance = Math.min(0.5, (2 * Math.PI * width) / Math.sqrt(-Math.log(1e-13))) / 3;
  const nights = [],
    reach = Math.floor(7.5 / distance);
  let total = 0;
  for (let k = -reach; k <= reach; k++) {
    const weight = Math.exp(-((k * distance) ** 2) / 2);
    nights.push([k * distance, weight]);
    total += weight;
  }
  return nights.map(([z, weight]) => [z, weight / total]);
}

/**
 * One raid on one layer: the distribution of what gets through and of interceptors used.
 * badNight: what a layer that stops 90 of 100 leaves of that on one night of six (0.9: every night alike).
 */
function raidOf({
  launched,
  reliability = 1,
  threatening = 1,
  pk,
  shots = 1,
  looks = 1,
  stock,
  badNight = 0.9,
  works = 1,
}) {
  const arrive = binomials(reliability * threatening, launched)[launched];
  const able = Math.min(Math.floor(stock / shots), looks * launched);
  const sigma = logit(0.9) - logit(badNight);
  const through = new Float64Array(launched + 1),
    used = new Float64Array(able + 1);
  for (const [z, weight] of nightsOf(sigma, launched)) {
    const shot = pk <= 0 || pk >= 1 ? pk : expit(logit(pk) + sigma * z);
    const night = oneNight(arrive, 1 - (1 - shot) ** shots, looks, able);
    night.through.forEach((chance, n) => (through[n] += works * weight * chance));
    night.used.forEach((chance, n) => (used[n] += works * weight * chance));
  }
  arrive.forEach((chance, n) => (through[n] += (1 - works) * chance));
  used[0] += 1 - works;
  const meanOf = (chances) => chances.reduce((sum, chance, n) => sum + chance * n, 0);
  return {
    through,
    mean: meanOf(through),
    used: shots * meanOf(used),
    low: countAt(through, 0.05),
    high: countAt(through, 0.95),
    all: arrive.reduce((sum, chance, n) => sum + chance * n, 0),
  };
}

/** The smallest count that is not exceeded with that probability. */
function countAt(chances, probability) {
  let sum = 0;
  for (let n = 0; n < chances.length; n++) {
    sum += chances[n];
    if (sum >= probability - 1e-12) return n;
  }
  return chances.length - 1;
}
