/* The filters of <bibliograph-search>: a disclosure of facets with counts, and a button for each filter that is set. */

import { h } from "./core.js";

const VALUES = 6;
const NONE = "none";

export const FILTER_STYLE = `
.filters { display: flex; flex-wrap: wrap; gap: .4em; }
.filters:not(:empty) { margin-block: .4em .6em; }
.filters button { padding: .15em .8em; min-block-size: 2rem; font-size: .9em; border-radius: 2em; text-align: start; }
.filters button::after { content: "×"; content: "×" / ""; margin-inline-start: .5em; }
details { margin-block-end: .8em; }
summary { cursor: pointer; inline-size: fit-content; padding-block: .35em; color: var(--bibliograph-accent, var(--_accent)); }
.groups { columns: 13em; column-gap: 2em; padding-block: .4em; }
fieldset { border: 0; margin: 0 0 1em; padding: 0; min-inline-size: 0; break-inside: avoid; }
legend { padding: 0; font-weight: 600; }
.groups label { display: flex; gap: .55em; padding-block: .22em; font-size: .95em; cursor: pointer; }
.groups input {
  flex: none;
  inline-size: 1.05em;
  block-size: 1.05em;
  margin: .25em 0 0;
  accent-color: var(--bibliograph-accent, var(--_accent));
}
.groups .count { flex: none; margin-inline-start: auto; font-variant-numeric: tabular-nums; }
`;

export const FILTER_WORDS = {
  en: {
    narrow: "Narrow down",
    remove: "Remove filter {facet}: {value}",
    type: "Type",
    language: "Language",
    creator: "Author or contributor",
    subject: "Subject",
    format: "Format",
    classification: "Classification",
    place: "Place",
    series: "Series",
    source: "Source",
    decade: "Decade",
  },
  zh: {
    narrow: "筛选",
    remove: "取消筛选 {facet}：{value}",
    type: "类型",
    language: "语种",
    creator: "责任者",
    subject: "主题",
    format: "载体形式",
    classification: "分类",
    place: "地点",
    series: "丛编",
    source: "来源",
    decade: "年代",
  },
};

/** What the reader filters by, and the elements that show and change it. `changed()` is called after each change. */
export class Filters {
  #widget;
  #changed;
  #offered = {};
  /** Facet -> value -> label. */
  #set = new Map();

  constructor(widget, changed) {
    [this.#widget, this.#changed] = [widget, changed];
    this.buttons = h("div", { part: "filters", class: "filters" });
    this.summary = h("summary", { part: "facets-summary" });
    this.groups = h("div", { class: "groups" });
    this.facets = h("details", { part: "facets", hidden: true }, this.summary, this.groups);
  }

  get parameters() {
    return this.#all().map(([facet, value]) => [`facet.${facet}`, value]);
  }

  get none() {
    return this.#all().length === 0;
  }

  set(facet, value, label) {
    if (!this.#set.has(facet)) this.#set.set(facet, new Map());
    this.#set.get(facet).set(value, label);
  }

  unset(facet, value) {
    this.#set.get(facet)?.delete(value);
  }

  clear() {
    this.#set.clear();
  }

  /** Shows facets as the API answers them; the element that has the focus keeps it. */
  show(offered) {
    this.#offered = offered;
    const focused = this.#widget.shadowRoot.activeElement;
    const kept = focused?.dataset.key;
    const gone = this.buttons.contains(focused);
    this.#relabel();
    this.summary.textContent = this.#widget.say("narrow");
    this.buttons.replaceChildren(...this.#all().map((filter) => this.#button(...filter)));
    this.groups.replaceChildren(...this.#names().map((name) => this.#group(name)).filter(Boolean));
    this.facets.hidden = !this.groups.hasChildNodes();
    if (kept) this.#find(kept)?.focus();
    // The button of a filter goes with it: its neighbour is next, else what opens the filters.
    else if (gone) (this.buttons.firstChild ?? this.summary).focus();
  }

  #all() {
    return [...this.#set].flatMap(([facet, values]) => [...values].map(([value, label]) => [facet, value, label]));
  }

  #names() {
    const names = this.#widget.attribute("facets", "format creator subject language decade");
    return names === NONE ? [] : names.split(/[\s,]+/);
  }

  #find(key) {
    return [...this.groups.querySelectorAll("input")].find((input) => input.dataset.key === key);
  }

  #relabel() {
    for (const [facet, values] of Object.entries(this.#offered)) {
      for (const { value, label } of values) if (this.#set.get(facet)?.has(value)) this.set(facet, value, label);
    }
  }

  #button(facet, value, label) {
    const name = this.#widget.say("remove", { facet: this.#widget.say(facet), value: label });
    const click = () => this.#change(() => this.unset(facet, value));
    return h("button", { type: "button", part: "filter", "aria-label": name, click }, label);
  }

  #group(facet) {
    const values = this.#offered[facet] ?? [];
    const chosen = ({ value }) => this.#set.get(facet)?.has(value) ?? false;
    const shown = values.filter((value, n) => n < VALUES || chosen(value));
    return shown.length > 0 && h("fieldset", { part: "facet" },
      h("legend", { part: "facet-name" }, this.#widget.say(facet)),
      shown.map((value) => this.#value(facet, value, chosen(value))));
  }

  #value(facet, { value, label, count }, checked) {
    const change = ({ target }) =>
      this.#change(() => (target.checked ? this.set(facet, value, label) : this.unset(facet, value)));
    return h("label", { part: "facet-value" },
      h("input", { type: "checkbox", "data-key": `${facet} ${value}`, checked, change }),
      h("span", {}, label), h("span", { class: "count soft" }, this.#widget.count(count)));
  }

  #change(how) {
    how();
    this.#changed();
  }
}
