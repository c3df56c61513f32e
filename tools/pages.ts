import { mkdirSync, writeFileSync } from "node:fs";

mkdirSync("dist/web/api", { recursive: true });
writeFileSync("dist/web/api/index.html", "<!doctype html>");
