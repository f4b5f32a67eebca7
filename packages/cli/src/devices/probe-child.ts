import { type DeviceStatus, type ProbeWords, probeDevice } from './probe.js';

// The process that `probeApart` starts: one message in, one out.
process.once('message', (words: ProbeWords) => {
  probeDevice(words).then((status: DeviceStatus) => process.send?.(status, () => process.exit(0)));
});
