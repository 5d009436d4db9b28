// Runs before the body is drawn, so that what needs scripts folds without flicker.
new MutationObserver((_, observer) => {
  if (!document.body) return;
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  observer.disconnect();
}).observe(document.documentElement, { childList: true });
