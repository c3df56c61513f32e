import { expect, test } from "vitest";
import { runsOf } from "../../../src/domain/messages/formatting.ts";
import { plainTextOf, type Run } from "../../../src/protocol/runs.ts";

const bullet = (item: number, level = 1) => ({ list: { ordered: false, level, item } });
const number = (item: number, level = 1) => ({ list: { ordered: true, level, item } });
const look = (style: string): string => `<span style="${style}">x</span>`;

/** HTML, the runs that it becomes, and its plain text where that is not simply the runs' text. */
const good: [html: string, runs: Run[], plain?: string][] = [
  ["просто текст", [{ text: "просто текст" }]],
  ["<b>a</b><strong>b</strong>", [{ text: "ab", bold: true }]],
  ["<i>a</i>", [{ text: "a", italic: true }]],
  ["<u>a</u>", [{ text: "a", underline: true }]],
  ["<s>a</s><strike>b</strike>", [{ text: "ab", strike: true }]],
  [
    "<big>a</big><small>b</small>",
    [
      { text: "a", size: 1.2 },
      { text: "b", size: 0.8 },
    ],
  ],
  ["a<span>b</span>c", [{ text: "abc" }]],
  [
    "a <b>b <i>c</i></b> d",
    [{ text: "a " }, { text: "b ", bold: true }, { text: "c", bold: true, italic: true }, { text: " d" }],
  ],
  [
    "<B>a</B><I>b</I>",
    [
      { text: "a", bold: true },
      { text: "b", italic: true },
    ],
  ],
  ["<b>a", [{ text: "a", bold: true }]],
  ["a</b>b", [{ text: "ab" }]],
  ["<b><i>a</b>b</i>", [{ text: "a", bold: true, italic: true }, { text: "b" }]],
  ["1 < 2 & 3 > 2", [{ text: "1 < 2 & 3 > 2" }]],
  ["&lt;b&gt; &amp;amp; &quot;&#39; &#1046;&#x436; &copy;", [{ text: "<b> &amp; \"' Жж ©" }]],
  ["a&nbsp;b", [{ text: "a\u00a0b" }]],
  ["😀&#128512;", [{ text: "😀😀" }]],
  ["a<br>b<br/>c", [{ text: "a\nb\nc" }]],
  ["  a\n\tb  ", [{ text: "  a\n\tb  " }]],
  ["<p>a</p><p>b</p>", [{ text: "a\nb" }]],
  ["a<div>b</div>c", [{ text: "a\nb\nc" }]],
  ["<h1>a</h1><p><b>b</b></p>", [{ text: "a" }, { text: "\nb", bold: true }]],
  ['<a href="https://a.example/?b=1&amp;c=2">a</a>', [{ text: "a", link: "https://a.example/?b=1&c=2" }]],
  ["<a href='HTTP://a.example'>a</a>", [{ text: "a", link: "HTTP://a.example" }]],
  ["<a href='mailto:a@b.example'>a</a>", [{ text: "a", link: "mailto:a@b.example" }]],
  ["<a href=tel:+79000000000>a</a>", [{ text: "a", link: "tel:+79000000000" }]],
  ["<a href='https://пример.рф/ж'><b>a</b></a>", [{ text: "a", bold: true, link: "https://пример.рф/ж" }]],
  [
    "<a href='https://a.example'>a<a href='https://b.example'>b</a>",
    [
      { text: "a", link: "https://a.example" },
      { text: "b", link: "https://b.example" },
    ],
  ],
  ['<font color="red" size="5" face="Arial">a</font>', [{ text: "a", color: "red", size: 1.5, family: "Arial" }]],
  [
    "<font size='+1'>a</font><font size='-1'>b</font>",
    [
      { text: "a", size: 1.13 },
      { text: "b", size: 0.82 },
    ],
  ],
  [look("color: #f00; background-color: rgb(1, 2, 3)"), [{ text: "x", color: "#f00", background: "rgb(1, 2, 3)" }]],
  [look("font-family: 'Times New Roman', serif"), [{ text: "x", family: "'Times New Roman', serif" }]],
  [look("font-style:italic;font-weight:700"), [{ text: "x", italic: true, bold: true }]],
  [look("text-decoration: underline line-through"), [{ text: "x", underline: true, strike: true }]],
  [look("font-size:28px"), [{ text: "x", size: 2 }]],
  [look("font-size: 150%"), [{ text: "x", size: 1.5 }]],
  [look("font-size: 1.5em"), [{ text: "x", size: 1.5 }]],
  [look("font-size: x-large"), [{ text: "x", size: 1.5 }]],
  [look("font-size: 900px"), [{ text: "x", size: 3 }]],
  [look("COLOR : Red !important"), [{ text: "x", color: "Red" }]],
  ['<b style="font-weight:normal">a<b>b</b></b>', [{ text: "a" }, { text: "b", bold: true }]],
  [
    "<ul><li>a</li><li>b</li></ul>",
    [
      { text: "a", ...bullet(1) },
      { text: "b", ...bullet(2) },
    ],
    "• a\n• b",
  ],
  [
    "<ol><li>a<li>b</ol>",
    [
      { text: "a", ...number(1) },
      { text: "b", ...number(2) },
    ],
    "1. a\n2. b",
  ],
  ["до<ul><li>a</li></ul>после", [{ text: "до" }, { text: "a", ...bullet(1) }, { text: "после" }], "до\n• a\nпосле"],
  [
    "<p>до</p><ul><li>a</li></ul><p>после</p>",
    [{ text: "до" }, { text: "a", ...bullet(1) }, { text: "после" }],
    "до\n• a\nпосле",
  ],
  [
    "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>",
    [
      { text: "a\nb", ...bullet(1) },
      { text: "c", ...bullet(2) },
    ],
    "• a\nb\n• c",
  ],
  [
    "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>",
    [
      { text: "a", ...bullet(1) },
      { text: "b", ...number(1, 2) },
      { text: "c", ...bullet(2) },
    ],
    "• a\n  1. b\n• c",
  ],
  [
    "<ul>\n  <li>a\n    <ul>\n      <li>b</li>\n    </ul>\n  </li>\n</ul>",
    [
      { text: "a\n    ", ...bullet(1) },
      { text: "b", ...bullet(1, 2) },
    ],
    "• a\n    \n  • b",
  ],
  [
    "<ul><li>a</li></ul><ul><li>b</li></ul>",
    [{ text: "a", ...bullet(1) }, { text: "\n" }, { text: "b", ...bullet(1) }],
    "• a\n\n• b",
  ],
  [
    "<ul><li><b>a</b>b</li></ul>",
    [
      { text: "a", bold: true, ...bullet(1) },
      { text: "b", ...bullet(1) },
    ],
    "• ab",
  ],
  ["<ul style='color:red'><li style='color:red'>a</li></ul>", [{ text: "a", color: "red", ...bullet(1) }], "• a"],
  ["<li>a</li><li>b</li>", [{ text: "a\nb" }]],
];

test.each(good)("MSG-3 the formatting of %j survives exactly", (html, runs, plain) => {
  expect(runsOf(html)).toEqual(runs);
  expect(plainTextOf(runs)).toBe(plain ?? runs.map(({ text }) => text).join(""));
});
