'use strict';
const form = document.querySelector('form.filter');
const articles = [...document.querySelectorAll('article')];
const texts = new Map(articles.map((article) => [article, article.textContent.toLowerCase()]));

function filter() {
  const levels = new Set([...form.querySelectorAll('input:checked')].map((box) => box.value));
  const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (article) =>
    levels.has(article.dataset.level) && words.every((word) => texts.get(article).includes(word));
  for (const article of articles) article.hidden = !fits(article);
  for (const tag of document.querySelectorAll('details.tag')) {
    tag.hidden = !tag.querySelector('article:not([hidden])');
    if (words.length) tag.open = true;
  }
  const shown = articles.filter((article) => !article.hidden).length;
  document.getElementById('shown').textContent = `${shown} of ${articles.length} shown`;
}

// `page.html#text=fan&level=major`: a filter that can be sent to somebody.
function read() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (wanted.has('text')) form.elements.text.value = wanted.get('text');
  if (wanted.has('level')) {
    const levels = wanted.getAll('level');
    for (const box of form.querySelectorAll('input[type=checkbox]')) box.checked = levels.includes(box.value);
  }
  filter();
}

if (form) {
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', read);
  read();
}
