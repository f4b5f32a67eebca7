// Why a mutant that no trial notices is right to survive. An explanation is for the mutants of `file` on lines that hold
// `code`, all of them or those with this `replacement`; the first that fits counts.
// Core's passes, each backend and each other package have a file of their own in this folder.
import { readdirSync } from 'node:fs';

const names = readdirSync(import.meta.dirname).map((name) => name.replace('.mjs', ''));
const told = names.filter((name) => !['explain', 'index'].includes(name)).sort();
const modules = await Promise.all(told.map((name) => import(`./${name}.mjs`)));

export const explanations = modules.flatMap((module) => module.explanations);
