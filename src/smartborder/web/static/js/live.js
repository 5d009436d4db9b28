// Live topics. An element with data-live="queue" makes the page listen to that topic; when it
// changes, the event "live:queue" is sent to the body, so that the element can say
//   hx-get="/queue/rows" hx-trigger="live:queue from:body" hx-swap="innerHTML"
// A hidden page holds no stream; when it is shown again it asks for everything once.
export const startLive = () => {
  const topics = [...new Set([...document.querySelectorAll("[data-live]")].flatMap((e) => e.dataset.live.split(/[\s,]+/)))];
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.triggeringEvent?.type.startsWith("live:")) event.detail.headers["x-unattended"] = "1";
  });
  if (!topics.length || !window.EventSource) return;
  const ring = (topic) => document.body.dispatchEvent(new CustomEvent(`live:${topic}`));
  let source = null;
  const open = () => {
    if (source) return;
    source = new EventSource(`/live/${topics.sort().join(",")}`);
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
