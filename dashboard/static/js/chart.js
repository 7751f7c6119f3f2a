// chart.js draws every .chart from the JSON beside it. The server sends finished options; colours travel as token
// names ("var(--chart-1)") and are read from tokens.css here, so paper and screen need no second option.
(function () {
  'use strict';
  var css = getComputedStyle(document.documentElement);
  function token(name) { return css.getPropertyValue(name).trim(); }

  function resolve(v) {
    if (typeof v === 'string') {
      var m = /^var\((--[\w-]+)\)$/.exec(v);
      return m ? token(m[1]) : v;
    }
    if (Array.isArray(v)) return v.map(resolve);
    if (v && typeof v === 'object') {
      var out = {};
      Object.keys(v).forEach(function (k) { out[k] = resolve(v[k]); });
      return out;
    }
    return v;
  }

  function theme() {
    var font = token('--font'), px = parseInt(token('--t-12'), 10) || 12;
    var axis = {
      axisLine: { lineStyle: { color: token('--line-strong') } }, axisTick: { show: false },
      axisLabel: { color: token('--chart-axis'), fontSize: px, fontFamily: font },
      splitLine: { lineStyle: { color: token('--chart-grid') } }
    };
    return {
      color: ['--chart-1', '--chart-2', '--chart-3', '--chart-5', '--chart-6', '--chart-4'].map(token),
      textStyle: { fontFamily: font, color: token('--ink-2'), fontSize: px },
      categoryAxis: axis, valueAxis: axis, timeAxis: axis, markLine: { lineStyle: { color: token('--line') } }
    };
  }

  // An HTML tooltip breaks style-src 'self'; rich text does not. The server wrote the text of each point, n/d included.
  function tooltip(t) {
    return Object.assign({
      renderMode: 'richText', confine: true, backgroundColor: token('--panel'), borderColor: token('--line-strong'),
      borderWidth: 1, padding: [8, 12], textStyle: { color: token('--ink'), fontSize: 13, lineHeight: 20 },
      formatter: function (p) {
        p = Array.isArray(p) ? p[0] : p;
        return (p.data && p.data.tip) || (t.lines || [])[p.dataIndex] || '';
      }
    }, t);
  }

  // Paper has its own sizes (--print-w, --print-h in mm): redraw at them, at once, so that type stays 1:1.
  function mm(el, name) { return Math.round(parseFloat(getComputedStyle(el).getPropertyValue(name)) * 96 / 25.4); }

  function draw(el) {
    var data = document.getElementById(el.dataset.option);
    if (!data) return;
    var option = resolve(JSON.parse(data.textContent));
    if (option.tooltip) option.tooltip = tooltip(option.tooltip);
    var chart = echarts.init(el, 'liandu', {
      renderer: 'canvas', locale: 'ZH', devicePixelRatio: Math.max(2, window.devicePixelRatio || 1)
    });
    chart.setOption(option);
    chart.on('click', function (p) { if (p.data && p.data.href) location.href = p.data.href; });
    new ResizeObserver(function () { chart.resize(); }).observe(el);
    window.addEventListener('beforeprint', function () {
      chart.resize({ width: mm(el, '--print-w'), height: mm(el, '--print-h') });
      chart.getZr().flush();
    });
    window.addEventListener('afterprint', function () { chart.resize(); });
  }

  if (typeof echarts === 'undefined') return;
  echarts.registerTheme('liandu', theme());
  document.querySelectorAll('.chart').forEach(draw);
})();
