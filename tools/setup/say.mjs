/** What went wrong and what to do, in one line. */
export class SetupError extends Error {
  constructor(problem, hint) {
    super(hint === undefined ? problem : `${problem}; ${hint}`);
  }
}

export function say(text) {
  console.log(text);
}
