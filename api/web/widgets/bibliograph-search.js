/* <bibliograph-search>: a search box with suggestions, results and filters. docs/widgets.md describes it. */

import { COMBOBOX_STYLE, Combobox } from "./combobox.js";
import { Widget, h, sheet } from "./core.js";
import { FILTER_STYLE, FILTER_WORDS, Filters } from "./filters.js";
import { HIT_STYLE, item, link } from "./hits.js";

const SUGGESTIONS = 8;
/** Changes that no new search follows. */
const QUIET = new Set(["connected", "label", "placeholder"]);
/** Facet -> kinds of things that, once suggested, filter works by it. */
const FILTERING = {
  creator: /^(Agent|Person|Family|Organization|Meeting|Jurisdiction)$/,
  place: /^Place$/,
  subject: /^(Topic|Temporal|GenreForm|Concept|Event)$/,
};

const STYLE = `
.label { display: block; margin-block-end: .25em; }
.field { display: flex; flex-wrap: wrap; gap: .5em; position: relative; }
[type="search"] {
  flex: 1 1 12em;
  min-inline-size: 0;
  min-block-size: 2.75rem;
  padding: .4em .7em;
  font: inherit;
  color: var(--bibliograph-field-text, FieldText);
  background: var(--bibliograph-field, Field);
  border: 1px solid var(--bibliograph-edge, var(--_edge));
  border-radius: var(--bibliograph-radius, 4px);
  appearance: none;
}
::placeholder { color: inherit; opacity: .75; }
.field button {
  min-block-size: 2.75rem;
  padding-inline: 1.2em;
  font-weight: 600;
  color: var(--bibliograph-on-accent, var(--_on-accent));
  background: var(--bibliograph-accent, var(--_accent));
}
.results { margin-block-start: 1.2em; }
.note { margin-block-end: .5em; }
.below > button { margin-block: .4em; }
.hits { transition: opacity .15s; }
[aria-busy="true"] .hits { opacity: .6; }
@media (prefers-reduced-motion: reduce) { .hits { transition: none; } }
`;

const WORDS = {
  en: {
    label: "Search the catalogue",
    placeholder: "Title, author, subject, ISBN …",
    search: "Search",
    suggestions: "Suggestions",
    suggested: "{n} suggestions, arrow keys choose",
    "suggested.one": "1 suggestion, arrow keys choose",
    unsuggested: "No suggestions",
    works: "{n} works",
    results: "{n} results",
    "results.one": "1 result",
    "results-for": "{n} results for “{q}”",
    "results-for.one": "1 result for “{q}”",
    nothing: "Nothing found",
    "nothing-for": "Nothing found for “{q}”",
    hint: "Check the spelling, or try fewer or other words.",
    unfiltered: "Search without filters",
    more: "Show more",
    shown: "{shown} of {total} shown",
  },
  zh: {
    label: "检索馆藏目录",
    placeholder: "题名、责任者、主题、ISBN……",
    search: "检索",
    suggestions: "检索建议",
    suggested: "{n} 条建议，可用方向键选择",
    unsuggested: "没有建议",
    works: "{n} 部作品",
    results: "{n} 条结果",
    "results-for": "“{q}”：{n} 条结果",
    nothing: "没有找到结果",
    "nothing-for": "没有找到与“{q}”相符的结果",
    hint: "请检查用字，或减少、更换检索词。",
    unfiltered: "取消筛选，重新检索",
    more: "显示更多",
    shown: "已显示 {shown} / {total}",
  },
};

/** The name of a suggestion that was found by another one: "Ts'ao → Cao". */
const nameOf = (suggested) => suggested.label.split(" → ").pop();

class BibliographSearch extends Widget {
  static observedAttributes = [...Widget.attributes, "type", "facets", "placeholder", "query"];
  static words = { en: { ...FILTER_WORDS.en, ...WORDS.en }, zh: { ...FILTER_WORDS.zh, ...WORDS.zh } };
  static style = sheet(HIT_STYLE + COMBOBOX_STYLE + FILTER_STYLE + STYLE);

