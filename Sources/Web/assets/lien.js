// Keys, menus and forms. Everything here makes quicker what works without it.

const typing = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const help = document.getElementById("help");
// WCAG 2.1.4: whoever speaks to their computer, or types by accident, can turn the keys off.
const stored = "lien-keys";
const keysAreOn = () => localStorage.getItem(stored) !== "off";

function press(key) {
  const targets = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const target = targets.find((one) => one.checkVisibility?.() ?? true) ?? targets[0];
  if (!target) return false;
  if (target.matches(typing)) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(typing) || document.querySelector("dialog[open]") || !keysAreOn()) return;
  if (event.key === "?" && help) {
    help.showModal();
    event.preventDefault();
  } else if (event.key.length === 1 && press(event.key)) {
    event.preventDefault();
  }
});

if (help) {
  const label = document.createElement("label");
  label.className = "tick";
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: keysAreOn() });
  box.addEventListener("change", () => localStorage.setItem(stored, box.checked ? "on" : "off"));
  label.append(box, "Utiliser ces touches");
  help.querySelector("dl").after(label);
  help.addEventListener("click", (event) => event.target === help && help.close());
  for (const button of document.querySelectorAll("[data-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
}

// An open menu closes as people expect: with Escape, or by pressing elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.account[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.account[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A form is sent once, however often its button is pressed. The button pressed keeps its name and value: it is not disabled.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // What answers with a file leaves the page where it is: it may be asked for again.
  if (form.method !== "post" || form.action.endsWith("/pdf")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});
