import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const source = fileURLToPath(new URL("./service-worker.js", import.meta.url));
const publicFolder = fileURLToPath(new URL("../public", import.meta.url));
// Used now and then, and half of all the bytes.
const isLeftOut = (name: string) => /\/emoji|\.map$/.test(`/${name}`);

/** Writes sw.js with the list of the files that this build has made. */
export function serviceWorker(): Plugin {
  return {
    name: "besedka-service-worker",
    apply: "build",
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter(
        (name) => name.startsWith("assets/") && !isLeftOut(name),
      );
      const fixed = readdirSync(publicFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`.slice(publicFolder.length + 1));
      const files = ["/", ...[...built, ...fixed].sort().map((name) => `/${name}`)];
      const code = readFileSync(source, "utf8");
      const hash = createHash("sha256").update(code).update(files.join());
      for (const name of fixed) hash.update(readFileSync(`${publicFolder}/${name}`));
      const version = hash.digest("hex").slice(0, 12);
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: `const VERSION = ${JSON.stringify(version)};\nconst FILES = ${JSON.stringify(files)};\n\n${code}`,
      });
    },
  };
}
