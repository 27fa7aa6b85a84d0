"use strict";
// Search, tips and downloads of the report's pages; everything else is plain HTML. Loads nothing but search/*.js.

const onrecord = (() => {
  const PAGE = 20;
  const waiting = new Map();

  // search/*.js call this: a page opened from disk may load scripts and nothing else.
  const take = (kind, number, value) => {
    const one = waiting.get(`${kind}-${number}`);
    if (one) one.resolve(value);
  };

  const load = (kind, number) => {
    const key = `${kind}-${number}`;
    if (!waiting.has(key)) {
      const one = {};
      one.promise = new Promise((resolve, reject) => {
        one.resolve = resolve;
        const script = document.createElement("script");
        script.src = kind === "index" ? "search/index.js" : `search/${key}.js`;
        script.onerror = () => { waiting.delete(key); reject(new Error(`${script.src} cannot be read`)); };
        document.head.append(script);
      });
      waiting.set(key, one);
    }
    return waiting.get(key).promise;
  };

  // As builder/report/search.py splits the texts.
  const split = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}_]+/gu) || [];

  const shardOf = (firsts, word) => {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= word) low = middle + 1; else high = middle;
    }
    return Math.max(low - 1, 0);
  };

  // The rows that hold the word, or one that begins with it where it has three letters or more.
  const rowsWith = async (index, word, whole) => {
    const found = new Set();
    const begins = !whole && word.length > 2;
    const last = begins ? shardOf(index.firsts, word + "\uffff") : shardOf(index.firsts, word);
    for (let shard = shardOf(index.firsts, word); shard <= last && index.firsts.length; shard++) {
      for (const [one, steps] of await load("words", shard)) {
        if (one === word || (begins && one.startsWith(word))) {
          let row = 0;
          for (const step of steps) found.add(row += step);
        }
      }
    }
    return found;
  };

  const find = async (index, words, filters) => {
    const sets = [];
    for (const word of words) sets.push(await rowsWith(index, word, false));
    for (const filter of filters) sets.push(await rowsWith(index, filter, true));
    sets.sort((one, other) => one.size - other.size);
    return [...sets[0]].filter((row) => sets.every((set) => set.has(row))).sort((one, other) => one - other);
  };

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== null) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const marked = (text, words) => {
    const quote = element("blockquote", null, { dir: "auto" });
    for (const part of text.split(/([\p{L}\p{N}\p{M}_]+)/u)) {
      const hit = split(part).some((one) => words.some((word) => one === word || (word.length > 2 && one.startsWith(word))));
      quote.append(hit ? element("mark", part) : part);
    }
    return quote;
  };

  const hit = ([text, kinds, type, confidence, speakers, href, title, day], words) => {
    const item = element("li", null);
    item.append(text === null ? element("p", "not shown", { class: "withheld" }) : marked(text, words));
    const line = element("p", null);
    speakers.forEach(([name, address]) => line.append(element("a", name, { href: address }), " · "));
    line.append([...kinds, type || "own voice", `confidence ${confidence.toFixed(2)}`].join(" · "), " · ");
    line.append(element("a", title, { href }), day ? ` · ${day}` : "");
    item.append(line);
    return item;
  };

  const cell = (value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

  const save = (rows, name) => {
    const link = element("a", null, { download: `${name.replace(/[^\p{L}\p{N}]+/gu, "-")}.csv` });
    const lines = rows.map((row) => row.map((value) => cell(String(value ?? ""))).join(",") + "\n");
    link.href = URL.createObjectURL(new Blob(lines, { type: "text/csv" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const searching = (form) => {
    const [status, hits, more, saver] = ["status", "hits", "more", "save"].map((id) => document.getElementById(id));
    let found = [], words = [], shown = [], turn = 0;

    const show = async () => {
      const mine = turn;
      const index = await load("index", 0);
      const from = shown.length;
      for (const row of found.slice(from, from + PAGE)) {
        const rows = await load("rows", Math.floor(row / index.size));
        if (mine !== turn) return;
        shown.push(rows[row % index.size]);
        hits.append(hit(shown.at(-1), words));
      }
      more.hidden = shown.length === found.length;
      saver.hidden = !shown.length;
      status.textContent = `${found.length.toLocaleString("en")} found` +
        (shown.length < found.length ? `, ${shown.length} shown` : "");
    };

    const search = async () => {
      const mine = ++turn;
      words = split(form.elements.q.value);
      const filters = ["kind", "type", "in"].filter((name) => form.elements[name].value)
        .map((name) => `${name}:${form.elements[name].value}`);
      hits.replaceChildren();
      [found, shown, more.hidden, saver.hidden] = [[], [], true, true];
      if (!words.length && !filters.length) { status.textContent = "Type a word or choose a kind."; return; }
      status.textContent = "Searching …";
      try {
        const result = await find(await load("index", 0), words, filters);
        if (mine !== turn) return;
        found = result;
        await show();
      } catch (error) {
        status.textContent = `The search failed: ${error.message}. Is the folder whole?`;
      }
    };

    const asked = new URLSearchParams(location.search);
    for (const name of ["q", "kind", "type", "in"]) {
      if (asked.get(name)) form.elements[name].value = asked.get(name);
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      try { history.replaceState(null, "", `?${query}`); } catch { /* a browser may refuse it on disk */ }
      search();
    });
    form.addEventListener("change", (event) => { if (event.target.tagName === "SELECT") search(); });
    more.addEventListener("click", async () => {
      const next = shown.length;
      await show();
      hits.children[next]?.querySelector("a")?.focus();
    });
    saver.addEventListener("click", () => save(
      [["text", "kinds", "quoted", "confidence", "speakers", "article", "title", "date"],
        ...shown.map(([text, kinds, type, sure, who, href, title, day]) =>
          [text, kinds.join("; "), type, sure, who.map(([name]) => name).join("; "), href, title, day])], "search"));
    if ([...asked].length) search();
  };

  // What stands in data-tip, shown on hover and focus and gone on Escape.
  const tips = () => {
    const tip = element("div", null, { class: "tip", role: "tooltip", id: "tip" });
    tip.hidden = true;
    document.body.append(tip);
    let of = null;
    const hide = () => { tip.hidden = true; of?.removeAttribute("aria-describedby"); of = null; };
    const show = (event) => {
      const target = event.target.closest?.("[data-tip]");
      if (!target) return;
      hide();
      of = target;
      tip.textContent = target.dataset.tip;
      tip.hidden = false;
      target.setAttribute("aria-describedby", "tip");
      const place = target.getClientRects()[0];
      tip.style.left = `${Math.max(8, Math.min(place.left, innerWidth - tip.offsetWidth - 8)) + scrollX}px`;
      tip.style.top = `${place.top + scrollY - tip.offsetHeight - 4}px`;
    };
    for (const name of ["mouseover", "focusin"]) document.addEventListener(name, show);
    for (const name of ["mouseout", "focusout"]) document.addEventListener(name, hide);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  };

  const downloads = () => {
    for (const table of document.querySelectorAll("table[data-csv]")) {
      const name = table.dataset.csv;
      const button = element("button", "Download as CSV", { type: "button", "aria-label": `Download as CSV: ${name}`, class: "csv" });
      button.addEventListener("click", () => save(
        [...table.rows].map((row) => [...row.cells].filter((one) => !one.matches(".drawn, thead td")).map((one) => one.innerText.trim())), name));
      (table.closest(".scroll") || table).after(button);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("search");
    if (form) searching(form);
    tips();
    downloads();
  });
  return { take };
})();
