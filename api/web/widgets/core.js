/* What the widgets share: the element, the API, words. No storage, no cookie, no request but to the endpoint. */

const HERE = new URL("../", import.meta.url);
const PATIENCE = 20_000;

const STYLE = `
:host {
  --_accent: #17506b;
  --_on-accent: #fff;
  --_mark: #fbe9b7;
  --_error: #a3302a;
  --_line: color-mix(in srgb, currentColor 18%, transparent);
  --_edge: color-mix(in srgb, currentColor 62%, transparent);
  display: block;
  color: var(--bibliograph-text, inherit);
  font-family: var(--bibliograph-font, inherit);
  line-height: 1.5;
  overflow-wrap: anywhere;
  text-align: start;
}
@supports (color: light-dark(red, red)) {
  :host {
    --_accent: light-dark(#17506b, #8cc7e3);
    --_on-accent: light-dark(#fff, #10171b);
    --_mark: light-dark(#fbe9b7, #5a4a16);
    --_error: light-dark(#a3302a, #f0948d);
  }
}
:host([hidden]), [hidden] { display: none !important; }
*, ::before { box-sizing: border-box; }
h1, h2, h3, h4, h5, h6, p, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--bibliograph-accent, var(--_accent)); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--bibliograph-accent, var(--_accent)); outline-offset: 2px; }
mark { background: var(--bibliograph-mark, var(--_mark)); color: inherit; border-radius: 2px; }
button {
  font: inherit;
  min-block-size: 2.5rem;
  padding: .3em .9em;
  border: 1px solid var(--bibliograph-accent, var(--_accent));
  border-radius: var(--bibliograph-radius, 4px);
  background: none;
  color: var(--bibliograph-accent, var(--_accent));
  cursor: pointer;
}
button:hover { text-decoration: underline; }
.heading { font: 600 1.15em/1.3 var(--bibliograph-heading-font, inherit); margin-block-end: .3em; }
.soft { color: var(--bibliograph-muted, color-mix(in srgb, currentColor 78%, transparent)); font-size: .9em; }
.error { border-inline-start: 4px solid var(--bibliograph-error, var(--_error)); padding-inline-start: .8em; margin-block: .8em; }
.error button { margin-block-start: .5em; }
.query { margin-block-start: .6em; }
.query a { color: inherit; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (pointer: coarse) { button { min-block-size: 2.75rem; } }
`;

const WORDS = {
  en: {
    again: "Try again",
    "no-endpoint": "This widget's address of the catalogue is no web address.",
    unreachable: "The catalogue can't be reached just now. Check your connection, or try again in a moment.",
    busy: "The catalogue is busy. Try again in a moment.",
    refused: "The catalogue could not answer this:",
    failed: "Something went wrong in the catalogue. Try again in a moment.",
    loading: "Loading …",
    query: "The query behind this list",
    online: "Read online",
    "as-of": "as of {date}",
    copies: "and {n} more",
  },
  zh: {
    again: "重试",
    "no-endpoint": "组件所设的目录地址不是有效网址。",
    unreachable: "暂时无法连接目录。请检查网络，或稍后再试。",
    busy: "目录繁忙，请稍后再试。",
    refused: "目录无法回答：",
    failed: "目录出现错误，请稍后再试。",
    loading: "正在加载……",
    query: "此列表背后的查询",
    online: "在线阅读",
    "as-of": "截至 {date}",
    copies: "另有 {n} 处",
  },
};

/** A style sheet that no `style-src` of the host page refuses. */
export function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

const BASE = sheet(STYLE);

/** An element; strings among the children become text, never markup. */
export function h(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value != null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false && child !== ""));
  return made;
}

