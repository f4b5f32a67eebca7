import { messageOf } from '@strata/core';
import type { ChildMessage, ChildRequest } from './check-apart.js';
import { checkDevice } from './check-device.js';
import { readPictures } from './pictures.js';
import type { DeviceResult } from './result.js';

// The process that `checkApart` starts: one request in; steps and one result out.
process.once('message', (request: ChildRequest) => {
  check(request).then((result) => tell({ result }, () => process.exit(0)));
});

async function check({ device, full, samples }: ChildRequest): Promise<DeviceResult> {
  try {
    return await checkDevice({
      device,
      full,
      samples: samples === undefined ? undefined : await readPictures(samples),
      onStep: (step) => tell({ step }),
    });
  } catch (error) {
    return { device, failure: messageOf(error) };
  }
}

function tell(message: ChildMessage, after?: () => void): void {
  process.send?.(message, () => after?.());
}
