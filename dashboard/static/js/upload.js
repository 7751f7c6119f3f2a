// upload.js sends chosen or dropped files one after the other, shows how far each is and what became of it. Without it
// the form sends them all at once and the next page shows the results.
(function () {
  'use strict';
  var form = document.querySelector('form[data-upload]');
  if (!form || !window.FormData) return;
  var input = form.querySelector('input[type="file"]');
  var drop = form.querySelector('.drop');
  var list = form.parentNode.querySelector('.upload-list');
  var said = form.parentNode.querySelector('.upload-said'); // read aloud: one sentence a file, not every percent
  var label = drop.querySelector('b');
  var rest = label.textContent;
  var queue = [], done = [], busy = false;
  form.classList.add('is-live');
  input.required = false;

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
    name.title = file.name;
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

  function add(files) {
    for (var i = 0; i < files.length; i++) queue.push(row(files[i]));
    if (!busy) next();
  }

  function next() {
    var r = queue.shift();
    if (!r) { busy = false; finish(); return; }
    busy = true;
    var body = new FormData();
    form.querySelectorAll('select').forEach(function (s) { if (s.value) body.append(s.name, s.value); });
    body.append('file', r.file, r.file.name);
    var xhr = new XMLHttpRequest();
    xhr.open('POST', form.getAttribute('data-upload'));
    xhr.upload.onprogress = function (e) {
      if (!e.lengthComputable) return;
      var p = Math.round(100 * e.loaded / e.total);
      r.bar.value = p;
      r.share.textContent = p + '%';
      r.note.textContent = p < 100 ? '正在上传' : '已上传，正在逐格核对';
    };
    xhr.upload.onload = function () { r.note.textContent = '已上传，正在逐格核对'; };
    xhr.onload = function () { show(r, xhr); next(); };
    xhr.onerror = function () { refuse(r, '网络中断，没有接收。', '请检查网络后重新上传。'); next(); };
    r.note.textContent = '正在上传';
    xhr.send(body);
  }

  function show(r, xhr) {
    var answer = null;
    try { answer = JSON.parse(xhr.responseText); } catch (e) { answer = null; }
    if (!answer) { refuse(r, '服务器没有回应（' + xhr.status + '）。', '请稍后重新上传。'); return; }
    if (xhr.status === 401) { location.href = '/signin?next=' + encodeURIComponent(location.pathname + location.search); return; }
    if (answer.error) { refuse(r, answer.error.message, answer.error.hint); return; }
    (answer.errors || []).forEach(function (e) { refuse(r, e.message, e.hint); });
    var ids = answer.submissions || [];
    r.box.textContent = '';
    (answer.files || []).forEach(function (f, i) { result(r, f, ids[i]); });
    ids.forEach(function (id) { done.push(id); });
  }

  function result(r, f, id) {
    var errors = 0, warnings = 0;
    (f.problems || []).forEach(function (p) { if (p.severity === 'error') errors++; else if (p.severity === 'warning') warnings++; });
    var a = el('a', 'result');
    a.href = '/submissions/' + encodeURIComponent(id) + location.search;
    a.target = '_self';
    var head = el('span', 'file-row'), foot = el('span', 'file-row small');
    var name = el('span', 'file-name cut', f.file);
    name.title = f.file;
    head.appendChild(name);
    var mark = f.status === 'rejected' ? ['mark mark-error', '退回改正'] :
      f.status === 'duplicate' ? ['mark mark-info', '与现行版相同'] :
      warnings ? ['mark mark-warning', '已接收'] : ['light light-green', '已接收'];
    foot.appendChild(el('span', mark[0], mark[1]));
    var detail = f.status === 'rejected' ? '错误 ' + errors + (warnings ? '、提醒 ' + warnings : '') :
      f.status === 'duplicate' ? '未重复入库' : '第 ' + f.version + ' 版，' + (warnings ? '提醒 ' + warnings : '无问题');
    foot.appendChild(el('span', 'dim', detail));
    said.textContent = f.file + ' ' + mark[1] + '，' + detail + '。';
    a.appendChild(head);
    a.appendChild(foot);
    r.box.appendChild(a);
  }

  function refuse(r, message, hint) {
    said.textContent = r.file.name + ' 没有接收：' + (message || '');
    r.bar.remove();
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
    query.set('batch', done.slice(-500).join(','));
    var a = el('a', 'btn', '看本批 ' + done.length + ' 个文件的结果');
    a.href = '/submissions/' + encodeURIComponent(done[0]) + '?' + query.toString();
    end.appendChild(a);
    list.appendChild(end);
  }

  input.addEventListener('change', function () { add(input.files); input.value = ''; });
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  ['dragenter', 'dragover'].forEach(function (kind) {
    drop.addEventListener(kind, function (e) {
      e.preventDefault();
      drop.classList.add('is-over');
      var n = e.dataTransfer.items ? e.dataTransfer.items.length : 0;
      label.textContent = n ? '松开即开始读取 ' + n + ' 个文件' : '松开即开始读取';
    });
  });
  ['dragleave', 'drop'].forEach(function (kind) {
    drop.addEventListener(kind, function (e) {
      e.preventDefault();
      drop.classList.remove('is-over');
      label.textContent = rest;
      if (kind === 'drop') add(e.dataTransfer.files);
    });
  });
  window.addEventListener('beforeunload', function (e) { if (busy) { e.preventDefault(); e.returnValue = ''; } });
})();
