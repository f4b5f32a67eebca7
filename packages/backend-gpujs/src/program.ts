import type { Model, Program, Shape, Tensor } from '@strata/core';
import { type CompiledPlan, compilePlan, type PipelineContext } from './pipeline.js';
import { type DerivedArrays, writePlan } from './plan.js';

/** Plans kept at a time: each holds its own buffers on the device for one set of input shapes. */
const KEPT_PLANS = 4;

/** A model on a device: one plan for each set of input shapes, the least recently used given up first. */
export function createProgram(model: Model, context: PipelineContext): Program {
  const derived: DerivedArrays = new Map();
  const plans = new Map<string, CompiledPlan>();

  async function planFor(inputs: Readonly<Record<string, Tensor>>): Promise<CompiledPlan> {
    const shapes: Record<string, Shape> = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape }]) => [name, shape]),
    );
    const key = JSON.stringify(shapes);
    const plan = plans.get(key) ?? compilePlan(writePlan(model, shapes, context.traits, derived), context);
    plans.delete(key);
    plans.set(key, plan);
    const [oldest] = plans;
    if (plans.size > KEPT_PLANS && oldest !== undefined) {
      const [oldKey, old] = oldest;
      plans.delete(oldKey);
      await old.release();
    }
    return plan;
  }

  return {
    execute: async (inputs) => {
      const plan = await planFor(inputs);
      return plan.run(inputs);
    },
    release: async () => {
      await Promise.all([...plans.values()].map((plan) => plan.release()));
      plans.clear();
    },
  };
}
