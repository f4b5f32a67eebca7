import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageOf, rooms, testsOf } from '../mutation/rooms.mjs';

const own = rooms.filter(({ folder }) => folder !== undefined);

describe('a room of mutants', () => {
  it.each(own.map((room) => [room.name, room]))('%s has tests, and none that needs a browser', (_, room) => {
    const { run, leftOut } = testsOf(room);
    expect(run.length).toBeGreaterThan(0);
    expect(run.join()).not.toMatch(/browser|webgpu|webgl/);
    expect(run.filter((name) => leftOut.includes(name))).toEqual([]);
  });

  it('has a name and a page of its own', () => {
    expect(new Set(rooms.map(pageOf)).size).toBe(rooms.length);
    expect(pageOf({ name: 'formats/npy' })).toBe('docs/reports/mutants/formats-npy.md');
  });

  it('is chosen by its name: the command explains wrong ones', () => {
    const run = (...words) =>
      spawnSync(process.execPath, [join(import.meta.dirname, '../mutation/mutants.mjs'), ...words], {
        encoding: 'utf8',
      });
    const refused = { status: 2, stderr: expect.stringContaining("mutants: room 'formats/none', want formats/npy, ") };
    expect(run('--room', 'formats/npy', '--room', 'formats/none')).toMatchObject(refused);
  });
});
