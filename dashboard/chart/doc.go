// Package chart turns the figures of package view into ECharts options. go-echarts builds the option; what it has no
// field for (labels at a line's end, tooltip lines, links) is added to the generic JSON afterwards. The result is data
// only: no functions, fixed ids, colours as names of tokens.css, animation off. It is drawn by static/js/chart.js.
//
// go-echarts' own rendering is never used: it writes unescaped JSON into a script and picks random ids.
package chart
