// keep.js keeps what is typed into a form marked data-keep until this window is closed: a session that ends or a lost
// connection loses no words.
(function () {
  'use strict';
  var store;
  try { store = window.sessionStorage; } catch (e) { return; }
  Array.prototype.forEach.call(document.querySelectorAll('form[data-keep]'), function (form) {
    var own = 'liandu-kept ' + location.pathname.replace(/\/decide$/, '') + ' ';
    Array.prototype.forEach.call(form.querySelectorAll('textarea'), function (field) {
      var key = own + field.name, kept = store.getItem(key);
      if (kept && !field.value) {
        field.value = kept;
        var note = document.createElement('p');
        note.className = 'hold-kept';
        note.textContent = '刚才填写的内容已保留。';
        field.parentNode.insertBefore(note, field.nextSibling);
      }
      field.addEventListener('input', function () {
        try { store.setItem(key, field.value); } catch (e) { /* full: the words stay on the page */ }
      });
    });
  });
})();
