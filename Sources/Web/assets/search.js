// Search as you type: an input with data-live="/address" asks it with ?q=…, or with a POST when it has data-live-post, and shows the candidates that come back as a piece of page,
// elements with role="option". Choosing one follows its data-url; or puts its data-value into the hidden field of its form that
// data-live-into names, and its data-label into the input.

const pause = 120;

class LiveSearch {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("div");
    this.list.id = `${input.id}-candidates`;
    this.list.className = "candidates";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Propositions");
    this.spoken = document.createElement("p");
    this.spoken.className = "unseen";
    this.spoken.setAttribute("role", "status");
    input.closest(".field")?.classList.add("live");
    input.after(this.list, this.spoken);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("focus", () => this.options.length && this.input.value.trim() && this.show(true));
    input.addEventListener("blur", () => this.show(false));
    // Pressing an option must not take the focus away before it is chosen.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]:not([aria-disabled])")));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]:not([aria-disabled])")];
  }

  typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    const into = this.into();
    if (into?.type === "hidden") into.value = "";
    if (this.input.value.trim().length < 2) return this.fill("");
    this.timer = setTimeout(() => this.ask(), pause);
  }

  async ask() {
    const request = (this.request = new AbortController());
    const url = new URL(this.input.dataset.live, location.href);
    const asked = { signal: request.signal, headers: { accept: "text/html" } };
    const q = this.input.value.trim();
    if ("livePost" in this.input.dataset) Object.assign(asked, { method: "POST", body: new URLSearchParams({ q, csrf: this.input.form.elements.csrf.value }) });
    else url.searchParams.set("q", q);
    try {
      const response = await fetch(url, asked);
      if (response.redirected) return location.reload();
      if (!response.ok) return this.fill("");
      const html = await response.text();
      if (request === this.request) this.fill(html);
    } catch (error) {
      if (error.name !== "AbortError") this.fill("");
    }
  }

  fill(html) {
    this.list.innerHTML = html;
    this.options.forEach((option, index) => {
      option.id ||= `${this.list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    this.active = undefined;
    this.input.removeAttribute("aria-activedescendant");
    this.show(html.trim() !== "" && document.activeElement === this.input);
    this.spoken.textContent = html.trim() === "" ? "" : this.counted(this.options.length);
  }

  counted(count) {
    if (count === 0) return "Aucune proposition";
    return count === 1 ? "1 proposition" : `${count} propositions`;
  }

  show(isShown) {
    this.list.hidden = !isShown;
    this.input.setAttribute("aria-expanded", String(isShown));
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) {
      this.show(false);
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.options.length === 0) return;
      this.show(true);
      this.move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Enter" && this.active && !this.list.hidden) {
      this.choose(this.active);
      event.preventDefault();
    }
  }

  move(step) {
    const options = this.options;
    const place = options.indexOf(this.active);
    const next = place < 0 ? (step > 0 ? 0 : options.length - 1) : (place + step + options.length) % options.length;
    this.active?.setAttribute("aria-selected", "false");
    this.active = options[next];
    this.active.setAttribute("aria-selected", "true");
    this.active.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.active.id);
  }

  choose(option) {
    if (!option) return;
    this.show(false);
    const into = this.into();
    if (into && option.dataset.value) {
      into.value = option.dataset.value;
      this.input.value = option.dataset.label ?? option.textContent.trim();
      this.input.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: option.dataset }));
    } else if (option.dataset.url) {
      location.assign(option.dataset.url);
    }
  }

  into() {
    const name = this.input.dataset.liveInto;
    return name ? this.input.form?.querySelector(`input[name="${CSS.escape(name)}"]`) : undefined;
  }
}

export function enliven(root) {
  for (const input of root.querySelectorAll("input[data-live]:not([role=combobox])")) new LiveSearch(input);
}

enliven(document);
document.addEventListener("refreshed", () => enliven(document));
