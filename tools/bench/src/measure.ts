import { DeviceError } from '@strata/core';
import type { Peer } from '../peers/peer.js';
import type { BenchCase } from './cases.js';
import { compareLogits, type LogitAgreement } from './compare-logits.js';
import { interleave } from './interleave.js';
import { openBackendOf } from './open-ours.js';
import { openPeerOf } from './open-peer.js';
import { median, type Ratio, ratioOfMedians } from './statistics.js';
import { makePictures, makeSubject, openStrata } from './subject.js';

/** Strata against a peer, on one device at one size. */
export interface Measurement extends Omit<BenchCase, 'control' | 'threaded'> {
  readonly threads: number;
  readonly oursMs: number;
  readonly peerMs: number;
  /** Ours over the peer; below 1 ours is faster. */
  readonly ratio: Ratio;
  /** The peer over a second instance of itself: what noise alone gives. Absent where that would take minutes. */
  readonly control?: Ratio;
  readonly agreement: LogitAgreement;
}

/** A case that this machine cannot run. */
export interface LeftOut {
  readonly row: string;
  readonly peer: string;
  readonly reason: string;
}

export interface MeasureOptions {
  readonly threads: number;
  onPair?(label: string, done: number, of: number): void;
}

/** The two sides of a case, and a second peer where the case has a control. */
interface Sides {
  readonly ours: Peer;
  readonly peer: Peer;
  readonly twin?: Peer;
  close(): Promise<void>;
}

/** Largest difference of two logits, in parts of the largest. */
const AGREE = 1e-4;

/**
 * Measures one case, or says why it cannot run here. Throws when the two sides do not agree: a speed without matching
 * results is worth nothing.
 */
export async function measure(item: BenchCase, options: MeasureOptions): Promise<Measurement | LeftOut> {
  const threads = item.threaded ? options.threads : 1;
  const sides = await open(item, threads);
  if ('reason' in sides) return sides;
  try {
    return await compare(item, sides, { ...options, threads });
  } finally {
    await sides.close();
  }
}

async function open(item: BenchCase, threads: number): Promise<Sides | LeftOut> {
  const subject = makeSubject();
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of opened.toReversed()) await closeOne();
  };
  const keep = (peer: Peer): Peer => {
    opened.push(() => peer.close());
    return peer;
  };
  try {
    const backend = await openBackendOf(item, threads);
    opened.push(() => backend.dispose());
    const openPeer = () => openPeerOf(item.peer, subject, { threads, size: item.size });
    const ours = keep(await openStrata(backend, subject));
    const peer = keep(await openPeer());
    return item.control ? { ours, peer, twin: keep(await openPeer()), close } : { ours, peer, close };
  } catch (error) {
    await close();
    if (!(error instanceof DeviceError)) throw error;
    return { row: item.row, peer: item.peer, reason: error.message };
  }
}

async function compare(item: BenchCase, { ours, peer, twin }: Sides, options: MeasureOptions): Promise<Measurement> {
  const { row, backend, device, peer: peerName, size, pairs } = item;
  const { data, shape } = makePictures(size);
  const agreement = compareLogits(await ours.run(data, shape), await peer.run(data, shape), 10);
  if (!(agreement.worst <= AGREE) || !agreement.sameClasses) {
    throw new Error(`${row}: ours and ${peerName} differ by ${agreement.worst} of the largest logit`);
  }
  const against = (side: Peer, what: string) =>
    interleave(
      () => side.run(data, shape),
      () => peer.run(data, shape),
      {
        pairs,
        warmUp: Math.max(2, Math.ceil(pairs / 20)),
        onPair: (done) => options.onPair?.(`${row}, ${what}`, done, pairs),
      },
    );
  const measured = await against(ours, 'ours : peer');
  const control = twin === undefined ? {} : { control: ratioOfMedians(await against(twin, 'peer : peer')) };
  return {
    ...{ row, backend, device, peer: peerName, size, pairs, threads: options.threads },
    oursMs: median(measured.map((pair) => pair.ours)),
    peerMs: median(measured.map((pair) => pair.peer)),
    ratio: ratioOfMedians(measured),
    ...control,
    agreement,
  };
}
