import type { Model, Program } from '@strata/core';
import type { InferenceSession } from 'onnxruntime-common';
import { openProgram } from './program.js';
import type { Realm } from './realm.js';

/** A program whose calls each have the library to themselves. */
export async function openAlone(
  realm: Realm,
  model: Model,
  options: InferenceSession.SessionOptions,
): Promise<Program> {
  const program = await realm.runAlone(() => openProgram(realm, model, options));
  return {
    execute: (inputs, signal) => realm.runAlone(() => program.execute(inputs, signal)),
    release: () => realm.runAlone(async () => program.release()),
  };
}
