import {
  cacheFolder,
  downloadFashionMnist,
  type FashionMnist,
  loadFashionMnist,
  type Split,
  shippedTrainedOn,
} from '@strata/googlenet/fashion-mnist';
import { garmentOf } from './pictures.js';

/**
 * The pictures of a split (784 bytes each) that the shipped weights were trained on, or those they were not. Without a
 * folder the official files are downloaded into the system's cache folder, where they are not there yet.
 */
export async function openGarments(folder: string | undefined, split: Split): Promise<Uint8Array[]> {
  if (folder === undefined) await downloadFashionMnist({ splits: [split] });
  const data: FashionMnist = await loadFashionMnist(folder ?? cacheFolder(), split);
  const trainedOn = await shippedTrainedOn();
  return Array.from({ length: data.count }, (_, index) => garmentOf(data, index)).filter(
    (garment) => trainedOn.has(garment) === (split === 'train'),
  );
}
