// Writes ../static from the pinned packages: compiled styles, fonts, scripts, licences.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static");
const modules = join(here, "node_modules");
for (const folder of ["css", "fonts", "js", "vendor"]) mkdirSync(join(out, folder), { recursive: true });

const { css } = compile(join(here, "sass", "smartborder.scss"), { style: "compressed", quietDeps: true });
if (/GDS Transport|crest|url\((?!"?\/static\/)/.test(css)) throw new Error("a foreign font, crest or address is in the styles");
writeFileSync(join(out, "css", "smartborder.css"), css + "\n");

for (const set of ["latin", "latin-ext"])
  for (const weight of [400, 700])
    copyFileSync(
      join(modules, "@fontsource/noto-sans/files", `noto-sans-${set}-${weight}-normal.woff2`),
      join(out, "fonts", `noto-sans-${set}-${weight}.woff2`),
    );

const plain = (from, to) =>
  writeFileSync(join(out, "vendor", to), readFileSync(join(modules, from), "utf8").replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "\n"));
plain("govuk-frontend/dist/govuk/govuk-frontend.min.js", "govuk-frontend.min.js");
plain("htmx.org/dist/htmx.min.js", "htmx.min.js");
plain("idiomorph/dist/idiomorph.min.js", "idiomorph.min.js");

// axe-core is for the browser tests only and never served.
const tests = join(here, "../../../../tests/browser/vendor");
mkdirSync(tests, { recursive: true });
copyFileSync(join(modules, "axe-core/axe.min.js"), join(tests, "axe.min.js"));
copyFileSync(join(modules, "axe-core/LICENSE"), join(tests, "axe-LICENSE"));
