import type { Peer } from '../peers/peer.js';
import { openBackendOf } from './open-ours.js';
import { type OpenPeerOptions, type PeerName, peerTable } from './peer-table.js';
import { type makeSubject, openStrata } from './subject.js';

/** A peer by its name, or another device of Strata as `backend/device`. `DeviceError` when its library is not there. */
export async function openPeerOf(
  name: string,
  subject: ReturnType<typeof makeSubject>,
  options: OpenPeerOptions,
): Promise<Peer> {
  if (isPeerName(name)) return peerTable[name](subject, options);
  const [backend, device] = name.split('/');
  const opened = await openBackendOf({ backend, device }, options.threads);
  const peer = await openStrata(opened, subject);
  return {
    ...peer,
    async close() {
      await peer.close();
      await opened.dispose();
    },
  };
}

function isPeerName(name: string): name is PeerName {
  return Object.hasOwn(peerTable, name);
}
