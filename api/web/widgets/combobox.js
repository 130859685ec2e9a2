/* An editable combobox with a list of suggestions: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. */

const PAUSE = 150;
const KEPT = 60;

export const COMBOBOX_STYLE = `
.suggestions {
  position: absolute;
  z-index: 10;
  inset: calc(100% + .25em) 0 auto;
  max-block-size: min(24em, 60vh);
  overflow-y: auto;
  padding-block: .3em;
  color: var(--bibliograph-field-text, FieldText);
  background: var(--bibliograph-field, Field);
  border: 1px solid var(--bibliograph-edge, var(--_edge));
  border-radius: var(--bibliograph-radius, 4px);
  box-shadow: 0 6px 20px rgb(0 0 0 / .2);
}
.suggestions > li {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0 .8em;
  padding: .45em .8em;
  border-inline-start: 3px solid transparent;
  cursor: pointer;
}
.suggestions > li:hover, .suggestions > [aria-selected="true"] {
  background: var(--bibliograph-selected, color-mix(in srgb, var(--bibliograph-accent, var(--_accent)) 14%, transparent));
}
.suggestions > [aria-selected="true"] { border-color: var(--bibliograph-accent, var(--_accent)); }
@media (forced-colors: active) {
  .suggestions > [aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; }
}
`;

/** Keyboard, pointer and screen reader for an input and its listbox; both stand in one tree. */
export class Combobox {
  #input;
  #list;
  #load;
  #render;
  #choose;
  #announce;
  #items = [];
  #active = -1;
  #timer = 0;
  #known = new Map();

  /**
   * `load(text)` resolves to items, or to null where it was outdated; `render(item)` makes what an option shows;
   * `choose(item)` takes one; `announce(count)` says how many there are.
   */
  constructor(input, list, { load, render, choose, announce }) {
    [this.#input, this.#list] = [input, list];
    [this.#load, this.#render, this.#choose, this.#announce] = [load, render, choose, announce];
    input.addEventListener("input", () => this.#later());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.close());
    // The input keeps the focus while the pointer is on the list.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#click(event));
  }

  get open() {
    return !this.#list.hidden;
  }

  close() {
    this.#forget();
    this.#show([]);
  }

  /** Forgets earlier answers: the language or the endpoint is another one. */
  reset() {
    this.#known.clear();
    this.close();
  }

  /** Whatever is still asked for is no longer wanted. */
  #forget() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#suggest(), PAUSE);
  }

  async #suggest() {
    const text = this.#input.value.trim();
    const timer = this.#timer;
    const items = this.#known.get(text) ?? (await this.#load(text));
    // Meanwhile the reader may have typed on, searched, or left.
    if (!items || timer === 0 || timer !== this.#timer) return;
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(text, items);
    this.#show(items);
    if (text) this.#announce(items.length);
  }

  #show(items) {
    this.#items = items;
    this.#list.replaceChildren(...items.map((item, n) => this.#option(item, n)));
    this.#list.hidden = items.length === 0;
    this.#input.setAttribute("aria-expanded", String(items.length > 0));
    this.#activate(-1);
  }

  #option(item, n) {
    const option = document.createElement("li");
    option.id = `option-${n}`;
    option.setAttribute("role", "option");
    option.setAttribute("part", "suggestion");
    option.append(...this.#render(item));
    return option;
  }

  #activate(n) {
    this.#active = n;
    for (const [m, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(m === n));
      option.setAttribute("part", m === n ? "suggestion suggestion-active" : "suggestion");
    }
    if (n < 0) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", `option-${n}`);
    this.#list.children[n]?.scrollIntoView({ block: "nearest" });
  }

  #move(step) {
    if (!this.open) {
      this.#later();
      return;
    }
    // Who moves chooses among what is seen: an answer still on its way must not change the list under their hands.
    this.#forget();
    // Between the last option and the first lies the input itself, where none is active.
    const places = this.#items.length + 1;
    this.#activate(((this.#active + 1 + step + places) % places) - 1);
  }

  #key(event) {
    // Keys of an input method choose characters, not suggestions.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    const handled = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => (event.altKey ? this.close() : this.#move(-1)),
      Enter: () => this.#active >= 0 && this.#take(this.#active),
      Escape: () => this.open && this.close(),
    }[event.key];
    if (!handled) {
      if (event.key === "Home" || event.key === "End") this.#activate(-1);
      return;
    }
    if (handled() === false) return;
    event.preventDefault();
    if (event.key === "Escape") event.stopPropagation();
  }

  #click(event) {
    const n = [...this.#list.children].indexOf(event.target.closest("[role=option]"));
    if (n >= 0) this.#take(n);
  }

  #take(n) {
    const item = this.#items[n];
    this.close();
    this.#choose(item);
  }
}
