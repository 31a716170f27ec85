import type { Plugin } from "vite";
import type { Message } from "./src/words/message";
import { read } from "./src/words/read";

const ROOM = /\/src\/words\/en\/\w+\.ts$/;
const PARSER = /\/node_modules\/@formatjs\//;

/** Reads the messages at build time, so that their parser stays out of the page. One that cannot be read stops the build. */
export function wordsReadAtBuild(): Plugin {
  return {
    name: "words-read-at-build",
    apply: "build",
    enforce: "post",
    transform(code, id) {
      if (PARSER.test(id)) return { code, map: null, moduleSideEffects: false };
      if (!ROOM.test(id)) return null;
      const [, name] = code.match(/export const (\w+) =/) ?? [];
      if (name === undefined) this.error(`${id} does not export its words`);
      const words: Record<string, string> = new Function(code.replace(`export const ${name} =`, "return"))();
      const messages: Record<string, Message> = {};
      for (const [key, source] of Object.entries(words)) {
        try {
          messages[key] = read(source);
        } catch (problem) {
          this.error(`${key}: ${String(problem)}`);
        }
      }
      return { code: `export const ${name} = ${JSON.stringify(messages)};`, map: null };
    },
  };
}
