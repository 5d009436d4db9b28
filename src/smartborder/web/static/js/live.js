// Live topics. An element with data-live="queue" makes the page listen to that topic; when it
// changes, the event "live:queue" is sent to the body, so that the element can say
//   hx-get="/queue/rows" hx-trigger="live:queue from:body"
// What comes back is merged into the element: focus, selection and what is being typed stay.
// A hidden page holds no stream; when it is shown again it asks for everything once.
const live = (event) => event?.type.startsWith("live:");

htmx.defineExtension("live", {
  handleSwap: (style, target, fragment) => {
    if (style !== "live") return false;
    return Idiomorph.morph(target, fragment.children, { morphStyle: "innerHTML", ignoreActiveValue: true });
  },
});

export const startLive = () => {
  const topics = [...new Set([...document.querySelectorAll("[data-live]")].flatMap((e) => e.dataset.live.split(/[\s,]+/)))];
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (live(event.detail.triggeringEvent)) event.detail.headers["x-unattended"] = "1";
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (live(event.detail.requestConfig?.triggeringEvent)) event.detail.swapOverride = "live";
  });
  if (!topics.length || !window.EventSource) return;
  const ring = (topic) => document.body.dispatchEvent(new CustomEvent(`live:${topic}`));
  let source = null;
  const open = () => {
    if (source) return;
    const drawn = encodeURIComponent(document.querySelector("[data-now]").dataset.now);
    source = new EventSource(`/live/${topics.sort().join(",")}?since=${drawn}`);
    for (const topic of topics) source.addEventListener(topic, () => ring(topic));
  };
  const close = () => {
    source?.close();
    source = null;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return close();
    open();
    topics.forEach(ring);
  });
  window.addEventListener("pagehide", close);
  if (!document.hidden) open();
};
