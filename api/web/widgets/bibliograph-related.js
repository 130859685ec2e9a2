/* <bibliograph-related>: what the catalogue associates with one of its entities, and why. docs/widgets.md describes it. */

import { Widget, h, sheet } from "./core.js";
import { HIT_STYLE, item } from "./hits.js";

const WORDS = {
  en: {
    heading: "Related in the catalogue",
    nothing: "The catalogue knows nothing related.",
    unknown: "The catalogue does not have this.",
    without: "This widget needs an iri or an identifier.",
  },
  zh: {
    heading: "馆藏中的相关资源",
    nothing: "目录中没有相关资源。",
    unknown: "目录中没有此资源。",
    without: "此组件需要 iri 或 identifier 属性。",
  },
};
const NOT_FOUND = 404;

class BibliographRelated extends Widget {
  static observedAttributes = [...Widget.attributes, "iri", "identifier", "depth"];
  static words = WORDS;
  static style = sheet(HIT_STYLE);

  #title = null;
  #body = h("div");
  #page = h("section", { part: "related", "aria-labelledby": "heading" });

  update(changes) {
    if (!this.#page.isConnected) this.shadowRoot.append(this.#page);
    this.#page.lang = this.language;
    const title = this.attribute("label", this.say("heading"));
    this.#title = this.heading(0, { part: "heading", class: "heading", id: "heading", tabindex: -1 }, title);
    this.#page.replaceChildren(this.#title, this.#body);
    if ([...changes].some((name) => name !== "label")) this.#load();
  }

  async #load() {
    this.#page.setAttribute("aria-busy", "true");
    this.state("loading");
    if (!this.#body.hasChildNodes()) this.#body.append(this.#told("loading"));
    try {
      const iri = this.attribute("iri") || (await this.#identified());
      if (iri !== null) await this.#ask(iri);
    } catch (error) {
      if (error.status === NOT_FOUND) this.#settle(this.#told("unknown"), "empty");
      else this.#settle(this.problem(error, () => this.#again()), "error");
    }
  }

  #again() {
    // The button goes with the message that it stands in.
    this.#title.focus();
    this.#load();
  }

  /** IRI of the work that has the identifier: "" where none has it, null where the answer was outdated. */
  async #identified() {
    const given = this.attribute("identifier").replace(/^[a-z]+:/i, "").trim();
    const value = /^[\dX –-]+$/i.test(given) ? given.replace(/[ –-]/g, "") : given;
    if (!value) return "";
    const asked = [["q", value], ["field", "identifier"], ["lang", this.language], ["limit", 1]];
    const answer = await this.ask("related", "search", asked);
    if (!answer) return null;
    // A near miss would be another book.
    return answer.relaxed?.length ? "" : answer.hits?.[0]?.iri ?? "";
  }

  async #ask(iri) {
    if (!iri) {
      this.#settle(this.#told(this.attribute("identifier") ? "unknown" : "without"), "empty");
      return;
    }
    const asked = [["iri", iri], ["lang", this.language], ["limit", this.number("limit", 5, 1, 50)],
      ["depth", this.number("depth", "", 1, 3)]];
    const answer = await this.ask("related", "related", asked);
    if (answer) this.#show(answer);
  }

  #show({ hits = [], sparql }) {
    if (hits.length === 0) {
      this.#settle(this.#told("nothing"), "empty");
      return;
    }
    const list = h("ol", { part: "results", role: "list" }, hits.map((hit) => item(this, hit)));
    this.#settle(h("div", {}, list, this.behind(sparql)));
  }

  #told(key) {
    return h("p", { part: key === "loading" ? "loading" : "empty", class: "soft" }, this.say(key));
  }

  #settle(content, ...states) {
    this.#body.replaceChildren(content);
    this.#page.setAttribute("aria-busy", "false");
    this.state(...states);
  }
}

customElements.get("bibliograph-related") ?? customElements.define("bibliograph-related", BibliographRelated);
