// upload.js sends chosen or dropped files one after the other and shows, while each is read, the step it is at and what
// became of it. Without it the form sends them all at once and the next page shows the results.
(function () {
  'use strict';
  var form = document.querySelector('form[data-upload]');
  if (!form || !window.FormData) return;
  var inputs = Array.prototype.slice.call(form.querySelectorAll('input[type="file"]'));
  var drop = form.querySelector('.drop');
  var list = form.parentNode.querySelector('.upload-list');
  var said = form.parentNode.querySelector('.upload-said'); // read aloud: one sentence a file, not every percent
  var label = drop.querySelector('b');
  var rest = label.textContent;
  var queue = [], done = [], quarters = {}, busy = false, total = 0, finished = 0;
  var sum = el('div', 'file small');
  form.classList.add('is-live');

  function el(tag, cls, text) {
    var e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }

  function row(file) {
    var r = { file: file, box: el('div', 'file'), bar: el('progress'), note: el('span', 'small dim', '等待') };
    var head = el('span', 'file-row');
    var name = el('span', 'file-name cut', file.name);
    name.title = file.webkitRelativePath || file.name;
    r.share = el('span', 'small dim');
    head.appendChild(name);
    head.appendChild(r.share);
    r.bar.max = 100;
    r.bar.value = 0;
    r.box.appendChild(head);
    r.box.appendChild(r.bar);
    r.box.appendChild(r.note);
    list.hidden = false;
    list.appendChild(r.box);
    return r;
  }

  // A folder holds files that nobody means to send: hidden ones, and the locks of open workbooks.
  function wanted(file) { return !/^(\.|~\$)/.test(file.name); }

  function add(files) {
    for (var i = 0; i < files.length; i++) {
      if (!wanted(files[i])) continue;
      queue.push(row(files[i]));
      total++;
    }
    count();
    if (!busy) next();
  }

  function count() {
    if (total < 2) return;
    sum.textContent = finished < total ? '已处理 ' + finished + ' / ' + total + ' 个文件' : '共 ' + total + ' 个文件，全部处理完';
    if (list.firstChild !== sum) list.insertBefore(sum, list.firstChild);
  }

  function next() {
    var r = queue.shift();
    if (!r) { busy = false; finish(); return; }
    busy = true;
    var body = new FormData();
    Array.prototype.forEach.call(form.querySelectorAll('select'), function (s) { if (s.value) body.append(s.name, s.value); });
    body.append('file', r.file, r.file.name);
    var xhr = new XMLHttpRequest();
    xhr.open('POST', form.getAttribute('data-upload'));
    xhr.setRequestHeader('Accept', 'application/x-ndjson');
    xhr.upload.onprogress = function (e) {
      if (!e.lengthComputable) return;
      var p = Math.round(100 * e.loaded / e.total);
      r.bar.value = p;
      r.share.textContent = p + '%';
      r.note.textContent = p < 100 ? '正在上传' : '已上传，等待读取';
    };
    xhr.onprogress = function () { if (xhr.status === 200) lines(r, xhr.responseText); };
    xhr.onload = function () {
      if (xhr.status === 401) { again(r); return; }
      if (xhr.status === 200) lines(r, xhr.responseText); else whole(r, xhr);
      if (!r.ended) refuse(r, '服务器没有说明结果（' + xhr.status + '）。', '请在「本季度收到的文件」中核对后重新上传。');
      one();
    };
    xhr.onerror = function () { refuse(r, '网络中断，没有接收。', '请检查网络后重新上传。'); one(); };
    r.note.textContent = '正在上传';
    xhr.send(body);
  }

  function one() { finished++; count(); next(); }

  // Whole lines that came since the last look.
  function lines(r, text) {
    var end = text.lastIndexOf('\n') + 1;
    text.slice(r.seen || 0, end).split('\n').forEach(function (line) {
      if (!line) return;
      var l = JSON.parse(line);
      if (l.step) { r.note.textContent = l.step; r.share.textContent = ''; }
      if (l.result) result(r, l.result);
      if (l.error) refuse(r, l.error.message, l.error.hint);
    });
    r.seen = end;
  }

  function whole(r, xhr) {
    var answer = null;
    try { answer = JSON.parse(xhr.responseText); } catch (e) { answer = null; }
    if (answer && answer.error) refuse(r, answer.error.message, answer.error.hint);
  }

  // The session ended: the files stay chosen and go on once somebody has signed in again in another window.
  function again(r) {
    busy = false;
    queue.unshift(r);
    r.note.textContent = '';
    r.note.appendChild(el('span', 'mark mark-error', '登录已过期'));
    r.note.appendChild(document.createTextNode('　文件仍在，'));
    var a = el('a', '', '在新窗口登录');
    a.href = '/signin';
    a.target = '_blank';
    r.note.appendChild(a);
    r.note.appendChild(document.createTextNode('后 '));
    var b = el('button', 'btn btn-small', '继续上传');
    b.type = 'button';
    b.addEventListener('click', function () { if (!busy) next(); });
    r.note.appendChild(b);
  }

  var words = {
    pending: ['mark mark-wait', '待受理'], rejected: ['mark mark-error', '退回改正'], duplicate: ['mark mark-info', '与已收的相同'],
    accepted: ['light light-green', '已受理']
  };

  // A report in words is kept beside the workbooks and refused as one: it is not to be put right by the county.
  function inWords(f) {
    return f.status === 'rejected' && (f.problems || []).some(function (p) { return p.code === 'words_kept'; });
  }

  function result(r, f) {
    var errors = 0, warnings = 0;
    (f.problems || []).forEach(function (p) { if (p.severity === 'error') errors++; else if (p.severity === 'warning') warnings++; });
    if (!r.ended) { r.ended = true; r.bar.remove(); r.share.textContent = ''; }
    r.note.textContent = '';
    done.push(f.submission);
    if (f.period) quarters[f.period] = (quarters[f.period] || 0) + 1;
    var a = el('a', 'result');
    a.href = '/submissions/' + encodeURIComponent(f.submission) + location.search;
    var foot = el('span', 'file-row small');
    var mark = inWords(f) ? ['mark mark-info', '文字材料'] : words[f.status] || ['mark mark-info', f.status];
    if (f.file !== r.file.name) foot.appendChild(el('span', 'cut', f.file.split('/').pop()));
    foot.appendChild(el('span', mark[0], mark[1]));
    var detail = inWords(f) ? '另行核对' : f.status === 'rejected' ? '错误 ' + errors + (warnings ? '、提醒 ' + warnings : '') :
      f.status === 'duplicate' ? '未重复入库' : warnings ? '提醒 ' + warnings : '无问题';
    foot.appendChild(el('span', 'dim', detail));
    foot.appendChild(el('span', 'soft', '打开'));
    said.textContent = f.file + ' ' + mark[1] + '，' + detail + '。';
    a.appendChild(foot);
    r.box.insertBefore(a, r.note);
  }

  function refuse(r, message, hint) {
    r.ended = true;
    said.textContent = r.file.name + ' 没有接收：' + (message || '');
    r.bar.remove();
    r.share.textContent = '';
    r.note.className = 'small';
    r.note.textContent = '';
    r.note.appendChild(el('span', 'mark mark-error', '没有接收'));
    r.note.appendChild(document.createTextNode('　' + (message || '') + (hint || '')));
  }

  function finish() {
    var old = list.querySelector('.upload-done');
    if (old) old.remove();
    if (!done.length) return;
    var end = el('div', 'upload-done');
    var query = new URLSearchParams(location.search);
    var most = Object.keys(quarters).sort(function (x, y) { return quarters[y] - quarters[x] || (x < y ? 1 : -1); })[0];
    if (most) query.set('period', most);
    query.set('batch', done.slice(-500).join(','));
    var a = el('a', 'btn btn-main', '看本批 ' + done.length + ' 个文件的结果和各单位汇总');
    a.href = '/submissions?' + query.toString();
    end.appendChild(a);
    list.appendChild(end);
  }

  // A dropped folder is walked; reading a directory gives at most a hundred entries at a time.
  function walk(entry, found, ready) {
    if (entry.isFile) { entry.file(function (f) { found.push(f); ready(); }, ready); return; }
    var reader = entry.createReader();
    (function more() {
      reader.readEntries(function (entries) {
        if (!entries.length) { ready(); return; }
        var left = entries.length;
        entries.forEach(function (e) { walk(e, found, function () { if (--left === 0) more(); }); });
      }, ready);
    })();
  }

  function dropped(data) {
    var items = data.items ? Array.prototype.slice.call(data.items) : [];
    var entries = items.map(function (i) { return i.webkitGetAsEntry && i.webkitGetAsEntry(); }).filter(Boolean);
    if (!entries.some(function (e) { return e.isDirectory; })) { add(data.files); return; }
    var found = [], left = entries.length;
    entries.forEach(function (e) {
      walk(e, found, function () {
        if (--left) return;
        found.sort(function (x, y) { return x.name < y.name ? -1 : 1; });
        add(found);
      });
    });
  }

  inputs.forEach(function (input) {
    input.addEventListener('change', function () { add(Array.prototype.slice.call(input.files)); input.value = ''; });
  });
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  ['dragenter', 'dragover'].forEach(function (kind) {
    drop.addEventListener(kind, function (e) {
      e.preventDefault();
      drop.classList.add('is-over');
      label.textContent = '松开即开始读取';
    });
  });
  ['dragleave', 'drop'].forEach(function (kind) {
    drop.addEventListener(kind, function (e) {
      e.preventDefault();
      drop.classList.remove('is-over');
      label.textContent = rest;
      if (kind === 'drop') dropped(e.dataTransfer);
    });
  });
  window.addEventListener('beforeunload', function (e) { if (busy) { e.preventDefault(); e.returnValue = ''; } });
})();
