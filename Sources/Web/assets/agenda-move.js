// Moving and stretching what stands in an agenda: dragged, or shifted with the arrows from a small dialog that `d` opens. The server
// decides: a refusal puts the thing back where it was, and says why.

const unit = 5;
const step = 15;
const day = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
let dragged;

const hour = (minute) => `${Math.floor(minute / 60)} h${minute % 60 ? ` ${String(minute % 60).padStart(2, "0")}` : ""}`;
const clock = (minute) => `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const sentence = ({ date, from, to }) => `${day.format(new Date(date))}, de ${hour(from)} à ${hour(to)}`;

// Where something stands: day, agent, minutes since midnight.
function placeOf(one) {
  const { date, agent, from, to } = one.dataset;
  return { date, agent, from: Number(from), to: Number(to) };
}

const isSame = (one, other) => ["date", "agent", "from", "to"].every((name) => one[name] === other[name]);

function later(date, days) {
  const moved = new Date(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

// The block of the grid for something that may stand in a list too.
const blockOf = (one) => (one.closest(".lane") ? one : document.querySelector(`.lane [data-move="${CSS.escape(one.dataset.move)}"]`));

function laneAt(place) {
  const named = `.lane[data-date="${CSS.escape(place.date)}"][data-agent="${CSS.escape(place.agent)}"]`;
  return document.querySelector(named);
}

// Drawn where it would be; what lies outside what is shown stays where it is until the server has answered.
function draw(block, place) {
  const lane = block && laneAt(place);
  if (!lane) return;
  const body = block.dataset.body ? block.closest(".lane").querySelector(`#${CSS.escape(block.dataset.body)}`) : undefined;
  for (const one of body ? [block, body] : [block]) {
    one.classList.remove(...[...one.classList].filter((name) => /^(at|for)-/.test(name)));
    one.classList.add(`at-${Math.round((place.from - Number(lane.dataset.first)) / unit)}`, `for-${Math.round((place.to - place.from) / unit)}`);
    if (one.parentElement !== lane) lane.append(one);
  }
}

function kept(block) {
  const body = block?.dataset.body ? document.getElementById(block.dataset.body) : undefined;
  const before = [block, body].filter(Boolean).map((one) => [one, one.className, one.parentElement, one.nextSibling]);
  return () => {
    for (const [one, classes, parent, next] of before) {
      one.className = classes;
      parent.insertBefore(one, next?.parentElement === parent ? next : null);
    }
  };
}

function say(text, tone) {
  const notice = document.getElementById("notice");
  const line = document.createElement("p");
  line.className = `notice ${tone}`;
  line.textContent = text;
  notice?.replaceChildren(line);
  notice?.scrollIntoView({ block: "nearest" });
}

async function send(one, place, putBack) {
  const before = placeOf(one);
  if (isSame(before, place)) return putBack();
  const body = new URLSearchParams({
    csrf: document.querySelector("input[name=csrf]")?.value ?? "", agent: place.agent, date: place.date, from: clock(place.from),
    to: clock(place.to), day: before.date, was_from: clock(before.from), was_to: clock(before.to), version: one.dataset.version ?? "",
    back: location.pathname + location.search,
  });
  one.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(one.dataset.move, { method: "POST", body, headers: { accept: "application/json" } });
    if (response.ok) return show(await response.text(), one.dataset.move);
    const problem = await response.json().catch(() => ({}));
    putBack();
    say(Object.values(problem.fields ?? {})[0] ?? problem.detail ?? "Rien n’a été déplacé. Rechargez la page et réessayez.", "alert");
  } catch {
    putBack();
    say("La ligne est coupée : rien n’a été déplacé. Réessayez dans un instant.", "alert");
  } finally {
    one.removeAttribute("aria-busy");
  }
}

// The page comes back as it is now; the focus stays on what moved. Its style block carries another request's nonce.
function show(html, move) {
  const page = new DOMParser().parseFromString(html.replace(/<style[^>]*>[^<]*<\/style>/, ""), "text/html");
  const live = page.getElementById("live");
  if (!live) return location.reload();
  document.getElementById("live").replaceChildren(...live.childNodes);
  document.getElementById("notice").replaceChildren(...(page.getElementById("notice")?.childNodes ?? []));
  const found = [...document.querySelectorAll(`[data-move="${CSS.escape(move)}"]`)];
  (found.find((one) => one.checkVisibility() && one.tabIndex >= 0) ?? found[0])?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("refreshed"));
}

