// A page that listens: <body data-events="/address"> opens a stream; each event "changed" fetches the page again and puts the new #live
// in place of the old one, with focus and scrolling where they were. While a tab is hidden it does not listen: it looks when shown.

const address = document.body.dataset.events;
// One that only looks again, every so many seconds.
const seconds = Number(document.body.dataset.refreshed ?? 0);
let source;
let isFetching = false;
let isStale = false;

function listen() {
  if (!address || source || document.hidden) return;
  source = new EventSource(address);
  let wasLost = false;
  source.addEventListener("changed", refresh);
  source.addEventListener("error", () => {
    wasLost = true;
    // The browser comes back by itself unless the server refused: then we do, later.
    if (source?.readyState === EventSource.CLOSED) {
      source = undefined;
      setTimeout(listen, 10_000);
    }
  });
  // What happened while the line was cut was told to nobody.
  source.addEventListener("open", () => wasLost && ((wasLost = false), refresh()));
}

function stop() {
  source?.close();
  source = undefined;
}

async function refresh() {
  if (isFetching) return void (isStale = true);
  isFetching = true;
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    if (response.redirected) return location.reload();
    if (response.ok) replace(parsed(await response.text()));
  } catch {
    // The line is cut: the stream's return refreshes.
  } finally {
    isFetching = false;
    if (isStale) {
      isStale = false;
      refresh();
    }
  }
}

// The new page's style block carries its own request's nonce: parsed under ours, it would be reported as a violation.
function parsed(html) {
  return new DOMParser().parseFromString(html.replace(/<style[^>]*>[^<]*<\/style>/, ""), "text/html");
}

function replace(page) {
  const old = document.getElementById("live");
  const fresh = page.getElementById("live");
  if (!old || !fresh || old.innerHTML === fresh.innerHTML) return;
  if (isBeingFilled(old)) return offer();
  // What is under the hand stays there until it is let go.
  if (old.querySelector(".dragged, :active")) return void setTimeout(refresh, 500);
  const focus = pathTo(document.activeElement, old);
  const scrolled = [...old.querySelectorAll("[id]")].filter((one) => one.scrollTop || one.scrollLeft);
  const places = scrolled.map((one) => [one.id, one.scrollTop, one.scrollLeft]);
  const top = [scrollX, scrollY];
  old.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  for (const [id, y, x] of places) document.getElementById(id)?.scrollTo(x, y);
  scrollTo(...top);
  if (focus) old.querySelector(focus)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("refreshed"));
}

// What someone is typing is never taken away.
function isBeingFilled(root) {
  return [...root.querySelectorAll("input, textarea, select")].some((one) => {
    if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
    if (one.tagName === "SELECT") return one.selectedIndex > 0 && !one.selectedOptions[0]?.defaultSelected;
    return one.type !== "hidden" && one.value !== one.defaultValue;
  }) || root.contains(document.querySelector("dialog[open]"));
}

function offer() {
  const notice = document.getElementById("notice");
  if (!notice || notice.querySelector("[data-refresh]")) return;
  const line = document.createElement("p");
  line.className = "notice warn row";
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Actualiser la page" });
  button.dataset.refresh = "yes";
  button.addEventListener("click", () => location.reload());
  line.append("Cette page a changé entre-temps. ", button);
  notice.append(line);
}

function pathTo(element, root) {
  if (!element || element === root || !root.contains(element)) return undefined;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const href = element.getAttribute("href");
  return href ? `a[href="${CSS.escape(href)}"]` : undefined;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return stop();
  if (address || seconds) refresh();
  listen();
});
addEventListener("pagehide", stop);
addEventListener("pageshow", listen);
listen();
if (seconds) setInterval(() => document.hidden || refresh(), seconds * 1000);
