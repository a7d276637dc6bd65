// A slot that is chosen is held for a few minutes. Who leaves the page without booking gives it back at once; without this script, it
// is free again when its time runs out.

let isSent = false;

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", () => (isSent = true));
}

addEventListener("pagehide", () => {
  const held = document.querySelector("[data-release] input[name=hold]");
  if (!held || isSent) return;
  const csrf = held.form?.querySelector("input[name=csrf]")?.value ?? "";
  navigator.sendBeacon(held.closest("[data-release]").dataset.release, new URLSearchParams({ hold: held.value, csrf }));
});
