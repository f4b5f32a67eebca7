import { expect, it } from 'vitest';
import { describeAdapter, isSoftware } from '../src/backend/gpu-adapter.js';

const adapter = { vendor: 'nvidia', architecture: 'lovelace', device: '', description: '', isFallbackAdapter: false };

it('tells what belongs in a report', () => {
  expect(describeAdapter(adapter)).toEqual({ adapter: 'nvidia / lovelace', software: false });
  expect(describeAdapter({ ...adapter, description: 'NVIDIA 550' })).toMatchObject({ driver: 'NVIDIA 550' });
  expect(describeAdapter({ ...adapter, vendor: '', architecture: '' }).adapter).toBe('unnamed');
});

it('knows software by what the browser or the name says', () => {
  expect(describeAdapter({ ...adapter, isFallbackAdapter: true }).software).toBe(true);
  expect(describeAdapter({ ...adapter, description: 'SwiftShader Device' }).software).toBe(true);
  expect(['llvmpipe (LLVM 15)', 'Microsoft Basic Render Driver', 'WARP'].map(isSoftware)).toEqual([true, true, true]);
  expect(['Warpath 9', 'GeForce RTX 4090'].map(isSoftware)).toEqual([false, false]);
});
