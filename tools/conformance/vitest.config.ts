import { softwareVulkan } from '@strata/browser/vulkan';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The pages in Chromium take a third of the time: begun last, they would keep one worker long after the other is done. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith('/chromium.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// Two measurements of memory run at a time, each in a process of its own.
export default defineConfig({
  test: { env: softwareVulkan(), maxConcurrency: 2, maxWorkers: 2, sequence: { sequencer: LongestFirst } },
});
