/* A hit as both widgets list it. Texts of the API become text, never markup. */

import { h, web } from "./core.js";

const REASONS = 2;
const COPIES = 3;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'", "#x27": "'" };
/** Fields that a hit shows anyway. */
const TOLD = new Set(["title", "creator"]);

export const HIT_STYLE = `
.hit { padding-block: var(--bibliograph-gap, .85em); border-block-start: 1px solid var(--bibliograph-line, var(--_line)); }
.title { font: 600 1.05em/1.35 var(--bibliograph-heading-font, inherit); text-wrap: pretty; }
.hit p, .hit ul { margin-block-start: .15em; }
.reasons { font-size: .9em; }
.reason::before { content: "→ "; content: "→ " / ""; }
.call { font-variant-numeric: tabular-nums; }
.call::before { content: " · "; }
`;

/** A list item about a hit: title, creators, details, reasons, passages, copies. */
export function item(widget, hit) {
  return h("li", { part: "hit", class: "hit" }, title(widget, hit), facts(hit), reasons(hit), passages(hit),
    holdings(widget, hit), online(widget, hit));
}

/** Where a hit's title leads: the host's own page, else the catalogue's. */
export function link(widget, hit) {
  const template = widget.attribute("link-template");
  return (template && fill(template, hit)) || widget.address("resource", [["iri", hit.iri]]).href;
}

/** The template with its placeholders filled; null where a hit lacks what one asks for. */
function fill(template, hit) {
  const [first] = hit.sources ?? [];
  const values = { iri: hit.iri, source: first?.source, id: first?.id };
  let complete = true;
  const filled = template.replace(/\{(iri|source|id|path)\}/g, (_, name) => {
    const value = name === "path" ? pathOf(hit.iri) : encodeURIComponent(values[name] ?? "");
    complete &&= value !== "";
    return value;
  });
  return complete ? web(filled) : null;
}

function pathOf(iri) {
  const path = /^https?:\/\/.*?\/id\/(.+)$/.exec(iri)?.[1] ?? "";
  return encodeURI(path).replace(/%25/g, "%").replace(/[?#]/g, encodeURIComponent);
}

const decode = (text) => text.replace(/&(amp|lt|gt|quot|#34|#39|#x27);/g, (_, name) => ENTITIES[name]);

/** A passage with `<mark>` around what matched, as nodes: whatever else looks like markup stays text. */
function marked(passage) {
  return String(passage).split(/<mark>(.*?)<\/mark>/s)
    .map((part, n) => (n % 2 ? h("mark", { part: "mark" }, decode(part)) : decode(part)));
}

function title(widget, hit) {
  const href = link(widget, hit);
  const text = hit.title || hit.label;
  const passage = (hit.highlights?.title ?? []).map(marked)
    .find((nodes) => nodes.map((node) => node.textContent ?? node).join("") === text);
  const click = (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (plain && !widget.choose(hit, href)) event.preventDefault();
  };
  const lang = /^(?!und)[a-z]{2,3}\b/i.test(hit.lang ?? "") ? hit.lang : null;
  return widget.heading(1, { part: "title", class: "title" }, h("a", { part: "link", href, lang, click }, passage ?? text));
}

function facts(hit) {
  const line = (part, values, className) => {
    const text = values.filter(Boolean).join(" · ");
    return text && h("p", { part, class: className }, text);
  };
  return [
    line("other-script", [hit.other_script]),
    line("creators", hit.creators ?? []),
    line("details", [hit.format, hit.date, hit.publisher], "soft"),
  ];
}

function reasons(hit) {
  const lines = (hit.why ?? []).slice(0, REASONS).map(({ text }) => h("li", { part: "reason", class: "reason" }, text));
  return lines.length > 0 && h("ul", { part: "reasons", class: "reasons", role: "list" }, lines);
}

function passages(hit) {
  return Object.entries(hit.highlights ?? {}).filter(([field]) => !TOLD.has(field)).slice(0, 2)
    .map(([, [passage]]) => passage && h("p", { part: "passage", class: "soft" }, marked(passage)));
}

function holdings(widget, hit) {
  const all = hit.holdings ?? [];
  const lines = all.slice(0, COPIES).map(({ location, call_number: call, status, as_of: date }) =>
    h("li", { part: "holding" }, location, call && h("span", { class: location ? "call" : null }, call),
      status && ` · ${status}`, status && date && ` (${widget.say("as-of", { date })})`));
  const rest = all.length - COPIES;
  if (rest > 0) lines.push(h("li", { part: "holding" }, widget.say("copies", { n: rest })));
  return lines.length > 0 && h("ul", { part: "holdings", class: "soft", role: "list" }, lines);
}

function online(widget, hit) {
  const href = /^https?:/i.test(hit.url ?? "") && web(hit.url);
  return href && h("p", {}, h("a", { part: "online", href, rel: "noopener noreferrer" }, widget.say("online")));
}
