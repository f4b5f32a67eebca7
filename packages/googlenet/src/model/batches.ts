import { asFloat32, InputError, type Shape, sameShape, type Tensor, tensor } from '@strata/core';

/** [channels, height, width] tensors of one shape → [batch, channels, height, width]. */
export function stackPictures(pictures: readonly Tensor[]): Tensor {
  const [{ shape }] = pictures;
  const size = pictures[0].data.length;
  const data = new Float32Array(pictures.length * size);
  for (const [index, picture] of pictures.entries()) data.set(asFloat32(picture), index * size);
  return tensor([pictures.length, ...shape], data);
}

/** Tensors that differ in their first axis alone, one after the other. `InputError` when they differ in another. */
export function joinBatches(batches: readonly Tensor[], where: string): Tensor {
  const [{ shape: first }] = batches;
  const rest: Shape = first.slice(1);
  for (const { shape } of batches) {
    if (sameShape(shape.slice(1), rest)) continue;
    throw new InputError({
      where,
      got: `values of [${shape.slice(1).join(',')}] and [${rest.join(',')}]`,
      want: 'pictures of one size',
      hint: 'ask for the features of pictures of different sizes one by one',
    });
  }
  if (batches.length === 1) return batches[0];
  const data = new Float32Array(batches.reduce((sum, { data: part }) => sum + part.length, 0));
  let offset = 0;
  for (const batch of batches) {
    data.set(asFloat32(batch), offset);
    offset += batch.data.length;
  }
  return tensor([batches.reduce((sum, { shape }) => sum + shape[0], 0), ...rest], data);
}

/** Groups of neighbours of the same shape, at most `most` in each. */
export function groupByShape(pictures: readonly Tensor[], most: number): Tensor[][] {
  const groups: Tensor[][] = [];
  for (const picture of pictures) {
    const last = groups.at(-1);
    if (last !== undefined && last.length < most && sameShape(last[0].shape, picture.shape)) last.push(picture);
    else groups.push([picture]);
  }
  return groups;
}