// Dragging: with a mouse or a pen; a finger scrolls.
document.addEventListener("pointerdown", (event) => {
  const one = event.target.closest?.(".lane [data-move]");
  if (!one || event.button !== 0 || event.pointerType === "touch") return;
  const lane = one.closest(".lane");
  const box = one.getBoundingClientRect();
  const from = Number(one.dataset.from), to = Number(one.dataset.to);
  const scale = box.height / Math.max(to - from, unit);
  const isStretched = box.bottom - event.clientY < Math.min(9, box.height / 3);
  dragged = { one, lane, isStretched, scale, y: event.clientY, x: event.clientX, place: placeOf(one), putBack: kept(one), moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const { one, isStretched, scale, x, y } = dragged;
  // The page was refreshed under it.
  if (!one.isConnected) return void (dragged = undefined);
  if (!dragged.moved && Math.hypot(event.clientX - x, event.clientY - y) < 5) return;
  dragged.moved = true;
  one.classList.add("dragged");
  const start = placeOf(one);
  const shift = Math.round((event.clientY - y) / scale / unit) * unit;
  if (isStretched) {
    dragged.place = { ...start, to: Math.min(Math.max(start.to + shift, start.from + unit), 1440) };
  } else {
    const lane = document.elementsFromPoint(event.clientX, event.clientY).find((other) => other.matches(".lane[data-date]"));
    const mayChangeAgent = !("body" in one.dataset);
    const place = lane && (mayChangeAgent || lane.dataset.agent === start.agent) ? lane.dataset : start;
    const length = start.to - start.from;
    const from = Math.min(Math.max(start.from + shift, 0), 1440 - length);
    dragged.place = { date: place.date, agent: place.agent, from, to: from + length };
  }
  draw(one, dragged.place);
  event.preventDefault();
});

document.addEventListener("pointerup", () => {
  if (!dragged) return;
  const { one, moved, place, putBack } = dragged;
  dragged = undefined;
  one.classList.remove("dragged");
  if (!moved) return;
  // The press that ends a drag follows no link.
  addEventListener("click", (event) => (event.preventDefault(), event.stopPropagation()), { capture: true, once: true });
  setTimeout(() => send(one, place, putBack));
});

function giveUp() {
  if (!dragged) return;
  dragged.one.classList.remove("dragged");
  dragged.putBack();
  dragged = undefined;
}

document.addEventListener("pointercancel", giveUp);
document.addEventListener("dragstart", (event) => event.target.closest?.("[data-move]") && event.preventDefault());

// By keyboard: `d` on something opens the dialog, where arrows shift it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") giveUp();
  if (event.key !== "d" || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("lien-keys") === "off") return;
  const one = document.activeElement?.closest?.("[data-move]");
  if (!one || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  ask(one);
});

function ask(one) {
  const block = blockOf(one);
  const putBack = kept(block);
  let place = placeOf(one);
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "moving-title");
  dialog.innerHTML = `<h2 id="moving-title"></h2><p role="status"></p><p class="soft">Flèches haut et bas : ${step} minutes. Flèches gauche
    et droite : un jour. Majuscule avec haut ou bas : la durée. Entrée confirme, Échap renonce.</p>
    <form method="dialog" class="row"><button class="main" value="move" autofocus>Déplacer</button><button value="">Renoncer</button></form>`;
  dialog.querySelector("h2").textContent = `Déplacer : ${one.dataset.name}`;
  const tell = () => (dialog.querySelector("[role=status]").textContent = sentence(place));
  dialog.addEventListener("keydown", (event) => {
    const shifted = shift(place, event);
    if (!shifted) return;
    event.preventDefault();
    place = shifted;
    draw(block, place);
    tell();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "move") return send(one, place, putBack);
    putBack();
    one.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  tell();
}

// Where an arrow leads; nothing for another key.
function shift(place, { key, shiftKey }) {
  const { date, from, to } = place;
  const minutes = { ArrowUp: -step, ArrowDown: step }[key];
  const days = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (days) return { ...place, date: later(date, days) };
  if (!minutes) return undefined;
  if (shiftKey) return { ...place, to: Math.min(Math.max(to + minutes, from + unit), 1440) };
  return from + minutes < 0 || to + minutes > 1440 ? place : { ...place, from: from + minutes, to: to + minutes };
}
