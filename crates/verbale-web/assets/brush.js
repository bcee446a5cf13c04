// A span of months chosen on the timeline, by dragging or by keys. The form of the page does the same without it.
"use strict";
(() => {
  const figure = document.querySelector("#timeline figure");
  if (!figure || !document.querySelector("form.asks")) return;
  const DAY = 86400000;
  const NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  // The first month and the last one of the span, counted from the year 0; the first is where it was begun.
  let span = null;
  let pressed = null;

  const chart = () => [...figure.querySelectorAll("svg.chart")].find((svg) => svg.getClientRects().length);
  const measure = () => {
    const rect = chart().querySelector(".extent");
    const number = (name) => Number(rect.getAttribute(name));
    return { x: number("x"), width: number("width"), height: number("height"), first: number("data-first"), last: number("data-last") };
  };
  const monthOf = (day) => {
    const date = new Date(day * DAY);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const dayOf = (month) => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
  const within = (month) => {
    const { first, last } = measure();
    return Math.min(Math.max(month, monthOf(first)), monthOf(last));
  };
  const monthAt = (event) => {
    const box = chart().getBoundingClientRect();
    const { x, width, first, last } = measure();
    const units = (event.clientX - box.left) * chart().viewBox.baseVal.width / box.width;
    return within(monthOf(first + Math.min(Math.max((units - x) / width, 0), 1) * (last - first)));
  };
  const ends = () => [Math.min(...span), Math.max(...span)];
  const code = (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String(month % 12 + 1).padStart(2, "0")}`;
  const words = (month) => `${NAMES[month % 12]} ${Math.floor(month / 12)}`;

  const tools = document.createElement("div");
  tools.className = "span";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Choose a span of time";
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");
  const hint = "Drag over the chart, or press Shift and an arrow key.";
  said.textContent = hint;
  tools.append(button, said);
  figure.querySelector("figcaption").before(tools);

  const draw = () => {
    for (const old of figure.querySelectorAll(".brush")) old.remove();
    if (!span) return;
    const { x, width, height, first, last } = measure();
    const place = (day) => x + Math.min(Math.max((day - first) / (last - first), 0), 1) * width;
    const [from, to] = ends();
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const [left, right] = [place(dayOf(from)), place(dayOf(to + 1))];
    for (const [name, value] of Object.entries({ class: "brush", x: left, y: 0, width: Math.max(right - left, 2), height }))
      rect.setAttribute(name, value);
    chart().append(rect);
    said.textContent = `${from === to ? words(from) : `${words(from)} to ${words(to)}`}. Enter shows it alone, Escape lets go of it.`;
  };
  const choose = (begun, end) => {
    span = [within(begun), within(end)];
    draw();
  };
  const cancel = () => {
    if (!span && !pressed) return false;
    span = null;
    pressed = null;
    draw();
    said.textContent = hint;
    return true;
  };
  const show = () => {
    const [from, to] = ends();
    said.textContent = `Reading ${words(from)} to ${words(to)}…`;
    const address = new URL(location.href);
    address.searchParams.set("from", code(from));
    address.searchParams.set("to", code(to));
    address.searchParams.delete("ruled");
    address.hash = "timeline";
    location.assign(address);
  };
  const middle = () => {
    const { first, last } = measure();
    return monthOf((first + last) / 2);
  };

  button.addEventListener("click", () => {
    if (span) show();
    else choose(middle(), middle());
  });
  figure.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && (span || event.shiftKey || event.target === button)) {
      event.preventDefault();
      if (!span) choose(middle(), middle());
      else if (event.shiftKey) choose(span[0], span[1] + step);
      else choose(span[1] + step, span[1] + step);
    } else if (event.key === "Enter" && span) {
      event.preventDefault();
      show();
    } else if (event.key === "Escape" && cancel()) {
      event.stopPropagation();
    }
  });

  // A press is a click until it moves; a mark that is pressed stays a link.
  figure.addEventListener("dragstart", (event) => event.preventDefault());
  figure.addEventListener("pointerdown", (event) => {
    if (event.button || !event.target.closest("svg.chart")) return;
    pressed = { at: event.clientX, month: monthAt(event), moved: false };
  });
  addEventListener("pointermove", (event) => {
    if (!pressed || (!pressed.moved && Math.abs(event.clientX - pressed.at) < 6)) return;
    pressed.moved = true;
    event.preventDefault();
    choose(pressed.month, monthAt(event));
  });
  addEventListener("pointerup", () => {
    const moved = pressed && pressed.moved;
    pressed = null;
    if (moved && span) show();
  });
  addEventListener("pointercancel", cancel);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") cancel();
  });
  figure.addEventListener("click", (event) => {
    if (span && event.target.closest("svg.chart")) event.preventDefault();
  }, true);
})();