  #label = h("label", { part: "label", class: "label", id: "label", for: "input" });
  #input = h("input", {
    part: "input", id: "input", type: "search", role: "combobox", autocomplete: "off", autocapitalize: "none",
    spellcheck: "false", enterkeyhint: "search", maxlength: 500, "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": "suggestions",
  });
  #button = h("button", { part: "search" });
  #list = h("ul", { part: "suggestions", id: "suggestions", class: "suggestions", role: "listbox", hidden: true });
  #status = h("p", { class: "unseen", role: "status" });
  #above = h("div");
  #hits = h("ol", { part: "results", class: "hits", role: "list" });
  #below = h("div", { class: "below" });
  #filters = new Filters(this, () => this.#search());
  #results = h("section", { class: "results", "aria-labelledby": "heading", hidden: true },
    this.#above, this.#filters.buttons, this.#filters.facets, this.#hits, this.#below);
  #form = h("form", { part: "form", role: "search", "aria-labelledby": "label", submit: (event) => this.#submit(event) },
    this.#label, h("div", { class: "field" }, this.#input, this.#button, this.#list));
  #page = h("div", {}, this.#form, this.#status, this.#results);
  #box = new Combobox(this.#input, this.#list, {
    load: (text) => this.#suggestions(text),
    render: (suggested) => this.#suggestion(suggested),
    choose: (suggested) => this.#take(suggested),
    announce: (n) => this.#announce(n ? this.say("suggested", { n }) : this.say("unsuggested")),
  });
  /** What was last searched for; null: nothing yet. */
  #asked = null;
  /** Called instead of showing that a suggestion found nothing. */
  #otherwise = null;

  update(changes) {
    if (!this.#page.isConnected) this.shadowRoot.append(this.#page);
    this.#words();
    if (changes.has("endpoint") || changes.has("lang") || changes.has("type")) this.#box.reset();
    if (changes.has("query")) {
      this.#input.value = this.attribute("query");
      this.#asked = this.#input.value || null;
    }
    if (this.#asked === null) this.#results.hidden = true;
    else if (this.#busy || [...changes].some((name) => !QUIET.has(name))) this.#search();
  }

  /** A search is under way, or was given up when the element was taken out of the page. */
  get #busy() {
    return this.#results.getAttribute("aria-busy") === "true";
  }

  #words() {
    this.#page.lang = this.language;
    this.#label.textContent = this.attribute("label", this.say("label"));
    this.#input.placeholder = this.attribute("placeholder", this.say("placeholder"));
    this.#button.textContent = this.say("search");
    this.#list.setAttribute("aria-label", this.say("suggestions"));
  }

  #announce(text) {
    this.#status.textContent = text;
  }

  async #suggestions(text) {
    if (!text) return [];
    const asked = [["q", text], ["lang", this.language], ["type", this.attribute("type")], ["limit", SUGGESTIONS]];
    // A reader who types has no use for an error: the search that follows shows it.
    const answer = await this.ask("suggest", "suggest", asked).catch(() => null);
    // A heading without works leads nowhere.
    return answer && (answer.suggestions ?? []).filter(({ count }) => count !== 0);
  }

  #suggestion(suggested) {
    const works = suggested.count > 1 && this.say("works", { n: suggested.count });
    const aside = [suggested.hint, works].filter(Boolean).join(" · ");
    return [h("span", {}, suggested.label), aside ? h("span", { part: "suggestion-hint", class: "soft" }, aside) : ""];
  }

  /** The facet by which a suggestion filters works; none where it opens. */
  #facetOf(suggested) {
    if (this.attribute("type", "work") !== "work") return undefined;
    return Object.keys(FILTERING).find((name) => FILTERING[name].test(suggested.type));
  }

  #take(suggested) {
    const facet = this.#facetOf(suggested);
    if (facet) {
      this.#filters.set(facet, suggested.iri, nameOf(suggested));
      this.#begin("", () => {
        this.#filters.unset(facet, suggested.iri);
        this.#begin(nameOf(suggested));
      });
      return;
    }
    const href = link(this, suggested);
    if (this.choose(suggested, href)) location.assign(href);
  }

  #submit(event) {
    event.preventDefault();
    this.#begin(this.#input.value.trim());
  }

  #begin(text, otherwise = null) {
    this.#box.close();
    this.forget("suggest");
    this.#input.value = text;
    this.#asked = text;
    this.#otherwise = otherwise;
    this.#search();
  }

  async #search(cursor = null) {
    const asked = [["q", this.#asked], ["lang", this.language], ["type", this.attribute("type")],
      ["limit", this.number("limit", 10, 1, 50)], ["cursor", cursor], ...this.#filters.parameters];
    this.#results.setAttribute("aria-busy", "true");
    this.state("loading");
    const slow = setTimeout(() => this.#wait(), 500);
    try {
      const answer = await this.ask("search", "search", asked);
      if (answer) this.#show(answer, cursor);
    } catch (error) {
      this.#fail(error, cursor);
    } finally {
      clearTimeout(slow);
    }
  }

  #wait() {
    this.#announce(this.say("loading"));
    if (!this.#results.hidden) return;
    this.#above.replaceChildren(this.heading(0, { part: "loading", class: "heading", id: "heading" }, this.say("loading")));
    this.#results.hidden = false;
  }

  #show(answer, cursor) {
    const { hits = [], total = 0 } = answer;
    const otherwise = this.#otherwise;
    this.#otherwise = null;
    if (!total && otherwise) {
      otherwise();
      return;
    }
    const nodes = hits.map((hit) => item(this, hit));
    if (cursor) this.#hits.append(...nodes);
    else this.#first(answer, nodes);
    this.#end(answer);
    this.#settle(total ? [] : ["empty"]);
    if (cursor) {
      nodes[0]?.querySelector("a").focus();
      this.#announce(this.say("shown", { shown: this.#hits.childElementCount, total }));
    }
  }

  #first({ total = 0, relaxed = [], facets = {} }, nodes) {
    const q = this.#asked;
    const title = this.say((total ? "results" : "nothing") + (q ? "-for" : ""), { n: total, q });
    const note = relaxed.join(" ");
    this.#above.replaceChildren(this.heading(0, { part: "heading", class: "heading", id: "heading" }, title));
    if (note) this.#above.append(h("p", { part: "note", class: "note" }, note));
    if (!total) this.#above.append(this.#nothing());
    this.#filters.show(facets);
    this.#hits.replaceChildren(...nodes);
    this.#announce([title, note].filter(Boolean).join(" · "));
  }

  #nothing() {
    const click = () => {
      this.#filters.clear();
      this.#input.focus();
      this.#search();
    };
    return h("div", { part: "empty" }, h("p", { class: "note" }, this.say("hint")),
      !this.#filters.none && h("button", { type: "button", part: "button", click }, this.say("unfiltered")));
  }

  #end({ next, sparql }) {
    const click = () => this.#search(next);
    const more = next && h("button", { type: "button", part: "button more", click }, this.say("more"));
    this.#below.replaceChildren(...[more, this.behind(sparql)].filter(Boolean));
  }

  #fail(error, cursor) {
    const problem = this.problem(error, () => {
      this.#input.focus();
      this.#search(cursor);
    });
    const title = this.heading(0, { id: "heading", class: "unseen" }, this.say("search"));
    if (!cursor) {
      this.#above.replaceChildren(title);
      this.#filters.show({});
      this.#hits.replaceChildren();
    }
    this.#below.replaceChildren(problem);
    this.#settle(["error"]);
  }

  #settle(states) {
    this.#results.hidden = false;
    this.#results.setAttribute("aria-busy", "false");
    this.state(...states);
  }
}

customElements.get("bibliograph-search") ?? customElements.define("bibliograph-search", BibliographSearch);
