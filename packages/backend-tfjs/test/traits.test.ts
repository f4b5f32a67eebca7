import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { defineDevice } from '../src/define-device.js';
import { Session } from '../src/session.js';
import { testTrials } from './support/test-trials.js';

// TensorFlow's own kernels do less than tfjs defines. Its package is seldom there: the same lowerings run on another.
testTrials(
  'js with the limits of TensorFlow',
  async () => {
    const session = new Session({
      kernels: 'cpu',
      backend: new MathBackendCPU(),
      flags: { PROD: true },
      traits: {
        uploadsAtOnce: false,
        poolsPad: false,
        maxPoolGivesInfinity: false,
        convolutionsDilate: false,
        depthwiseStepsDiffer: false,
        reluTakesInfinity: false,
      },
    });
    const library = { name: '@tensorflow/tfjs-backend-cpu', version: '4.22.0' };
    const report = { device: 'js', library, software: false, convolution: 'direct' } as const;
    return defineDevice(
      { device: { session, close: () => session.close() }, report },
      { passedOver: [], notTried: [] },
    );
  },
  12,
);
