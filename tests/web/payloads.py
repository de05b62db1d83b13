"""Words that somebody writes to do more than to be read: 500 of them, the same ones every time."""

from itertools import product

MARK = "inert"
TAGS = (
    "<script>alert('{m}')</script>",
    "<img src=x onerror=alert('{m}')>",
    "<svg onload=alert('{m}')>",
    "<b id={m}>x</b>",
    "</p></article></main><h1 id={m}>",
    "--><script>{m}</script>",
    "]]><script>{m}</script>",
    "</textarea><i id={m}>",
    "</title><script>{m}</script>",
    '"><script>{m}</script>',
    "' onmouseover='{m}",
    '" autofocus onfocus="{m}',
    "<iframe srcdoc='<script>{m}</script>'>",
    "<form action=//elsewhere.example><input name={m}>",
    "<base href=//{m}>",
    "<link rel=stylesheet href=//elsewhere.example/{m}>",
    "<style>*{{display:none}}/*{m}*/</style>",
    "<meta name={m}>",
    "<a href=javascript:{m}>x</a>",
    "<math><mtext><mglyph><style><img src={m}>",
    "<details open ontoggle={m}>",
    "<object data={m}>",
    "<embed src={m}>",
    "<template id={m}><p>",
    "<noscript><p title='</noscript><img src={m}>'>",
)
HTMX = (
    "<div hx-get=/b/x id={m}>",
    "<div hx-post=/b/x hx-trigger=load id={m}>",
    "<p hx-on::load=alert(1) id={m}>",
    "<div id=board hx-swap-oob=true>{m}</div>",
    "<div id=note-1 hx-swap-oob=delete>{m}</div>",
    "<hx-partial hx-target=body>{m}",
    "<hx-partial hx-target='#composer' hx-swap=delete>{m}</hx-partial>",
    "<div data-hx-get=/x id={m}>",
    "</hx-partial><p id={m}>",
    "<div hx-ws:connect=//elsewhere.example id={m}>",
    "<div hx-vals=js:alert(1) id={m}>",
    "<meta name=htmx-config content={m}>",
)
TEMPLATES = (
    "{{{{ 7 * 191 }}}} {m}",
    "{{% for x in ().__class__ %}}{m}{{% endfor %}}",
    "{{{{ config }}}} {m}",
    "${{7*191}} {m}",
    "#{{7*191}} {m}",
    "%(n)s %(text)s {m}",
    "%s %d {m}",
    "{{0}} {{n}} {m}",
    "{{# comment #}} {m}",
    "<%= 7*191 %> {m}",
)
FORMULAS = (
    "=1+1 {m}",
    "+1+1 {m}",
    "-1+1 {m}",
    "@SUM(1) {m}",
    "=cmd|' /C calc'!A0 {m}",
    '=HYPERLINK("http://elsewhere.example") {m}',
    "＝1+1 {m}",
    "＋1 {m}",
    "－1 {m}",
    "＠x {m}",
    "\t=1+1 {m}",
    "\r=1+1 {m}",
    " =1+1 {m}",
    'a,"b",\n=1 {m}',
    '"=1+1" {m}',
)
SCRIPTS = (
    "\u202e{m}\u202c",
    "\u2066{m}\u2069",
    "{m}\u200b\u200c\u200d",
    "Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357{m}",
    "\u0000{m}",
    "{m}\u001b[31m",
    "\ufeff{m}",
    "{m}\u2028{m}",
    "\U000e0041{m}",
    "{m}\ufe0f\u20e3",
    "\u0600{m}",
    "ا\u202eل{m}",
    "𝕿𝖊𝖝𝖙 {m}",
    "&lt;script&gt;{m}",
    "&#60;b&#62;{m}",
    "&amp;{m}",
    "\\u003cscript\\u003e{m}",
    "%3Cscript%3E{m}",
    '\\"{m}',
    "`{m}`",
)
MARKDOWN = (
    "[{m}](javascript:alert(1))",
    "![{m}](//elsewhere.example/x.png)",
    "# {m}",
    "| {m} | x |",
    "```\n{m}",
    "* {m}",
    "1. {m}",
    "> {m}",
    "<!-- {m} -->",
    "---\n{m}",
    "[{m}]: //elsewhere.example",
    "~~{m}~~ **{m}** _{m}_",
    "\\{m}",
    "<{m}@elsewhere.example>",
)
WRAPS = ("{}", "Street {}", "{} \u200d", "é{}", "{}{}", "{} ? {}")
FAMILIES = (*TAGS, *HTMX, *TEMPLATES, *FORMULAS, *SCRIPTS, *MARKDOWN)


def payloads() -> list[str]:
    """500 payloads, none longer than a note; each carries a mark of its own."""
    made = []
    for number, (wrap, payload) in enumerate(product(WRAPS, FAMILIES)):
        said = payload.format(m=f"{MARK}{number:03d}")
        made.append(wrap.replace("{}", said))
    return made[:500]
