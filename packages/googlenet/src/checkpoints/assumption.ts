/** What may have to be assumed of weights; `'network'`: that names alone say what the tensors are. */
export type AssumptionKind = 'variant' | 'network' | 'transformInput' | 'input' | 'labels' | 'preprocessing';

/** Something that neither the file nor the caller said. */
export interface Assumption {
  readonly about: AssumptionKind;
  /** What was taken to be so: `labels are class 0 … class 9`. */
  readonly text: string;
}
