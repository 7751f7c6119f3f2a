// paper.js breaks an official paper into sheets of A4 as the printed one has them: whole lines, whole rows, heads of
// tables again on each sheet, and a heading never alone at the foot. Without it each run of pages is one long sheet.
(function () {
  'use strict';
  function all(selector, root) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }

  // The lengths of a paragraph or table that differ from its style's, in points.
  function lengths(el) {
    function set(name, property) { var v = el.getAttribute('data-' + name); if (v) el.style[property] = v + 'pt'; }
    set('before', 'marginTop'); set('pitch', 'lineHeight'); set('size', 'fontSize'); set('right', 'paddingRight'); set('height', 'height');
    var hanging = el.getAttribute('data-hanging'), left = el.getAttribute('data-left');
    if (left || hanging) {
      el.style.paddingLeft = (left || 0) + 'pt';
      el.style.textIndent = hanging ? '-' + hanging + 'pt' : '0';
    }
  }

  function Printer(paper) { this.paper = paper; this.number = 0; }

  Printer.prototype.sheet = function (first) {
    var run = this.run, sheet = document.createElement('div'), area = document.createElement('div');
    this.number++;
    sheet.className = 'sheet-a4' + (run.classList.contains('pp-wide') ? ' pp-wide' : '') + (this.number % 2 ? ' sheet-odd' : ' sheet-even');
    area.className = 'sheet-area';
    sheet.appendChild(area);
    var mark = first && run.getAttribute('data-mark');
    if (mark) {
      var size = Number(run.getAttribute('data-mark-size')), head = document.createElement('div'), end = document.createElement('div');
      head.className = 'sheet-mark'; head.textContent = mark;
      head.style.fontSize = size + 'pt'; head.style.lineHeight = (size + 4) + 'pt';
      end.className = 'sheet-end';
      sheet.appendChild(head); sheet.appendChild(end);
      area.style.paddingTop = 'calc(29.3mm + ' + (size + 18) + 'pt - 37mm)';
    } else {
      var no = document.createElement('div');
      no.className = 'sheet-no'; no.textContent = '— ' + this.number + ' —';
      sheet.appendChild(no);
    }
    this.paper.appendChild(sheet);
    this.area = area;
  };

  Printer.prototype.full = function () { return this.area.scrollHeight > this.area.clientHeight + 1; };

  // next begins a sheet, taking along what must stay with the block that did not fit.
  Printer.prototype.next = function () {
    var old = this.area, moved = [], last = old.lastElementChild;
    while (last && last.hasAttribute('data-keep') && last !== old.firstElementChild) { moved.unshift(last); last = last.previousElementSibling; }
    this.sheet(false);
    moved.forEach(function (el) { this.area.appendChild(el); }, this);
  };

  // cut leaves on the sheet the lines of a paragraph that fit and returns the rest, or null where none fits.
  Printer.prototype.cut = function (p) {
    var limit = this.area.getBoundingClientRect().bottom + 1, walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), node, range = document.createRange();
    while ((node = walker.nextNode())) {
      range.selectNodeContents(node);
      if (range.getBoundingClientRect().bottom <= limit) continue;
      var low = 0, high = node.length - 1;
      while (low < high) {
        var mid = (low + high) >> 1;
        range.setStart(node, mid); range.setEnd(node, mid + 1);
        if (range.getBoundingClientRect().bottom > limit) high = mid; else low = mid + 1;
      }
      range.setStart(p, 0); range.setEnd(node, low);
      if (!range.toString()) return null;
      range.setStart(node, low); range.setEnd(p, p.childNodes.length);
      var rest = p.cloneNode(false);
      rest.appendChild(range.extractContents());
      rest.classList.add('pp-cont');
      p.classList.add('pp-cut');
      return rest;
    }
    return null;
  };

  Printer.prototype.line = function (p) {
    this.area.appendChild(p);
    for (var guard = 0; this.full() && guard < 200; guard++) {
      var rest = p.hasAttribute('data-keep') ? null : this.cut(p);
      if (rest) { this.next(); this.area.appendChild(rest); p = rest; continue; }
      if (p === this.area.firstElementChild) return;
      this.area.removeChild(p);
      this.next();
      this.area.appendChild(p);
    }
  };

  Printer.prototype.table = function (table) {
    var rows = all('tbody > tr', table), body = table.tBodies[0];
    rows.forEach(function (r) { body.removeChild(r); });
    this.area.appendChild(table);
    if (this.full()) { this.area.removeChild(table); this.next(); this.area.appendChild(table); }
    rows.forEach(function (row) {
      body.appendChild(row);
      if (!this.full()) return;
      if (body.rows.length === 1 && table === this.area.firstElementChild) return;
      body.removeChild(row);
      var again = table.cloneNode(true), empty = !body.rows.length;
      while (again.tBodies[0].firstChild) again.tBodies[0].removeChild(again.tBodies[0].firstChild);
      if (empty) this.area.removeChild(table);
      this.next();
      table = again; body = table.tBodies[0];
      this.area.appendChild(table);
      body.appendChild(row);
    }, this);
  };

  Printer.prototype.print = function (run) {
    this.run = run;
    if (run.hasAttribute('data-restart')) this.number = 0;
    var blocks = Array.prototype.slice.call(run.children);
    this.paper.removeChild(run);
    this.sheet(true);
    blocks.forEach(function (b) {
      if (b.tagName === 'TABLE') this.table(b);
      else if (b.classList.contains('pp-foot')) this.area.appendChild(b);
      else this.line(b);
    }, this);
  };

  all('.paper', document).forEach(function (paper) {
    all('p, table, td[data-height]', paper).forEach(lengths);
    var printer = new Printer(paper);
    all('.pp-run', paper).forEach(function (run) { printer.print(run); });
    all('[data-sheets]', document).forEach(function (el) { el.textContent = '共 ' + all('.sheet-a4', paper).length + ' 页'; });
  });
})();
