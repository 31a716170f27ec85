import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/**
 * Serves a built page, the one with the imitation in it (`npm run tour`), as the shell does: with the content security policy of `tauri.conf.json`, and with a new nonce per
 * load that stands on the inline style element and in `style-src`. Resolves with the address and how to stop.
 */
export async function serve(folder = join(ROOT, "ui/dist-tour")) {
  const { app } = JSON.parse(await readFile(join(ROOT, "tauri.conf.json"), "utf8"));
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://page").pathname);
    try {
      const file = path === "/" ? "/index.html" : path;
      let body = await readFile(join(folder, file));
      const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream" };
      if (file === "/index.html") {
        const nonce = randomBytes(16).toString("base64");
        body = body.toString().replace("<style>", `<style nonce="${nonce}">`);
        headers["content-security-policy"] = policy(app.security.csp, nonce);
      }
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

function policy(csp, nonce) {
  return Object.entries(csp)
    .map(([name, sources]) => `${name} ${sources}${name === "style-src" ? ` 'nonce-${nonce}'` : ""}`)
    .join("; ");
}
