// ledger.js narrows a ledger while one types: rows whose text lacks a word are hidden and the count says so. The
// server filters by the same field on submit (and then the sums and the export follow), so this is only quicker.
(function () {
  'use strict';
  var ledger = document.querySelector('.ledger[data-quick]');
  if (!ledger) return;
  var field = ledger.querySelector('input[type="search"]');
  var said = ledger.querySelector('.quick-said');
  var rows = Array.prototype.slice.call(ledger.querySelectorAll('tbody tr[data-row]'));
  var texts = rows.map(function (r) { return (r.dataset.row + ' ' + r.textContent).toLowerCase(); });
  var sent = field.value.trim();

  function narrow() {
    var typed = field.value.trim();
    var words = typed.toLowerCase().split(/\s+/).filter(Boolean), n = 0;
    rows.forEach(function (r, i) {
      var hit = words.every(function (w) { return texts[i].indexOf(w) >= 0; });
      r.hidden = !hit;
      var detail = r.nextElementSibling;
      if (detail && detail.classList.contains('detail')) detail.hidden = !hit;
      if (hit) n++;
    });
    said.hidden = typed === sent;
    said.textContent = '当前行中有 ' + n + ' 行含「' + typed + '」，按回车重新筛选，合计与导出随之改变';
  }
  field.addEventListener('input', narrow);
})();
