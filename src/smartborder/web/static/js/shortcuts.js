// Keyboard shortcuts. Any link, button or field with data-shortcut="..." can be reached by keys:
//   data-shortcut="F2"   a function key            data-shortcut="c"     one letter
//   data-shortcut="g q"  two keys, one after the other
// Links and buttons are pressed, fields are focused. data-shortcut-name gives the list its words,
// else the element's own text. All of it can be turned off in the settings (WCAG 2.1.4);
// letters never fire while something is being typed, and never with Ctrl, Alt or Meta.
const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=submit]):not([type=button]), textarea, select, [contenteditable]";
const WAIT = 1200;

const shown = (element) => !element.disabled && element.checkVisibility();
const all = () => [...document.querySelectorAll("[data-shortcut]")];
const name = (element) => (element.dataset.shortcutName || element.ariaLabel || element.textContent).trim().replace(/\s+/g, " ");

const fire = (element) => {
  if (element.matches(TYPING)) element.focus();
  else element.click();
};

const list = () => {
  const dialog = document.getElementById("shortcut-list");
  if (!dialog || dialog.open) return;
  const rows = dialog.querySelector("[data-shortcut-rows]");
  const table = document.createElement("dl");
  table.className = "sb-facts";
  const known = new Set();
  for (const element of all()) {
    const keys = element.dataset.shortcut;
    if (known.has(keys)) continue;
    known.add(keys);
    const [term, words] = [document.createElement("dt"), document.createElement("dd")];
    for (const key of keys.split(" ")) {
      const mark = document.createElement("kbd");
      mark.className = "sb-key";
      mark.textContent = key;
      term.append(mark, " ");
    }
    words.textContent = name(element);
    table.append(term, words);
  }
  rows.replaceChildren(known.size ? table : rows.dataset.none);
  dialog.showModal();
};

export const startShortcuts = () => {
  document.querySelectorAll('[data-open="shortcut-list"]').forEach((e) => e.addEventListener("click", list));
  if (document.documentElement.dataset.shortcuts !== "on") return;
  let first = "";
  let timer = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    const functionKey = /^F\d+$/.test(event.key);
    if (!functionKey && (event.key.length !== 1 || event.key === " " || event.target.closest?.(TYPING))) return;
    const typed = first ? `${first} ${event.key}` : event.key;
    first = "";
    clearTimeout(timer);
    const match = all().find((e) => e.dataset.shortcut === typed && (shown(e) || e.closest(".sb-nav")));
    if (match) {
      event.preventDefault();
      fire(match);
    } else if (all().some((e) => e.dataset.shortcut.startsWith(`${typed} `))) {
      first = typed;
      timer = setTimeout(() => (first = ""), WAIT);
    }
  });
};
