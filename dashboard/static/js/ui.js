// ui.js does what plain HTML cannot. Everything works, more slowly, without it.
(function () {
  'use strict';
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function typing(e) { return /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) || e.target.isContentEditable; }

  // Esc closes the open box and gives the focus back; / goes to the search field.
  document.addEventListener('keydown', function (e) {
    if (e.key === 'Escape') {
      var open = document.querySelector('details.ev[open]');
      if (open) { open.open = false; open.querySelector('summary').focus(); }
    } else if (e.key === '/' && !typing(e) && !e.ctrlKey && !e.metaKey && !e.altKey) {
      var search = document.querySelector('input[type="search"]');
      if (search) { e.preventDefault(); search.focus(); search.select(); }
    }
  });

  // One box at a time.
  document.addEventListener('click', function (e) {
    all('details.ev[open]').forEach(function (d) { if (!d.contains(e.target)) d.open = false; });
  });

  // A changed selector loads its address; an empty field stays out of it.
  function send(form) {
    all('input, select', form).forEach(function (f) { if (f.value === '') { f.disabled = true; f.setAttribute('data-on', ''); } });
    form.submit();
  }
  all('.ctx > form').forEach(function (f) { f.addEventListener('change', function () { send(f); }); });
  all('form.filters').forEach(function (f) {
    f.addEventListener('change', function (e) { if (e.target.tagName === 'SELECT') send(f); });
    f.addEventListener('submit', function (e) { e.preventDefault(); send(f); });
  });
  window.addEventListener('pageshow', function () { all('form [data-on]').forEach(function (f) { f.disabled = false; }); });

  // A form is sent once: a second click while the answer is on its way does nothing.
  document.addEventListener('submit', function (e) {
    var form = e.target, now = Date.now();
    if (e.defaultPrevented || form.method !== 'post') return;
    if (now - Number(form.getAttribute('data-sent') || 0) < 5000) { e.preventDefault(); return; }
    form.setAttribute('data-sent', String(now));
  });
  window.addEventListener('pageshow', function () { all('form[data-sent]').forEach(function (f) { f.removeAttribute('data-sent'); }); });

  // J and K go to the next and the previous row or cell: whatever is marked data-step, in the order of the page.
  function step(by) {
    var steps = all('[data-step]').filter(function (el) { return el.offsetParent !== null; });
    if (!steps.length) return;
    var at = steps.indexOf(document.activeElement);
    var next = steps[at < 0 ? (by > 0 ? 0 : steps.length - 1) : Math.min(steps.length - 1, Math.max(0, at + by))];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }
  document.addEventListener('keydown', function (e) {
    if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) return;
    var by = { j: 1, J: 1, k: -1, K: -1 }[e.key];
    if (!by) return;
    var link = document.querySelector(by > 0 ? 'a[rel="next"][data-key]' : 'a[rel="prev"][data-key]');
    if (link) { location.href = link.href; return; }
    step(by);
  });

  // The lit cell into sight, with the heads of the sheet still around it where they fit.
  var lit = document.querySelector('.sheet td.lit');
  if (lit) lit.scrollIntoView({ block: 'nearest', inline: 'nearest' });
})();
