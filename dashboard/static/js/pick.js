// pick.js chooses all rows of a form at once and says how many are chosen. Without it every row is chosen by itself.
(function () {
  'use strict';
  Array.prototype.slice.call(document.querySelectorAll('form[data-pick]')).forEach(function (form) {
    var all = form.querySelector('.pick-all'), said = form.querySelector('[data-picked]');
    function boxes() { return Array.prototype.slice.call(form.querySelectorAll('input[name="pick"]')); }
    function tell() {
      var n = boxes().filter(function (b) { return b.checked; }).length;
      said.textContent = n ? '已选 ' + n + ' 项' : '';
      all.checked = n > 0 && n === boxes().length;
      all.indeterminate = n > 0 && n < boxes().length;
    }
    if (!boxes().length) return;
    all.hidden = false;
    all.addEventListener('change', function () {
      boxes().forEach(function (b) { b.checked = all.checked; });
      tell();
    });
    form.addEventListener('change', tell);
    tell();
  });
})();
