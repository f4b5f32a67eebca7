// Mutants of core, but for its passes, that are right to survive.

const forgotten =
  'Who starts or is cancelled is forgotten in the same step, so that nobody wakes it again: the check is a second lock.';

export const explanations = [
  { file: 'backend/serial-queue.ts', code: 'if (!waiting) return;', replacement: 'false', why: forgotten },
  { file: 'backend/serial-queue.ts', code: 'waiting = false;', replacement: 'true', why: forgotten },
  {
    file: 'backend/serial-queue.ts',
    code: 'reject(signals.find(',
    replacement: 'signals.find(signal => signal.aborted).reason',
    why: 'A signal that has aborted is what calls this; the compiler cannot know.',
  },
];
