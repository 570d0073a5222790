import type { Fetcher, Outcome } from "./fetcher.ts";

/** Lets a fetcher answer every question once: a lock sees one state of each repository. */
export function rememberAnswers(fetcher: Fetcher): Fetcher {
  return {
    listRefs: remember((source) => fetcher.listRefs(source)),
    fetchTree: remember((request) => fetcher.fetchTree(request)),
  };
}

function remember<Question, Answer>(
  ask: (question: Question) => Promise<Outcome<Answer>>,
): (question: Question) => Promise<Outcome<Answer>> {
  const answers = new Map<string, Promise<Outcome<Answer>>>();
  return (question) => {
    const key = JSON.stringify(question);
    const answer = answers.get(key) ?? ask(question);
    answers.set(key, answer);
    return answer;
  };
}
