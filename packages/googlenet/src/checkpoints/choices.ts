import type { Shape } from '@strata/core';

/** What a caller chooses where a file may say otherwise, or nothing. */
export interface CheckpointChoices {
  /** torchvision's `transform_input`; what the file says by default, else off. */
  readonly transformInput?: boolean | undefined;
  /** Whether the auxiliary heads are read. */
  readonly auxiliary?: boolean | undefined;
  /** [channels, height, width] that pictures are brought to; what the file says by default, else the variant's. */
  readonly input?: Shape | undefined;
}
