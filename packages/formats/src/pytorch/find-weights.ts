import { WeightsError } from '@strata/core';
import { quoteFiles } from '../identify/index.js';
import { quoteName } from '../quote-name.js';
import { type Dict, describe, isDict, type Value } from './pickle/values.js';
import { saveStateDict } from './refusals.js';
import type { TensorView } from './tensor-view.js';

/** Keys under which training scripts keep a model's weights beside other things. */
const known = [
  ...(['state_dict', 'model_state_dict', 'model_state', 'model', 'module', 'net', 'net_state_dict'] as const),
  ...(['network', 'network_state_dict', 'weights', 'params', 'parameters', 'backbone'] as const),
];

/** Keys that hold tensors of something else: what optimisers, schedulers, random numbers and running means remember. */
const others = /optim|sched|scaler|\bamp\b|rng|random|loops|callbacks|grad|hook|hyper|config|args|metric|loss|history/i;

/** Containers in containers: no script has more. */
const deepest = 4;

/** What was found. */
export interface Weights {
  /** The keys that lead to it; empty where the file is nothing else. */
  readonly path: readonly string[];
  readonly views: ReadonlyMap<string, TensorView>;
}

/**
 * The weights among what a checkpoint holds. A dictionary that has one known key with tensors below it is a container, and
 * is entered; two such keys are refused, for the file does not say which is meant. Else a dictionary with tensors of its
 * own is the weights. Else the one other key with tensors is entered, where there is just one, and optimisers' are none.
 */
export function findWeights(root: Value, where: string): Weights {
  const path: string[] = [];
  let at = root;
  for (;;) {
    if (!isDict(at)) throw noWeights(describe(at), where);
    const inner = path.length < deepest ? chooseInner(at, path, where) : undefined;
    if (inner === undefined) return { path, views: viewsOf(at, where) };
    path.push(inner.key);
    at = inner.value;
  }
}

interface Member {
  readonly key: string;
  readonly value: Dict;
}

function chooseInner(dict: Dict, path: readonly string[], where: string): Member | undefined {
  const members = membersWithTensors(dict);
  const ofKnown = members.filter(({ key }) => known.some((name) => name === key));
  if (ofKnown.length === 0 && [...dict.entries.values()].some(isTensor)) return undefined;
  const choices = ofKnown.length > 0 ? ofKnown : members.filter(({ key }) => !others.test(key));
  if (choices.length < 2) return choices.at(0);
  const keys = choices.slice(0, 4).map(({ key }) => key);
  const chosen = [...path, keys[0]].map((key) => `[${quoteName(key, 40)}]`).join('');
  throw new WeightsError({
    where,
    got: `tensors under ${quoteFiles(keys)}${choices.length > keys.length ? ' and more' : ''}`,
    want: 'one set of weights',
    hint: `in Python, save one: torch.save(torch.load(file, weights_only=True)${chosen}, "weights.pth")`,
  });
}

/** The members that are dictionaries with tensors, or have such. */
function membersWithTensors(dict: Dict): Member[] {
  const having = dictsWithTensors(dict);
  const members: Member[] = [];
  for (const [key, value] of dict.entries) {
    if (typeof key === 'string' && isDict(value) && having.has(value)) members.push({ key, value });
  }
  return members;
}

/** All dictionaries from which a tensor is reached. Each is looked into once: they may hold each other, and themselves. */
function dictsWithTensors(root: Dict): ReadonlySet<Dict> {
  const holders = new Map<Dict, Dict[]>([[root, []]]);
  const found = new Set<Dict>();
  // Both maps grow while they are walked.
  for (const dict of holders.keys()) {
    for (const value of dict.entries.values()) {
      if (isTensor(value)) found.add(dict);
      if (!isDict(value)) continue;
      const known = holders.get(value);
      if (known === undefined) holders.set(value, [dict]);
      else if (known.at(-1) !== dict) known.push(dict);
    }
  }
  for (const dict of found) for (const holder of holders.get(dict) ?? []) found.add(holder);
  return found;
}

function viewsOf(dict: Dict, where: string): ReadonlyMap<string, TensorView> {
  const views = new Map<string, TensorView>();
  for (const [key, value] of dict.entries) {
    if (!isTensor(value)) continue;
    if (typeof key !== 'string') throw noWeights(`a tensor under ${describe(key)}, which is no name`, where);
    views.set(key, value.view);
  }
  if (views.size > 0 || dict.entries.size === 0) return views;
  throw noWeights('a dictionary without tensors', where);
}

function isTensor(value: Value): value is { readonly kind: 'tensor'; readonly view: TensorView } {
  return typeof value === 'object' && value !== null && value.kind === 'tensor';
}

function noWeights(got: string, where: string): WeightsError {
  return new WeightsError({ where, got, want: 'tensors by name', hint: saveStateDict });
}
