// What every page runs: components, folding menu, clock, live topics, shortcuts.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { startLive } from "./live.js";
import { startShortcuts } from "./shortcuts.js";

const start = () => {
  initAll();
  // A piece that arrives later brings components of its own.
  document.body.addEventListener("htmx:load", ({ detail }) => {
    if (detail.elt !== document.body) initAll({ scope: detail.elt });
  });
  fold();
  tick();
  startLive();
  startShortcuts();
};

// The navigation folds on narrow screens only; the style sheet decides whether the button shows.
const fold = () => {
  const button = document.querySelector("[data-fold]");
  if (!button) return;
  const list = document.getElementById(button.dataset.fold);
  const set = (folded) => {
    list.toggleAttribute("data-folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
  };
  set(true);
  button.addEventListener("click", () => set(!list.hasAttribute("data-folded")));
};

// The node's clock, not the machine's: the page brings the node's now, the machine counts on.
const tick = () => {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const offset = Date.parse(clock.dataset.now) - Date.now();
  const shape = (zone) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  const local = shape(clock.dataset.zone);
  const utc = shape("UTC");
  const draw = () => {
    const now = new Date(Date.now() + offset);
    clock.querySelector("[data-clock-local]").textContent = local.format(now);
    clock.querySelector(".sb-clock__utc").textContent = `(${utc.format(now)} UTC)`;
    for (const due of document.querySelectorAll("time[data-due]")) countDown(due, now);
  };
  draw();
  setInterval(draw, 5000);
  document.body.addEventListener("htmx:load", draw);
};

// <time data-due datetime="...">: what is left until then, with a minus once it has passed.
const countDown = (element, now) => {
  const minutes = Math.trunc((Date.parse(element.dateTime) - now) / 60000);
  const size = Math.abs(minutes);
  const [days, hours, rest] = [Math.floor(size / 1440), Math.floor((size % 1440) / 60), size % 60];
  const pad = (n) => String(n).padStart(2, "0");
  const day = document.documentElement.lang === "fr" ? "j" : "d";
  const text = days ? `${days} ${day} ${pad(hours)} h` : hours ? `${hours} h ${pad(rest)} min` : `${rest} min`;
  element.textContent = (minutes < 0 ? "−" : "") + text;
  element.classList.toggle("sb-late", minutes < Number(element.dataset.due || 0));
};

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
