/* What script adds to pages that work without it: suggestions while typing, buttons that copy, filters that stand open. */

import { Combobox } from "../widgets/combobox.js";

const SUGGESTIONS = 8;

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** A request for what begins so; an earlier one that is still under way is given up and resolves to null. */
function asking(form) {
  let running = null;
  return async (text) => {
    running?.abort();
    if (!text) return [];
    running = new AbortController();
    const url = new URL(form.dataset.suggest, location.href);
    url.search = new URLSearchParams({ q: text, lang: document.documentElement.lang, limit: SUGGESTIONS });
    try {
      const response = await fetch(url, { signal: running.signal, headers: { Accept: "application/json" } });
      return response.ok ? (await response.json()).suggestions : [];
    } catch {
      return null;
    }
  };
}

function suggest(form) {
  const input = form.querySelector("[type=search]");
  const list = element("ul", "suggestions", "");
  const said = element("p", "unseen", "");
  Object.assign(list, { id: "suggestions", role: "listbox", hidden: true });
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  said.setAttribute("role", "status");
  input.after(list);
  form.append(said);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) input.setAttribute(name, value);
  new Combobox(input, list, {
    load: asking(form),
    render: ({ label, hint }) => [element("span", "name", label), " ", element("span", "hint", hint)],
    choose: ({ iri }) => {
      const given = { q: iri, ...(form.dataset.lang && { lang: form.dataset.lang }) };
      location.assign(`${form.dataset.open}?${new URLSearchParams(given)}`);
    },
    announce: (count) => {
      said.textContent = count ? form.dataset.many.replace("{n}", count) : form.dataset.none;
    },
  });
}

function copy(button) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

/** Where a browser can't show what is folded, filters are unfolded where they have room. */
function unfold(details) {
  if (CSS.supports("selector(::details-content)")) return;
  const wide = matchMedia("(min-width: 62rem)");
  const follow = () => (details.open = wide.matches);
  wide.addEventListener("change", follow);
  follow();
}

const form = document.querySelector("main form.search[data-suggest]") ?? document.querySelector("form.search[data-suggest]");
if (form) suggest(form);
if (navigator.clipboard) document.querySelectorAll("button[data-copy]").forEach(copy);
document.querySelectorAll("details.facets").forEach(unfold);
