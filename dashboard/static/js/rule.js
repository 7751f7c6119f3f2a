// rule.js adds up the weights while they are typed; the server adds them up again.
(function () {
  'use strict';
  var sum = document.querySelector('[data-weight-sum]');
  if (!sum) return;
  var fields = Array.prototype.slice.call(document.querySelectorAll('input[data-weight]'));
  function add() {
    var total = 0;
    for (var i = 0; i < fields.length; i++) {
      var text = fields[i].value.trim();
      if (!/^\d+$/.test(text)) { sum.textContent = '有不是整数的权重'; sum.className = 'light-red'; return; }
      total += parseInt(text, 10);
    }
    sum.textContent = String(total);
    sum.className = total === 100 ? '' : 'light-red';
  }
  fields.forEach(function (f) { f.addEventListener('input', add); });
})();
