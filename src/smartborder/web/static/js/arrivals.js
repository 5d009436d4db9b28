// A scanner types a machine-readable zone and nothing else: once it is whole, it is sent.
const WHOLE = new Set([72, 88, 90]);
const form = document.querySelector("form[data-scan]");
const field = form?.elements.namedItem("document");
field?.addEventListener("input", () => {
  const zone = field.value.replace(/\s+/g, "");
  if (zone.includes("<") && WHOLE.has(zone.length)) form.requestSubmit();
});
field?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || field.value.includes("<") || !field.value.trim()) return;
  event.preventDefault();
  form.requestSubmit();
});
