import type { Page } from './pages.js';

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** The word behind the opening fence; empty where there is none. */
  readonly language: string;
  readonly text: string;
  /** Where the text starts in the page. */
  readonly start: number;
  /** Comments directly above the block, `<!-- key: value -->`, nearest last. */
  readonly notes: readonly Note[];
}

export interface Note {
  readonly key: string;
  readonly value: string;
}

const fence = /((?:^<!-- \w+:[\s\S]*?-->\n+)*)^```(\S*)[^\n]*\n([\s\S]*?)^```$/gm;
const note = /^<!-- (\w+):\s*([\s\S]*?)\s*-->/gm;

/** All fenced blocks of a page, in order. */
export function readBlocks({ path, text }: Page): Block[] {
  return [...text.matchAll(fence)].map(({ index, 0: whole, 1: notes = '', 2: language = '', 3: body = '' }) => ({
    page: path,
    line: text.slice(0, index + notes.length).split('\n').length,
    language,
    text: body,
    start: index + whole.length - body.length - '```'.length,
    notes: [...notes.matchAll(note)].map(([, key = '', value = '']) => ({ key, value })),
  }));
}

/** The values of a block's notes of one key. */
export function notesOf(block: Block, key: string): string[] {
  return block.notes.filter((one) => one.key === key).map(({ value }) => value);
}

/** Where a block stands, for messages. */
export function place({ page, line }: Block): string {
  return `${page}:${line}`;
}
