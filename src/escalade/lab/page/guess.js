// Guess first: the answer stays hidden until somebody has said what it will be.

/** What a guess can be, before anything was changed and after. */
const FIRST_GUESSES = [
  ["more", "more likely"],
  ["less", "less likely"],
  ["depends", "it depends on what nobody knows"],
  ["little", "little difference"],
];
const NEXT_GUESSES = [
  ["more", "more of them"],
  ["less", "fewer of them"],
  ["same", "about as many"],
];

/** The guess that would have been right. */
function rightGuess(lab, answer, before) {
  if (!before) {
    const verdict = verdictOf(lab, answer);
    if (verdict === "depends") return "depends";
    return verdict.endsWith("more") ? "more" : verdict.endsWith("less") ? "less" : "little";
  }
  const gap = answer.effect - before.effect;
  return Math.abs(gap) < lab.margin / 4 ? "same" : gap > 0 ? "more" : "less";
}

function askGuess(page, before) {
  page.guess = {
    before: before && answerAt(page.lab, before, page.server ? page.server.known(before) : page.lab.values),
  };
  const words = policyOf(page.lab, page.now.policy).words,
    event = page.lab.outcome.event;
  by("guess-question").textContent = page.guess.before
    ? `With this change, does the policy add more ${event === "war" ? "wars" : "cases"} than before, or fewer?`
    : `What do you think: ${words}, is ${event} more or less likely?`;
  const made = choices(
    "guess",
    page.guess.before ? NEXT_GUESSES : FIRST_GUESSES,
    (value) => (page.guess.value = value),
  );
  by("guess-choices").replaceChildren(...made.boxes);
  by("verdict").hidden = true;
}

function guessed(page) {
  const { value, before } = page.guess;
  if (!value || page.shown.none) return;
  const right = rightGuess(page.lab, page.shown, before),
    options = before ? NEXT_GUESSES : FIRST_GUESSES;
  const wordsOf = (id) => options.find(([each]) => each === id)[1];
  page.guess = null;
  by("verdict").hidden = false;
  by("verdict").textContent =
    value === right
      ? `You said "${wordsOf(value)}", and so does the model.`
      : `You said "${wordsOf(value)}"; the model says "${wordsOf(right)}".`;
  render(page, page.now);
}
