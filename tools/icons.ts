import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser } from "./browser.ts";
import { root } from "./build.ts";

/** Draws the icons of the installed site out of `web/public/icon.svg`: `npx node tools/icons.ts`. */
const folder = join(root, "web/public");
const drawing = readFileSync(join(folder, "icon.svg"), "utf8");
/** A system cuts its own shape out of a maskable icon: colour to the edge, the sign in the middle. */
const maskable = drawing
  .replace('rx="8"', "")
  .replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40" style="background:#3355cc"');

const browser = await openBrowser();
for (const [name, svg, size] of [
  ["icon-192.png", drawing, 192],
  ["icon-512.png", drawing, 512],
  ["icon-maskable.png", maskable, 512],
  ["icon-touch.png", maskable, 180],
] as const) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;inline-size:100vw;block-size:100vh}</style>${svg}`);
  await page.screenshot({ path: join(folder, name), omitBackground: true });
  await page.close();
}
await browser.close();
