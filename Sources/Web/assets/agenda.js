// Agendas: the line of the present moves on by itself, and pressing free time books the hour under the pointer.

const step = 15;

// The grid says where the present stood when the page was made: `at-N` counts units of five minutes.
function moveNow() {
  for (const line of document.querySelectorAll("[data-now]")) {
    line.dataset.seen ??= String(performance.now());
    const minute = Number(line.dataset.now) + (performance.now() - Number(line.dataset.seen)) / 60_000;
    const place = `at-${Math.floor(minute / 5)}`;
    if (line.classList.contains(place)) continue;
    line.classList.remove(...[...line.classList].filter((name) => name.startsWith("at-")));
    line.classList.add(place);
  }
}

moveNow();
setInterval(moveNow, 20_000);
document.addEventListener("refreshed", moveNow);

// The minute of the day under the pointer, in the free stretch; keys keep its beginning.
function minuteUnder(link, event) {
  const box = link.getBoundingClientRect();
  const start = Number(link.dataset.free);
  const classes = [...link.classList].find((name) => name.startsWith("for-"));
  const length = Number(classes?.slice(4) ?? 1) * 5;
  const inside = Math.min(Math.max((event.clientY - box.top) / box.height, 0), 0.999) * length;
  return Math.max(start, Math.floor((start + inside) / step) * step);
}

const padded = (number) => String(number).padStart(2, "0");

document.addEventListener("mousemove", (event) => {
  const link = event.target.closest?.("a.free");
  if (!link) return;
  const minute = minuteUnder(link, event);
  link.dataset.hour = `${Math.floor(minute / 60)} h${minute % 60 ? ` ${padded(minute % 60)}` : ""}`;
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.free");
  // A click made by a key has no place.
  if (!link || event.detail === 0) return;
  const minute = minuteUnder(link, event);
  const url = new URL(link.href);
  url.searchParams.set("at", `${padded(Math.floor(minute / 60))}:${padded(minute % 60)}`);
  link.href = url;
});
