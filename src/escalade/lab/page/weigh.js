"use strict";
// Sets of assumptions, weighed anew: the sums of escalade.analysis, in the page and to the last digits but rounding.

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const doublesOf = (text) => new Float64Array(bytesOf(text).buffer);

/** The bundle with its arrays unpacked: weights, places of worlds in inputs, outcomes of policies. */
function unpacked(data) {
  const lab = { ...data, weight: doublesOf(data.weight), places: {}, edges: {}, values: {} };
  for (const one of data.assumptions) {
    lab.places[one.key] = bytesOf(one.places);
    lab.edges[one.key] = one.edges;
  }
  for (const policy of data.policies) {
    lab.values[policy.id] = { top: doublesOf(policy.top), bottom: policy.bottom ? doublesOf(policy.bottom) : null };
  }
  return lab;
}

/** Weights of the worlds that lie in all ranges of a setting (numbers of edges, both included); the others get none. */
function narrowed(lab, narrow) {
  const weight = Float64Array.from(lab.weight);
  for (const [key, [first, last]] of Object.entries(narrow)) {
    const places = lab.places[key];
    for (let n = 0; n < weight.length; n++) {
      if (places[n] < 2 * first || places[n] > 2 * last) weight[n] = 0;
    }
  }
  return weight;
}

/** Worlds that lie in all ranges: how many, and how many equally weighted ones they are worth. */
function matching(lab, narrow, weight) {
  let worlds = 0,
    sum = 0,
    squares = 0;
  const ranges = Object.entries(narrow);
  for (let n = 0; n < weight.length; n++) {
    const inside = ([key, [first, last]]) => lab.places[key][n] >= 2 * first && lab.places[key][n] <= 2 * last;
    if (ranges.every(inside)) worlds++;
    sum += weight[n];
    squares += weight[n] * weight[n];
  }
  return { worlds, effective: squares > 0 ? (sum * sum) / squares : 0 };
}

/** Weighted mean; summed as differences from the first value, so that a constant comes out exactly. */
function mean(values, weight) {
  let top = 0,
    total = 0;
  for (let n = 0; n < values.length; n++) {
    top += weight[n] * (values[n] - values[0]);
    total += weight[n];
  }
  return values[0] + top / total;
}

/** Mean of an outcome over weighted worlds; of a ratio, the ratio of the means. */
const level = (outcome, weight) =>
  outcome.bottom ? mean(outcome.top, weight) / mean(outcome.bottom, weight) : mean(outcome.top, weight);

/** The outcome in every world; nothing (NaN) where a ratio has nothing to be a share of. */
const each = (outcome) =>
  outcome.bottom ? outcome.top.map((top, n) => (outcome.bottom[n] > 0 ? top / outcome.bottom[n] : NaN)) : outcome.top;

/** Smallest values whose cumulated share of the weight reaches each probability; worlds without weight never do. */
function quantiles(values, weight, probabilities) {
  const order = [...values.keys()].filter((n) => weight[n] > 0 && !Number.isNaN(values[n]));
  order.sort((a, b) => values[a] - values[b]);
  const share = [];
  let total = 0;
  for (const n of order) share.push((total += weight[n]));
  let at = 0;
  return probabilities.map((probability) => {
    while (at < order.length - 1 && share[at] / total < probability - 1e-12) at++;
    return values[order[at]];
  });
}

/** Ascending probabilities in the middle of every hundredth. */
const HUNDREDTHS = Array.from({ length: 100 }, (_, k) => (k + 0.5) / 100);

/**
 * The answer at a setting: what the page shows, and the same numbers that Python's escalade.lab.ask gives.
 * values: outcomes by policy, where a lever has moved them; null if no world matches.
 */
function answerAt(lab, setting, values = lab.values) {
  const weight = narrowed(lab, setting.narrow);
  const found = matching(lab, setting.narrow, weight);
  if (!(found.effective > 0)) return { ...found, none: true };
  const [one, other] = [values[setting.policy], values[lab.baseline]];
  const [with_, without] = [level(one, weight), level(other, weight)];
  const effects = each(other).map((value, n) => each_(one, n) - value);
  const total = weight.reduce((sum, value) => sum + value, 0);
  const shareOf = (test) => effects.reduce((sum, effect, n) => sum + (test(effect) ? weight[n] : 0), 0) / total;
  const raises = shareOf((effect) => effect > lab.margin);
  const lowers = shareOf((effect) => effect < -lab.margin);
  const hundred = quantiles(effects, weight, HUNDREDTHS);
  const [low, high] = quantiles(effects, weight, [0.05, 0.95]);
  const effect = one.bottom ? with_ - without : mean(effects, weight);
  const neither = Math.max(0, 1 - raises - lowers);
  return { ...found, with: with_, without, effect, low, high, raises, lowers, neither, hundred, effects, weight };
}

const each_ = (outcome, n) =>
  outcome.bottom ? (outcome.bottom[n] > 0 ? outcome.top[n] / outcome.bottom[n] : NaN) : outcome.top[n];

/** Whether an answer can rest on what matches. */
const enough = (lab, answer) =>
  !answer.none && answer.worlds >= lab.limits.worlds && answer.effective >= lab.limits.effective;

/**
 * Where the answer turns: for every input the shares of more and of less in the lower and in the upper half of the
 * weight that is left, those first whose halves differ most.
 */
function turningPoints(lab, answer, most = 6) {
  const found = [];
  for (const one of lab.assumptions) {
    const places = lab.places[one.key];
    const [middle] = quantiles(Float64Array.from(places), answer.weight, [0.5]);
    const cut = Math.ceil(middle / 2);
    if (cut < 1 || cut > one.edges.length - 2) continue;
    const halves = [halfOf(lab, answer, (n) => places[n] <= 2 * cut), halfOf(lab, answer, (n) => places[n] > 2 * cut)];
    if (halves.every((half) => half.total > 0)) {
      const gap = Math.abs(halves[0].mean - halves[1].mean);
      found.push({ one, cut, lower: halves[0], upper: halves[1], gap });
    }
  }
  return found.sort((a, b) => b.gap - a.gap).slice(0, most);
}

function halfOf(lab, answer, test) {
  let total = 0,
    more = 0,
    less = 0,
    sum = 0;
  answer.effects.forEach((effect, n) => {
    if (!answer.weight[n] || Number.isNaN(effect) || !test(n)) return;
    total += answer.weight[n];
    sum += answer.weight[n] * effect;
    if (effect > lab.margin) more += answer.weight[n];
    if (effect < -lab.margin) less += answer.weight[n];
  });
  return { total, more: more / total, less: less / total, mean: sum / total };
}
