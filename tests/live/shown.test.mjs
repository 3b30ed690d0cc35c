import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.mjs";
import { columnClass, counted, savable, summary, tooMuch } from "../../theme/live/shown.js";
import { judged, nameOf } from "../../theme/live/trouble.js";

const PAGE = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
`;

test("only a brief can be saved, and a page only with the policy that makes it inert", () => {
  assert.equal(savable("brief-04.json", '{"a": 1}'), "application/json");
  assert.equal(savable("brief.html", `${PAGE}<p>`), "text/html;charset=utf-8");
  for (const [name, text] of [
    ["brief.html", "<!DOCTYPE html><script>"], ["brief.html", ` ${PAGE}`], ["brief.json", "[1]"],
    ["brief.exe", "{"], ["../brief.json", "{"], ["other.json", "{"], ["brief.json", `{${" ".repeat(4_000_000)}`],
  ]) assert.equal(savable(name, text), undefined, name);
});

test("a column of numbers is told from one of words and one of long words", () => {
  assert.equal(columnClass(["1", "-2.5", "60,400", "1e-05", "NaN", "55%", "..."]), "");
  assert.equal(columnClass(["1", "Peru"]), "words");
  assert.equal(columnClass(["1", "a sentence that is longer than others"]), "words long");
});

test("what a cell gave is said in a few words", () => {
  assert.equal(summary([{ rows: 12, columns: 3 }]), "a table, 12 rows and 3 columns");
  assert.equal(summary([{ rows: 1, columns: 1 }]), "a table, 1 row and 1 column");
  assert.equal(summary([{ text: "42\n" }, { figure: "Coca fell" }]), "42; Coca fell");
  assert.equal(summary([{ text: "a\nb\nc\nd\n" }]), "4 lines of text");
  assert.equal(counted(2, "{count} bet", "{count} bets"), "2 bets");
});

test("a refused file is named, with the cause and whom to ask", () => {
  const js = "text/javascript; charset=utf-8";
  assert.equal(judged("live.js", 200, js), "");
  assert.equal(judged("pandas.whl", 200, "application/octet-stream"), "");
  assert.match(judged("a.wasm", 403, ""), /filter in the network, refuses a\.wasm \(403\).*\.wasm, from host\.example/);
  assert.match(judged("a.whl", 404, ""), /a\.whl is not there \(404\).*reload the page/);
  assert.match(judged("a.whl", 503, ""), /server failed/);
  assert.match(judged("a.whl", 200, "text/html"), /came a page, as filters and login pages/);
  assert.match(judged("a.js", 200, "text/plain"), /sends a\.js as text\/plain.*send \.js as text\/javascript/);
  assert.match(judged("a.mjs", 200, "application/octet-stream"), /\.mjs as text\/javascript/);
  assert.equal(nameOf("https://h/a/b.js?v=1#x"), "b.js");
});

test("markup that would freeze the page is not shown", () => {
  const table = `<table>${"<tr><td>1</td><td>2<td>3<br></tr>".repeat(5_000)}</table>`;
  assert.equal(tooMuch(table), "");
  assert.equal(tooMuch("<p>".repeat(1_000) + "<g/>".repeat(1_000)), "");
  assert.equal(tooMuch(`<figure><script type="application/json">${"<g>".repeat(1_000)}</script></figure>`), "");
  assert.match(tooMuch("<div>".repeat(200_000)), /200,000 parts inside each other/);
  assert.match(tooMuch("<b></b>".repeat(21_000)), /42,000 parts, and/);
});
