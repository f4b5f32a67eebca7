import { describe, expect, it } from 'vitest';
import { spawnStrata, strata } from './support/strata.js';

describe('strata summary', () => {
  it("counts the seed network's costs as its document does", async () => {
    const { code, stdout, stderr } = await strata('summary', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { layers, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ variant: 'seed', parameters: 5_977_530, multiplyAdds: 1_502_982_144 });
    expect(layers).toContainEqual({
      name: 'pool3',
      op: 'maxPool2d',
      outputShape: [1, 480, 14, 14],
      parameters: 0,
      multiplyAdds: 0,
    });
    expect(layers.at(-1)).toEqual({
      name: 'fc',
      op: 'linear',
      outputShape: [1, 10],
      parameters: 10_250,
      multiplyAdds: 10_240,
    });
    const total = (key: string) =>
      layers.reduce((sum: number, layer: Record<string, number>) => sum + (layer[key] ?? 0), 0);
    expect([total('parameters'), total('multiplyAdds')]).toEqual([5_977_530, 1_502_982_144]);
  });

  it.each(['seed', 'bvlc', 'torchvision', 'd2l'])('prints the stages of %s', async (variant) => {
    const { code, stdout } = await strata('summary', '--variant', variant);
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  it('takes another picture size', async () => {
    const { stdout } = await strata('summary', '--input', '1,64,80', '--json');
    const shapeOf = (wanted: string) =>
      JSON.parse(stdout).layers.find(({ name }: { name: string }) => name === wanted).outputShape;
    expect([shapeOf('pool1'), shapeOf('inception5b'), shapeOf('fc')]).toEqual([
      [1, 64, 16, 20],
      [1, 1024, 2, 3],
      [1, 10],
    ]);
  });

  it('prints the same from its own process', async () => {
    const [spawned, here] = await Promise.all([spawnStrata('summary', '--json'), strata('summary', '--json')]);
    expect(spawned).toEqual(here);
  });
});
