import { Readable } from "node:stream";
import { askHttpBackend, readQuestion } from "./http-backend.ts";
import { startHttpServer } from "./http-server.ts";
import type { TestServer } from "./test-server.ts";

/** Serves repositories by http that have tags without end. */
export function startEndlessServer(folder: string): Promise<TestServer> {
  return startHttpServer(async (request, response) => {
    const question = await readQuestion(request);
    const { headers, status, body } = await askHttpBackend(folder, question);
    response.writeHead(status, headers);
    if (!question.body.includes("command=ls-refs")) return response.end(body);
    const tags = Readable.from(renderTags());
    response.on("close", () => tags.destroy());
    return tags.pipe(response);
  });
}

function* renderTags(): Generator<string> {
  for (let number = 0; ; number += 1000) {
    yield Array.from({ length: 1000 }, (_, index) =>
      renderLine(`${"12".repeat(20)} refs/tags/v${number + index}`),
    ).join("");
  }
}

/** Puts the length before a line, as git's protocol wants it: four digits, themselves and the newline counted. */
function renderLine(text: string): string {
  return `${(text.length + 5).toString(16).padStart(4, "0")}${text}\n`;
}
