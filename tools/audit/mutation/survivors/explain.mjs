/** One reason for the mutants of a file on lines that hold any of `codes`. */
export function explain(file, why, codes) {
  return codes.map((code) => ({ file, code, why }));
}
