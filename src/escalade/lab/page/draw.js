// The two pictures of the report's first screen, drawn in the page: same places, same marks, same words.

const WIDE = 360,
  ACROSS = 25,
  ROWS = 4,
  STEP = 14.4;
const HIGH = 168,
  BASE = 144,
  TOP = 14,
  EDGE = 14,
  MOST_TICKS = 8,
  LARGEST = 9,
  SMALLEST = 1.5,
  FARTHEST = 2;

const fixed = (value) => value.toFixed(1);

/** A number with its sign and a real minus; nothing has none. */
function signed(value) {
  const size = Math.abs(value);
  const text = size >= 1000 ? thousands(Math.round(size)) : String(Number(size.toPrecision(3)));
  return Number(text.replace(/,/g, "")) === 0 ? "0" : (value < 0 ? "−" : "+") + text;
}

function mark(x, y, radius, kind, style) {
  if (kind === "with") return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${radius}" ${style} stroke-width="1.2"/>`;
  const side = 0.9 * radius;
  const corner = `x="${fixed(x - side)}" y="${fixed(y - side)}" width="${2 * side}" height="${2 * side}"`;
  return `<rect ${corner} ${style} stroke-width="1.2"/>`;
}

const picture = (height, title, body) =>
  `<svg viewBox="0 0 ${WIDE} ${height}" role="img" aria-label="${title}" xmlns="http://www.w3.org/2000/svg">${body}</svg>`;

/** A hundred cases, the first ``count`` of them filled. */
function casesPicture(count, kind, title) {
  let marks = "";
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < ACROSS; column++) {
      const full = ACROSS * row + column < count;
      const style = full ? `class="full ${kind}"` : 'class="empty"';
      marks += mark(STEP * (column + 0.5), STEP * (row + 0.5), 5, kind, style);
    }
  }
  return picture(57.6, title, marks);
}

/** The smallest of 1, 2 and 5 times a power of ten that is no smaller. */
function nice(width) {
  const power = 10 ** Math.floor(Math.log10(width));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= width * (1 - 1e-9));
}

function axisOf(values, margin) {
  let low = Math.min(...values, -1.5 * margin),
    high = Math.max(...values, 1.5 * margin);
  if (high <= low) [low, high] = [-1, 1];
  const tick = nice((high - low) / MOST_TICKS),
    rim = (high - low) / 50;
  return { low: low - rim, high: high + rim, tick };
}

const across = (axis, value) => EDGE + ((value - axis.low) / (axis.high - axis.low)) * (WIDE - 2 * EDGE);

/** Whether a place (from the line of no difference) lies on the value's side of the margin, inside the picture. */
function onSide(axis, x, value, margin) {
  const zero = across(axis, 0),
    edge = across(axis, margin) - zero;
  if (!(x + zero > 0 && x + zero < WIDE)) return false;
  return value > margin ? x > edge : value < -margin ? x < -edge : Math.abs(x) <= edge;
}

/** Dots in columns of that width, each in the nearest column with room on its side of the margin; null if not all fit. */
function stacked(axis, values, margin, step) {
  const rows = Math.floor((BASE - TOP) / step),
    zero = across(axis, 0),
    filled = new Map(),
    places = [];
  for (const value of values) {
    const exact = (across(axis, value) - zero) / step,
      middle = roundEven(exact);
    const near = [];
    for (let c = middle - FARTHEST; c <= middle + FARTHEST; c++) near.push(c);
    near.sort((a, b) => Math.abs(a - exact) - Math.abs(b - exact) || a - b);
    const column = near.find((c) => (filled.get(c) ?? 0) < rows && onSide(axis, c * step, value, margin));
    if (column === undefined) return null;
    filled.set(column, (filled.get(column) ?? 0) + 1);
    places.push([column, filled.get(column) - 1]);
  }
  return places;
}

/** Distance of neighbouring dots, as large as they fit, and the place of each. */
function placesOf(axis, values, margin) {
  for (let step = LARGEST; step > SMALLEST; step *= 0.96) {
    const places = stacked(axis, values, margin, step);
    if (places) return [step, places];
  }
  const zero = across(axis, 0);
  return [SMALLEST, values.map((value) => [roundEven((across(axis, value) - zero) / SMALLEST), 0])];
}

function dot(x, y, value, margin, step) {
  const radius = 0.45 * step;
  const at = `cx="${fixed(x)}" cy="${fixed(y)}"`;
  if (value > margin) return `<circle ${at} r="${fixed(radius)}" class="dot more"/>`;
  if (value < -margin) return `<circle ${at} r="${fixed(radius - 0.7)}" class="dot less"/>`;
  return `<circle ${at} r="${fixed(0.6 * radius)}" class="dot close"/>`;
}

/** One dot for every hundredth of the weight by the effect of the policy; effects and margin in cases of a hundred. */
function worldsPicture(values, margin, title) {
  const axis = axisOf([values[0], values[99]], margin),
    zero = across(axis, 0);
  const [step, places] = placesOf(axis, values, margin);
  const left = across(axis, -margin),
    band = across(axis, margin) - left;
  let body = `<rect x="${fixed(left)}" y="${TOP - 10}" width="${fixed(band)}" height="${BASE - TOP + 10}" class="band"/>`;
  body += `<line x1="${EDGE}" x2="${WIDE - EDGE}" y1="${BASE}" y2="${BASE}" class="axis"/>`;
  body += `<line x1="${fixed(zero)}" x2="${fixed(zero)}" y1="${TOP - 10}" y2="${BASE + 6}" class="zero"/>`;
  for (let k = Math.ceil(axis.low / axis.tick); k <= Math.floor(axis.high / axis.tick); k++) {
    const x = fixed(across(axis, k * axis.tick));
    body += `<text x="${x}" y="${BASE + 17}" class="tick">${signed(k * axis.tick)}</text>`;
  }
  places.forEach(([column, row], n) => {
    body += dot(column * step + zero, BASE - (row + 0.6) * step, values[n], margin, step);
  });
  return picture(HIGH, title, body);
}
