// Everything works without this file. It adds the keys and the way from change to change.
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";

  let changes = [...document.querySelectorAll("[data-change]")];
  const count = document.querySelector("[data-count]");
  let at = -1;
  let strayed = true; // the reader has scrolled away from the change last visited
  const stray = (event) => { if (!event.target.closest?.("[data-go]")) strayed = true; };
  for (const kind of ["wheel", "touchmove", "pointerdown"]) addEventListener(kind, stray, { passive: true });

  const next = (step) => {
    if (!strayed) return at + step;
    const below = changes.findIndex((element) => element.getBoundingClientRect().top > innerHeight / 3);
    const ahead = below < 0 ? changes.length : below;
    return step > 0 ? ahead : ahead - 1;
  };
  const go = (step) => {
    if (!changes.length) return;
    const turn = document.querySelector(`.turn a[rel=${step > 0 ? "next" : "prev"}]`);
    if (turn && !changes[next(step)]) return turn.click();
    at = (next(step) + changes.length) % changes.length;
    strayed = false;
    const here = changes[at];
    here.closest("details:not([open])")?.setAttribute("open", "");
    here.tabIndex = -1;
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: here.offsetHeight > innerHeight * 0.7 ? "start" : "center" });
    if (count) count.textContent = count.dataset.count.replace("{n}", here.dataset.change);
  };
  document.querySelectorAll("[data-go]").forEach((button) => button.addEventListener("click", () => {
    go(button.dataset.go === "next" ? 1 : -1);
  }));

  // Older browsers cannot open the folds from the style sheet.
  const all = document.querySelector("#shown-all");
  const unfold = () => document.querySelectorAll(".fold").forEach((fold) => { fold.open = all.checked; });
  if (all && !CSS.supports("selector(::details-content)")) {
    document.querySelectorAll("[name=shown]").forEach((radio) => radio.addEventListener("change", unfold));
  }

  // What is folded is fetched when it is opened; its link leads to a page that shows it.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-rows]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.ariaBusy === "true") return;
    link.ariaBusy = "true";
    const here = changes[at];
    try {
      const answer = await fetch(link.dataset.rows);
      if (!answer.ok) throw new Error(answer.statusText);
      const rows = document.createElement("template");
      rows.innerHTML = await answer.text();
      const first = rows.content.firstElementChild;
      link.closest(".fold").replaceWith(rows.content);
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    } catch {
      location.assign(link.href);
    }
    changes = [...document.querySelectorAll("[data-change]")];
    at = changes.indexOf(here);
  });

  // A link to another page that shows a place leads there only if this page does not.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='at=']:not([data-rows])");
    if (!link || link.pathname !== location.pathname || event.ctrlKey || event.metaKey) return;
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) return;
    event.preventDefault();
    location.hash = link.hash;
  });

  // The layout that was chosen is kept in a cookie as well.
  document.querySelectorAll("[data-remember] input").forEach((radio) => radio.addEventListener("change", () => {
    document.cookie = `${radio.name}=${radio.value}; path=/; max-age=31536000; samesite=lax`;
  }));

  document.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = document.querySelector("[data-copied]").dataset.copied;
  }));

  // A long text has pages: an address with an anchor on another page leads there.
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (wanted && document.querySelector("[data-pages]") && !document.getElementById(wanted)) {
    const there = new URL(location.href);
    if (there.searchParams.get("at") !== wanted) {
      there.searchParams.delete("page");
      there.searchParams.set("at", wanted);
      location.replace(there);
    }
  }

  // On the site the choice is kept in the cookie that the server reads, so that the next page is right at once.
  const themes = [...document.querySelectorAll("[data-theme-set]")];
  themes.forEach((button) => button.addEventListener("click", (event) => {
    const theme = button.dataset.themeSet;
    root.dataset.theme = theme;
    themes.forEach((other) => { if (other.ariaPressed) other.ariaPressed = String(other === button); });
    if (!button.form) return;
    event.preventDefault();
    document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax`;
  }));

  // The redline of what is being typed, beside the field.
  const live = document.querySelector("[data-live]");
  const shownBeside = live?.querySelector("[data-shown]");
  let waiting = 0;
  let asked = 0;
  const redline = async () => {
    const number = asked += 1;
    try {
      const answer = await fetch(live.dataset.live, { method: "POST", body: new FormData(live) });
      if (answer.ok && number === asked) shownBeside.innerHTML = await answer.text();
    } catch { /* the button still shows it */ }
  };
  live?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(redline, 250);
  });
  if (live && live.querySelector("[name=text]").value) redline();

  const choose = (...ids) => ids.map((id) => document.getElementById(id))
    .filter((radio) => radio?.closest("fieldset").offsetParent)
    .forEach((radio) => radio.click());
  const press = (key, within) => {
    const found = within?.querySelector(`[data-press="${CSS.escape(key)}"]:not([aria-current])`);
    found?.click();
    return found;
  };
  // The next open paragraph has a page of its own, or stands on this one.
  const toOpen = (step) => {
    const link = document.querySelector(`a[data-open="${step > 0 ? "next" : "previous"}"]`);
    if (link) link.click();
    else if (document.querySelector("[data-opens]")) go(step);
  };
  // The screen of a room: what is read there stays in sight.
  const room = (on) => {
    const here = document.elementFromPoint(innerWidth / 2, innerHeight / 3)?.closest("main [id]:not(section)");
    if (on) root.dataset.view = "room";
    else delete root.dataset.view;
    document.cookie = `view=${on ? "room" : ""}; path=/; samesite=lax${on ? "" : "; max-age=0"}`;
    here?.scrollIntoView({ block: "center", behavior: "instant" });
  };
  document.querySelectorAll("[data-view-set]").forEach((button) => button.addEventListener("click", (event) => {
    event.preventDefault();
    room(button.dataset.viewSet === "room");
  }));
  const seek = () => {
    const field = document.querySelector("main input[type=search]");
    if (field) field.focus();
    else document.querySelector("[data-search] a")?.click();
  };
  const listed = document.querySelector("dialog.keys");
  const keys = {
    n: () => go(1),
    p: () => go(-1),
    o: () => toOpen(1),
    O: () => toOpen(-1),
    s: () => choose("broad-side", "narrow-side"),
    i: () => choose("broad-inline", "narrow-inline"),
    c: () => all ? choose(all.checked ? "shown-changes" : "shown-all") : press("c", document),
    r: () => document.querySelector("[data-view-set]") && room(!root.dataset.view),
    "/": () => seek(),
    "?": () => {
      if (!listed) document.querySelector("details.keys")?.toggleAttribute("open");
      else if (listed.open) listed.close();
      else listed.showModal();
    },
  };
  document.querySelector("[data-keys]")?.addEventListener("click", () => listed.showModal());
  const work = document.querySelector("#keys-on");
  if (work) work.checked = !/(^|; )keys=off/.test(document.cookie);
  work?.addEventListener("change", () => {
    document.cookie = `keys=${work.checked ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || work?.checked === false) return;
    if (listed?.open && event.key !== "?") return;
    if (["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " "].includes(event.key)) strayed = true;
    if (event.target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")) return;
    // What is decided about one thing comes before what moves between them.
    const here = document.activeElement.closest("[data-decide]") ?? document.querySelector("[data-decide]");
    if (here && press(event.key, here)) {
      event.preventDefault();
    } else if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();

// The import of a revision: a file is dropped, measured before it is sent, and sent with its progress.
(() => {
  const working = (form) => {
    const shown = form.querySelector("[data-sending]");
    const status = shown.querySelector("[role=status]");
    shown.hidden = false;
    status.textContent = status.dataset.working;
    shown.querySelector("progress").removeAttribute("value");
    return { shown, status, bar: shown.querySelector("progress") };
  };
  const refuse = (input, words) => {
    document.getElementById(`${input.id}-wrong`)?.remove();
    const sentence = document.createElement("p");
    Object.assign(sentence, { id: `${input.id}-wrong`, className: "wrong", role: "alert", textContent: words });
    input.after(sentence);
    input.ariaInvalid = "true";
    input.setAttribute("aria-describedby", `${sentence.id} ${input.id}-hint`);
    input.focus();
  };
  // The answer is the same page again, with what stands in the way; the file stays chosen.
  const show = (answer, files) => {
    const main = new DOMParser().parseFromString(answer, "text/html").querySelector("main");
    document.querySelector("main").replaceWith(main);
    const input = main.querySelector("input[type=file]");
    if (input) input.files = files;
    (main.querySelector("[aria-invalid]") ?? main).focus();
  };
  const send = (form, files) => {
    const { shown, status, bar } = working(form);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const megabytes = (bytes) => (bytes / 2 ** 20).toLocaleString(undefined, { maximumFractionDigits: 1 });
      bar.max = total;
      bar.value = loaded;
      status.textContent = status.dataset.sent.replace("{sent}", megabytes(loaded)).replace("{total}", megabytes(total));
    });
    request.upload.addEventListener("load", () => working(form));
    const end = () => { shown.hidden = true; form.ariaBusy = "false"; };
    request.addEventListener("load", () => {
      if (request.status === 201) return location.assign(JSON.parse(request.response).preview);
      end();
      show(request.response, files);
    });
    // Where this way fails, the browser's own remains.
    request.addEventListener("error", () => { end(); form.submit(); });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
    form.ariaBusy = "true";
  };
  let unsaved = false;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-work]")) {
      unsaved = false;
      working(form);
    }
    if (!form.matches("[data-upload]")) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    const input = form.querySelector("input[type=file]");
    if (input.files[0].size > Number(form.dataset.most)) refuse(input, form.dataset.tooLarge);
    else send(form, input.files);
  });
  document.addEventListener("input", (event) => { unsaved ||= Boolean(event.target.form?.matches("[data-work]")); });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  // Who comes back finds the page as it was left, but nothing is being sent.
  addEventListener("pageshow", () => document.querySelectorAll("[data-sending]").forEach((shown) => {
    shown.hidden = true;
    shown.closest("form").ariaBusy = "false";
  }));

  // A menu that is open closes by Escape, or when one turns elsewhere.
  const close = (from) => document.querySelectorAll(".menu[open]").forEach((menu) => {
    if (!menu.contains(from)) menu.open = false;
  });
  addEventListener("click", ({ target }) => close(target));
  addEventListener("focusin", ({ target }) => close(target));
  addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && document.querySelector(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // What of a text is agreed language, as one types it: the field says whom to ask, and what shows the answer.
  let pause;
  let asking;
  document.addEventListener("input", ({ target: field }) => {
    if (!field.matches("[data-agreed]")) return;
    clearTimeout(pause);
    pause = setTimeout(async () => {
      const shown = document.getElementById(field.dataset.agreedInto);
      const body = new FormData();
      body.set("text", field.value);
      body.set("csrf_token", field.form.elements.csrf_token.value);
      asking?.abort();
      asking = new AbortController();
      shown.ariaBusy = "true";
      try {
        const answer = await fetch(field.dataset.agreed, { method: "POST", body, signal: asking.signal });
        if (!answer.ok) return;
        shown.innerHTML = await answer.text();
        shown.closest("[hidden]")?.removeAttribute("hidden");
        shown.ariaBusy = "false";
      } catch { /* another question has followed, or the button asks without this */ }
    }, 300);
  });

  // What is searched for is shown as one types; the address follows, so that it can be kept.
  document.querySelectorAll("[data-seek]").forEach((field) => {
    const form = field.form;
    let waiting, asking;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
        asking?.abort();
        asking = new AbortController();
        const shown = document.getElementById(field.dataset.seek);
        shown.ariaBusy = "true";
        try {
          const answer = await fetch(address, { signal: asking.signal });
          if (!answer.ok) return;
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          shown.replaceChildren(...page.getElementById(field.dataset.seek).childNodes);
          history.replaceState(null, "", address);
          document.title = page.title;
          shown.ariaBusy = "false";
        } catch { /* another question has followed, or the button asks without this */ }
      }, 250);
    });
  });

  const area = (event) => event.target.closest?.("[data-drop]");
  document.addEventListener("dragover", (event) => {
    if (!area(event)) return;
    event.preventDefault();
    area(event).dataset.over = "";
  });
  document.addEventListener("dragleave", (event) => { delete area(event)?.dataset.over; });
  document.addEventListener("drop", (event) => {
    const here = area(event);
    if (!here) return;
    event.preventDefault();
    delete here.dataset.over;
    const one = new DataTransfer();
    const input = here.querySelector("input[type=file]");
    for (const file of [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1)) one.items.add(file);
    input.files = one.files;
  });

  // Many files: one after the other, so that each is reported as soon as it has been read.
  const line = (file, words) => {
    const [row, name, wrong] = ["li", "bdi", "span"].map((tag) => document.createElement(tag));
    row.className = "refused";
    name.textContent = file.name;
    Object.assign(wrong, { className: "wrong", textContent: words });
    row.append(name, " ", wrong);
    return row;
  };
  const sendOne = async (form, file) => {
    if (file.size > Number(form.dataset.most)) return [line(file, form.dataset.tooLarge)];
    const body = new FormData(form);
    body.set("file", file);
    body.set("alone", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const found = document.createElement("template");
      found.innerHTML = await answer.text();
      if (answer.ok) return [...found.content.children];
      return [line(file, found.content.querySelector("main [role=alert]")?.textContent ?? form.dataset.lost)];
    } catch {
      return [line(file, form.dataset.lost)];
    }
  };
  // Parts of the page that tell of what has been stored meanwhile.
  const renew = async (...parts) => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      for (const part of parts) document.querySelector(part)?.replaceWith(page.querySelector(part));
    } catch { /* the next visit shows it */ }
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-files]")) return;
    const input = form.querySelector("input[type=file]");
    if (input.files.length < 2) {
      if (input.files[0]?.size <= Number(form.dataset.most)) return;
      event.preventDefault();
      return refuse(input, form.dataset.tooLarge);
    }
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const [shown, status, bar] = ["[data-sending]", "[role=status]", "progress"].map((what) => form.querySelector(what));
    const reports = form.querySelector("[data-reports]");
    const files = [...input.files];
    reports.replaceChildren();
    shown.hidden = false;
    bar.max = files.length;
    for (const [number, file] of files.entries()) {
      bar.value = number;
      status.textContent = status.dataset.count.replace("{n}", number).replace("{total}", files.length);
      reports.append(...await sendOne(form, file));
    }
    bar.value = files.length;
    status.textContent = status.dataset.count.replace("{n}", files.length).replace("{total}", files.length);
    form.ariaBusy = "false";
    input.value = "";
    await renew("[data-lists]", "[data-tray]");
  });
})();
