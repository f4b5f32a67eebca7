import type { Shape, SymbolicShape } from '../tensor/shape.js';

/** No attributes. */
export type NoAttributes = Readonly<Record<never, never>>;

/** An activation that a pass has fused into the op before it. */
export type Activation = 'none' | 'relu';

/** Attributes of an op into which a pass may fuse the activation behind it. */
export interface Activated {
  readonly activation: Activation;
}

/** Attributes of an op that works along one axis. */
export interface Along {
  /** Negative counts from the end. */
  readonly axis: number;
}

/** What is known of a result's sign: `'asInputs'` is not negative where no input is. */
export type Sign = 'notNegative' | 'asInputs' | 'any';

/** When an op gives its first input back, at inference: `'ofNotNegative'` where that input cannot be negative. */
export type Identity = 'always' | 'ofOneInput' | 'ofNotNegative' | 'never';

/**
 * Whether a function that never falls, one for each channel of the inputs, may as well be applied to the op's result,
 * to the last bit: `'perChannel'` when each channel of the result comes from the same channel of the first input,
 * `'joinsChannels'` when it has the channels of the first input, then those of the second, and so on. `'no'` is always
 * safe; the others pay where the result is smaller than the inputs, or where one value takes the place of several.
 */
export type Commutes = 'perChannel' | 'joinsChannels' | 'no';

/** How many numbers meet in one weight's outputs and inputs: what the scale of first weights hangs on. */
export interface Fans {
  /** Inputs of one output. */
  readonly fanIn: number;
  /** Outputs that one input reaches. */
  readonly fanOut: number;
}

/** What a parameter is to the op that reads it. */
export interface ParameterRole<Attributes> {
  /** Its values before training: all zero, all one, or drawn at random for the fans of its shape. */
  readonly start: 'zero' | 'one' | ((attributes: Attributes, shape: Shape) => Fans);
  /** Whether training changes it. Statistics are not learned. */
  readonly learned: boolean;
}

/** `true` where the attributes have all that `Part` has. */
export type Has<Attributes, Part> = [Attributes] extends [Part] ? true : false;

/** What an op means, and what is true of it. Every field is a decision that a new op has to take. */
export interface OpSpec<Attributes> {
  /** Names of the inputs in order. */
  readonly inputs: readonly string[];
  /** `'fixed'`: all of `inputs`. The last `optional` ones may be left out; `'variadic'` takes one or more of the first. */
  readonly arity: 'fixed' | 'variadic' | { readonly optional: number };
  /** Inputs that must be parameters, by name: their values are bound at compile time, not computed. */
  readonly parameters: Readonly<Record<string, ParameterRole<Attributes>>>;
  /** Whether a relu behind it may become its attribute `activation`. */
  readonly takesActivation: Has<Attributes, Activated>;
  /** Whether its attribute `axis` is an axis. */
  readonly hasAxis: Has<Attributes, Along>;
  /** Whether each element of the result is a weighted sum over all channels (or features), so that it mixes them. */
  readonly sumsChannels: boolean;
  /** The sign of the result, a fused activation left aside. */
  sign(attributes: Attributes): Sign;
  /** When the result is the first input. */
  identity(attributes: Attributes): Identity;
  /** What may be done to channels behind the op instead of before it. */
  commutes(attributes: Attributes): Commutes;
  /** The output's shape. Throws `ShapeError` that starts with `where`. */
  inferShape(where: string, attributes: Attributes, inputs: readonly SymbolicShape[]): SymbolicShape;
  /** Multiply-adds of one call; 0 where the op has none worth counting. */
  multiplyAdds(attributes: Attributes, inputs: readonly Shape[], output: Shape): number;
}
