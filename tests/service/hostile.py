"""What a text, a title or a name could hold to make a browser run it; all of it is data."""

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext></p><style><img src onerror=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "<!--<img src=x onerror=alert(1)>-->",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "\u2028alert(1)\u2029",
    "'-alert(1)-'",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    '=HYPERLINK("javascript:alert(1)")',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\x1b[31mred\x1b[0m \x00 end",
)
