"use strict";
// Filters the cards of the page by the words that are typed. It fetches nothing and keeps
// nothing. The page stands without it: then all reports are shown and there is no field.

const search = document.querySelector("search");
const same = new Map(Object.entries(JSON.parse(search.dataset.same)));
const leftOut = new Set(search.dataset.leftOut);

// As `folded` in folding.py, with the same tables.
function folded(text) {
  const plain = text.normalize("NFKD").toLowerCase().normalize("NFKD");
  let letters = "";
  for (const character of plain) {
    if (leftOut.has(character) || /\p{M}/u.test(character)) continue;
    const kept = same.get(character) ?? character;
    letters += /[,٬\p{L}\p{N}]/u.test(kept) ? kept : " ";
  }
  letters = letters.replace(/([0-9])[,٬](?=[0-9]{3})/g, "$1").replace(/[,٬]/g, " ");
  return letters.split(/\s+/).filter(Boolean).join(" ");
}

function inDigits(number) {
  return String(number).replace(/[0-9]/g, (digit) => search.dataset.digits[digit]);
}

const field = search.querySelector("input");
const count = search.querySelector("[role=status]");
const cards = [...document.querySelectorAll("[data-words]")];
const years = [...document.querySelectorAll("main section")];

function filter() {
  const words = folded(field.value).split(" ");
  for (const card of cards) {
    card.hidden = !words.every((word) => card.dataset.words.includes(word));
  }
  for (const year of years) {
    year.hidden = !year.querySelector("[data-words]:not([hidden])");
  }
  const shown = cards.filter((card) => !card.hidden).length;
  count.textContent = shown ? count.dataset.shown.replace("#", inDigits(shown)) : count.dataset.none;
}

search.hidden = false;
field.addEventListener("input", filter);
filter();
