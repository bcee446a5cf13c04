// Evidence in a drawer beside the figures, keys for reviewers. Every page works without it.
"use strict";
(() => {
  const NAME = "verbale-reviewer";
  const page = document.getElementById("main");
  let drawer = null;
  let opener = null;
  let wanted = 0;

  const remembered = () => { try { return localStorage.getItem(NAME) || ""; } catch { return ""; } };
  const remember = (name) => { try { localStorage.setItem(NAME, name); } catch { /* Without storage names are typed. */ } };

  // The name of the reviewer is typed once.
  const fill = (root) => {
    for (const field of root.querySelectorAll("input[name=reviewer]")) field.value = remembered() || field.value;
  };

  const element = (name, attributes, text) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };

  // On a telephone the drawer covers the page, and the keyboard must not wander about behind it.
  const cover = (covers) => {
    for (const one of document.body.children) if (one !== drawer) one.inert = covers;
  };

  const close = () => {
    if (!drawer) return;
    wanted += 1;
    drawer.remove();
    drawer = null;
    cover(false);
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };

  const frame = (address) => {
    const made = element("section", { class: "drawer", role: "dialog", "aria-label": "Evidence", tabindex: "-1" });
    const tools = element("div", { class: "tools" });
    const shut = element("button", { type: "button" }, "Close");
    shut.addEventListener("click", close);
    tools.append(shut, element("a", { href: address, "data-whole": "" }, "Open as a page"));
    made.append(tools, element("div", { class: "inside", "aria-live": "polite" }, "Reading…"));
    return made;
  };

  const open = async (address, from) => {
    const mine = ++wanted;
    if (!drawer) opener = from;
    else drawer.remove();
    drawer = frame(address);
    document.body.append(drawer);
    cover(matchMedia("(max-width: 44rem)").matches);
    drawer.focus();
    const inside = drawer.querySelector(".inside");
    try {
      const whole = new URL(address, location.href);
      whole.searchParams.set("fragment", "1");
      const answer = await fetch(whole, { credentials: "same-origin" });
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== wanted) return;
      const found = read.querySelector(".fragment") || read.querySelector("main");
      inside.replaceChildren(...(found ? found.childNodes : [document.createTextNode("This cannot be shown here: open it as a page.")]));
      fill(inside);
    } catch {
      if (mine === wanted) inside.textContent = "The server does not answer. Is it still running?";
    }
  };

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest("a");
    if (!link || link.hasAttribute("data-whole")) return;
    if (!link.closest("[data-drawer], .drawer")) return;
    const address = link.getAttribute("href") || "";
    if (!/^\/(evidence\?|events\/)/.test(address)) return;
    event.preventDefault();
    open(address, link);
  });

  document.addEventListener("submit", (event) => {
    const name = event.target.querySelector("input[name=reviewer]");
    if (name) remember(name.value.trim());
  });

  // j and k go from event to event; in the queue a accepts and r rejects the one that is at hand.
  const all = () => [...(drawer || page).querySelectorAll(".one")];
  const at = () => all().findIndex((one) => one.classList.contains("at"));
  const go = (step) => {
    const events = all();
    if (!events.length) return;
    const old = at();
    const next = events[Math.min(Math.max(old + step, 0), events.length - 1)];
    if (old >= 0) events[old].classList.remove("at");
    next.classList.add("at");
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };
  const rule = (word) => {
    const one = all()[at()];
    const button = one && one.querySelector(`button[name=action][value=${word}]`);
    if (!button) return;
    const name = button.form.querySelector("input[name=reviewer]");
    if (name && !name.value.trim()) {
      name.dataset.meant = word;
      name.focus();
    } else button.form.requestSubmit(button);
  };
  const keys = { j: () => go(1), k: () => go(-1), a: () => rule("accept"), r: () => rule("reject") };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    // Enter after the name that a letter asked for does what the letter meant.
    const meant = event.key === "Enter" && event.target.dataset.meant;
    if (meant && event.target.form.reportValidity()) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector(`button[name=action][value=${meant}]`));
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const run = keys[event.key];
    if (run) {
      event.preventDefault();
      run();
    }
  });

  fill(document);

  // What was just ruled is read aloud, and its undo is the next stop.
  const notice = document.querySelector(".notice");
  if (notice) {
    notice.tabIndex = -1;
    notice.focus();
  }
})();
