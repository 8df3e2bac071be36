// Settings in links: base64url of deflated JSON; plain where the browser cannot deflate. As escalade.lab.setting.

const MARK = "#lab=",
  LINK_VERSION = 1,
  LONGEST = 65536;

const base64url = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const fromBase64url = (text) => bytesOf(text.replace(/-/g, "+").replace(/_/g, "/"));

async function through(stream, bytes) {
  const flow = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await flow.read();
    if (done) break;
    size += value.length;
    if (size > LONGEST) throw new Error("unfolds to too much");
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** A setting as plain values: ends of ranges as numbers, and only what differs from the run as it was opened. */
function settingData(lab, setting) {
  const data = {};
  if (setting.policy !== lab.focus) data.policy = setting.policy;
  const ranges = Object.entries(setting.narrow);
  if (ranges.length) {
    data.narrow = Object.fromEntries(ranges.map(([key, [a, b]]) => [key, [lab.edges[key][a], lab.edges[key][b]]]));
  }
  if (Object.keys(setting.levers).length) data.levers = setting.levers;
  return data;
}

/** A setting from plain values; what this page does not have is left out and named. */
function settingFrom(lab, data) {
  const setting = { policy: lab.focus, narrow: {}, levers: {} },
    left = [];
  if (data.policy) lab.values[data.policy] ? (setting.policy = data.policy) : left.push(data.policy);
  for (const [key, ends] of Object.entries(data.narrow ?? {})) {
    const edges = lab.edges[key];
    if (!edges || !Array.isArray(ends)) {
      left.push(key);
      continue;
    }
    const nearest = (value) =>
      edges.reduce((best, edge, k) => (Math.abs(edge - value) < Math.abs(edges[best] - value) ? k : best), 0);
    setting.narrow[key] = ends.map(nearest).sort((a, b) => a - b);
  }
  for (const [path, value] of Object.entries(data.levers ?? {})) {
    if (lab.levers.some((lever) => lever.path === path)) setting.levers[path] = value;
    else left.push(path);
  }
  return { setting, left };
}

/** The end of an address that opens the lab at a setting. */
async function fragmentOf(lab, setting, deflates = "CompressionStream" in window) {
  const data = { v: LINK_VERSION, s: lab.scenario, h: lab.hash, ...settingData(lab, setting) };
  const text = new TextEncoder().encode(JSON.stringify(data));
  if (!deflates) return `${MARK}p.${base64url(text)}`;
  return `${MARK}d.${base64url(await through(new CompressionStream("deflate-raw"), text))}`;
}

/** The setting of an address; null if it holds none; throws a sentence if it is damaged or of another kind. */
async function settingOf(lab, address) {
  const at = address.indexOf(MARK);
  if (at < 0) return null;
  const [kind, text] = [address.charAt(at + MARK.length), address.slice(at + MARK.length + 2)];
  let data;
  try {
    if (text.length > LONGEST) throw new Error("too long");
    const bytes = fromBase64url(text);
    const plain = kind === "d" ? await through(new DecompressionStream("deflate-raw"), bytes) : bytes;
    data = JSON.parse(new TextDecoder().decode(plain));
  } catch {
    throw new Error("This link is damaged: copy it once more, whole. The page shows the run as it is.");
  }
  if (data?.v !== LINK_VERSION) throw new Error("This link was made by another version of the lab; it is not used.");
  const found = settingFrom(lab, data),
    notes = [];
  if (data.s !== lab.scenario || data.h !== lab.hash)
    notes.push("The link was made for another scenario, or another version of this one: numbers may differ.");
  if (found.left.length) notes.push(`Left out, as this page does not have it: ${found.left.join(", ")}.`);
  return { setting: found.setting, note: notes.join(" ") };
}