/** The address if a link may lead there; null for `javascript:` and the like. */
export function web(address) {
  try {
    const url = new URL(address, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** What went wrong, as a key of the words; `detail` is what the server says. */
class Failure extends Error {
  constructor(key, detail = "", status = 0) {
    super(key);
    Object.assign(this, { detail, status });
  }
}

async function failure(response) {
  const { status } = response;
  const problem = await response.json().catch(() => ({}));
  const key = status === 429 || status === 503 ? "busy" : status < 500 ? "refused" : "failed";
  return new Failure(key, problem.detail ?? "", status);
}

async function read(url, signal) {
  const given = { signal, credentials: "omit", referrerPolicy: "no-referrer", headers: { Accept: "application/json" } };
  try {
    const response = await fetch(url, given);
    if (!response.ok) throw await failure(response);
    return await response.json();
  } catch (error) {
    if (error instanceof Failure || error.name === "AbortError") throw error;
    throw new Failure(error instanceof SyntaxError ? "failed" : "unreachable");
  }
}

const pages = new Set();
new MutationObserver(() => pages.forEach((widget) => widget.changed("lang")))
  .observe(document.documentElement, { attributeFilter: ["lang"] });

/** A widget: attributes observed, one update for all that change at once, outdated requests given up. */
export class Widget extends HTMLElement {
  static attributes = ["endpoint", "lang", "label", "link-template", "limit", "heading-level"];
  static observedAttributes = Widget.attributes;
  static words = {};
  static style = null;
  #changes = new Set();
  #awaited = false;
  #running = new Map();
  #states = null;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [BASE, new.target.style].filter(Boolean);
    try {
      this.#states = this.attachInternals().states;
    } catch { /* An older browser: there are no states to style by. */ }
  }

  connectedCallback() {
    pages.add(this);
    this.changed("connected");
  }

  disconnectedCallback() {
    pages.delete(this);
    for (const { abort } of this.#running.values()) abort();
    this.#running.clear();
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after) this.changed(name);
  }

  changed(name) {
    this.#changes.add(name);
    if (this.#awaited) return;
    this.#awaited = true;
    queueMicrotask(() => this.#flush());
  }

  #flush() {
    this.#awaited = false;
    if (!this.isConnected) return;
    const changes = this.#changes;
    this.#changes = new Set();
    this.update(changes);
  }

  attribute(name, otherwise = "") {
    return this.getAttribute(name)?.trim() || otherwise;
  }

  number(name, otherwise, least, most) {
    const given = Number.parseInt(this.getAttribute(name), 10);
    return Number.isNaN(given) ? otherwise : Math.min(Math.max(given, least), most);
  }

  /** `en` or `zh`: the element's own language, else that of what it stands in. */
  get language() {
    for (let node = this; node; node = node.getRootNode().host) {
      const stated = node.closest("[lang]")?.lang;
      if (stated) return /^zh\b/i.test(stated) ? "zh" : "en";
    }
    return "en";
  }

  /** Words in the reader's language; `{n}` and the like stand for values. */
  say(key, values = {}) {
    const words = { ...WORDS[this.language], ...this.constructor.words[this.language] };
    const phrase = (values.n === 1 && words[`${key}.one`]) || (words[key] ?? key);
    const written = (value) => (typeof value === "number" ? this.count(value) : value ?? "");
    return phrase.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
  }

  /** A number as the reader's language writes it. */
  count(number) {
    return number.toLocaleString(this.language);
  }

  /** An address below the endpoint; parameters without a value are left out. */
  address(path, parameters) {
    const base = this.hasAttribute("endpoint") ? web(this.attribute("endpoint")) : HERE.href;
    if (!base) throw new Failure("no-endpoint");
    const url = new URL(path, base.replace(/\/?$/, "/"));
    for (const [name, value] of parameters) if (value !== "" && value != null) url.searchParams.append(name, value);
    return url;
  }

  /** Asks the API; an earlier request of the same `kind` is given up. Resolves to null where this one was. */
  async ask(kind, path, parameters) {
    const url = this.address(`api/v1/${path}`, parameters);
    const controller = new AbortController();
    const late = setTimeout(() => controller.abort(new Failure("unreachable")), PATIENCE);
    const abort = () => controller.abort();
    this.#running.get(kind)?.abort();
    this.#running.set(kind, { abort });
    try {
      const answer = await read(url, controller.signal);
      return controller.signal.aborted ? null : answer;
    } catch (error) {
      if (error.name === "AbortError") return null;
      throw error;
    } finally {
      clearTimeout(late);
      if (this.#running.get(kind)?.abort === abort) this.#running.delete(kind);
    }
  }

  forget(kind) {
    this.#running.get(kind)?.abort();
  }

  /** Sets the states that the host page can style by: `loading`, `empty`, `error`. */
  state(...now) {
    for (const name of ["loading", "empty", "error"]) this.#states?.[now.includes(name) ? "add" : "delete"](name);
  }

  /** Tells the host page that a hit was chosen; false: the host deals with it. */
  choose(hit, href) {
    const detail = { iri: hit.iri, label: hit.label, type: hit.type, href, hit };
    return this.dispatchEvent(
      new CustomEvent("bibliograph-select", { detail, bubbles: true, composed: true, cancelable: true }),
    );
  }

  /** A heading `below` the widget's own. */
  heading(below, attributes, ...children) {
    return h(`h${Math.min(this.number("heading-level", 2, 1, 6) + below, 6)}`, attributes, ...children);
  }

  /** A link to the query that found a list, in the catalogue's query page. */
  behind(sparql) {
    if (!sparql) return null;
    const href = this.address("sparql", [["query", sparql]]).href;
    return h("p", { class: "query soft" }, h("a", { part: "query", href }, this.say("query")));
  }

  /** What went wrong, in words, with a button that tries again. */
  problem(error, again) {
    if (!(error instanceof Failure)) console.error(error);
    const key = error instanceof Failure ? error.message : "failed";
    const detail = key === "refused" && error.detail && ` ${error.detail}`;
    const retry = key !== "no-endpoint" && key !== "refused";
    return h("div", { part: "error", class: "error", role: "alert" }, h("p", {}, this.say(key), detail),
      retry && h("button", { type: "button", part: "button", click: again }, this.say("again")));
  }
}
