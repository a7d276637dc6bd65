// A screen that looks things up while it is filled: an element with data-refreshes="id id" sends the whole form to the address of the
// nearest data-refresh, and puts the parts of the page that comes back in place of those with the same ids. What was typed elsewhere
// is not touched. Without this script, the buttons of class "unscripted" do the same for the whole page.
// Where data-refresh-typing="name name" says so, it is done while one types in the fields whose names begin so, and in no other: it
// only tells, and whatever happens to it the form stays as it is.

const pause = 120;
let pending;
let timer;

for (const area of document.querySelectorAll("[data-refresh]")) {
  area.addEventListener("change", (event) => started(area, event.target));
  area.addEventListener("input", (event) => (event.target.type === "search" || onlyTells(area)) && later(area, event.target));
  area.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-refreshes]");
    if (button) {
      event.preventDefault();
      refresh(area, button, button);
    }
  });
  area.addEventListener("keydown", (event) => {
    // Enter in the search looks for the person; it does not book.
    if (event.key === "Enter" && event.target.type === "search") {
      event.preventDefault();
      started(area, event.target);
    }
  });
}

function later(area, field) {
  clearTimeout(timer);
  timer = setTimeout(() => started(area, field), onlyTells(area) ? 3 * pause : pause);
}

function onlyTells(area) {
  return "refreshTyping" in area.dataset;
}

function started(area, field) {
  clearTimeout(timer);
  if (onlyTells(area) && !area.dataset.refreshTyping.split(" ").some((name) => field.name.startsWith(name))) return;
  const trigger = field.closest("[data-refreshes]") ?? (field.form && ["site", "agent", "from", "part"].includes(field.name) ? area.querySelector("[name=reason]") : undefined);
  if (trigger) refresh(area, trigger);
}

async function refresh(area, trigger, button) {
  pending?.abort();
  const request = (pending = new AbortController());
  const form = area.closest("form");
  const body = new URLSearchParams(new FormData(form, button));
  const ids = trigger.dataset.refreshes.split(" ");
  for (const id of ids) document.getElementById(id)?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(area.dataset.refresh, { method: "POST", body, signal: request.signal, headers: { accept: "text/html" } });
    if (onlyTells(area) && (response.redirected || !response.ok)) return settle(ids);
    if (response.redirected) return location.reload();
    if (!response.ok) return form.requestSubmit(button);
    const page = parsed(await response.text());
    // Pressing a result makes the search lose the focus, and so look again: nothing goes away between a button's down and its up.
    while (document.querySelector("body :active")) await new Promise((done) => setTimeout(done, pause));
    if (request.signal.aborted) return;
    for (const id of ids) replace(document.getElementById(id), page.getElementById(id));
  } catch (error) {
    if (error.name !== "AbortError") settle(ids);
  }
}

function settle(ids) {
  for (const id of ids) document.getElementById(id)?.removeAttribute("aria-busy");
}

// The new page's style block carries its own request's nonce: parsed under ours, it would be reported as a violation.
function parsed(html) {
  return new DOMParser().parseFromString(html.replace(/<style[^>]*>[^<]*<\/style>/, ""), "text/html");
}

function replace(old, fresh) {
  if (!old || !fresh) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : undefined;
  // What was unfolded by hand stays so.
  for (const details of old.querySelectorAll("details[open][id]")) fresh.querySelector(`#${details.id}`)?.setAttribute("open", "");
  old.replaceWith(fresh);
  if (focused) (document.getElementById(focused) ?? fresh.querySelector("input:not([type=hidden]), button"))?.focus();
}
