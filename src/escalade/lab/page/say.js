// Numbers as sentences: the templates are the report's own, and so are the rules of rounding.

/** Round half to even, as Python does. */
function roundEven(value) {
  const floor = Math.floor(value),
    rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

const thousands = (value) => value.toLocaleString("en-US");
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const filled = (template, words) => template.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? "");

/** Shares as whole numbers that sum to 100: largest remainders, earlier ones first in a tie. */
function wholeShares(shares) {
  const total = shares.reduce((a, b) => a + b, 0);
  const exact = shares.map((share) => (100 * share) / total);
  const whole = exact.map((value) => Math.floor(value + 1e-9));
  const order = [...whole.keys()].sort((a, b) => whole[a] - exact[a] - (whole[b] - exact[b]) || a - b);
  const missing = 100 - whole.reduce((a, b) => a + b, 0);
  for (const k of order.slice(0, missing)) whole[k]++;
  return whole;
}

const ofHundred = (count) => ({ 0: "none", 100: "all" })[count] ?? String(count);

/** Of how many to speak, so that the largest of these probabilities is at least one case. */
const manyFor = (values) => [100, 1000].find((many) => Math.max(...values) * many >= 1) ?? 10000;

/** A probability as so many cases of ``many``. */
const casesOf = (value, many) => {
  const whole = roundEven(Math.max(0, value) * many);
  return whole ? thousands(whole) : "none";
};

/** Which verdict the shares of sets bear out; the rules of escalade.analysis.verdict. */
function verdictOf(lab, answer) {
  const { some, most, rare } = lab.limits;
  if (!lab.outcome.ratio && answer.with < rare && answer.without < rare) return "too rare to tell";
  if (Math.min(answer.raises, answer.lowers) >= some) return "depends";
  if (answer.raises >= most) return "more";
  if (answer.lowers >= most) return "less";
  if (answer.raises >= some) return "leans more";
  return answer.lowers >= some ? "leans less" : "little difference";
}

const policyOf = (lab, id) => lab.policies.find((policy) => policy.id === id);

function slotsOf(lab, setting, answer) {
  const { event, more, less } = lab.outcome;
  const shares = wholeShares([answer.raises, answer.lowers, answer.neither]).map(ofHundred);
  const values = [answer.with, answer.without];
  const many = lab.outcome.ratio ? 100 : manyFor(values);
  return {
    event,
    more,
    less,
    More: capital(more),
    Less: capital(less),
    case: lab.outcome.case,
    Case: lab.outcome.Case,
    figure: lab.outcome.figure,
    Figure: lab.outcome.Figure,
    policy: policyOf(lab, setting.policy).words,
    baseline: policyOf(lab, lab.baseline).words,
    raises: shares[0],
    lowers: shares[1],
    neither: shares[2],
    rare: thousands(Math.round(1 / lab.limits.rare)),
    of: lab.outcome.of,
    many: thousands(many),
    one: casesOf(values[0], many),
    other: casesOf(values[1], many),
  };
}

/** The sentence of the page in three parts: its lead, what it rests on, how high the risks are. */
function sentenceOf(lab, setting, answer) {
  const slots = slotsOf(lab, setting, answer);
  const [lead, body] = lab.templates.headlines[verdictOf(lab, answer)];
  const levels = lab.outcome.ratio ? lab.templates.ratio : lab.templates.share;
  return { lead: filled(lead, slots), body: filled(body, slots), levels: filled(levels, slots) };
}

/** A difference of levels in words: "4 more wars in 100 crises", "about as many". */
function changeOf(lab, answer) {
  const many = lab.outcome.ratio ? 100 : manyFor([answer.with, answer.without]);
  const tenths = Math.round(Math.abs(answer.effect) * many * 10) / 10;
  const noun = lab.outcome.id === "war" ? (tenths === 1 ? "war" : "wars") : "cases";
  const size = tenths ? `${thousands(tenths)} ${answer.effect < 0 ? "fewer" : "more"} ${noun}` : `as many ${noun}`;
  return `${size} in ${thousands(many)} ${lab.outcome.of}`;
}

/** A number of an input or a lever, without needless digits. */
function shownNumber(value) {
  const size = Math.abs(value);
  if (size >= 1e6) return `${shownNumber(value / 1e6)} m`;
  return Number.isInteger(value) ? thousands(value) : String(Number(value.toPrecision(4)));
}

const SHARES = /^(probability|share|correlation)/;

/** A value with its unit: shares in per cent. */
const inUnit = (value, unit) =>
  SHARES.test(unit) ? `${shownNumber(Number((100 * value).toPrecision(4)))} %` : shownNumber(value);

const rangeInWords = (one, [first, last]) =>
  `${inUnit(one.edges[first], one.unit)} to ${inUnit(one.edges[last], one.unit)}`;

/** A lever's value in words: "× 2", "90 %". */
const leverInWords = (one, value) => (one.times ? `× ${shownNumber(value)}` : inUnit(value, one.unit));

/** A name for a control that tells it from all others. */
const fullName = (one) => (one.subject ? `${one.label} (${one.subject})` : one.label);
