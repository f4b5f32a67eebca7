/** The two halves of the data set. */
export type Split = 'train' | 'test';

/** One of the official files, gzipped. */
export interface OfficialFile {
  readonly name: string;
  /** As published in the data set's README. */
  readonly md5: string;
}

/** Where Zalando publishes the files. */
export const officialAddress = 'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/';

/** The official files of each split, with their published checksums. */
export const officialFiles: Readonly<Record<Split, { readonly images: OfficialFile; readonly labels: OfficialFile }>> =
  {
    train: {
      images: { name: 'train-images-idx3-ubyte.gz', md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d' },
      labels: { name: 'train-labels-idx1-ubyte.gz', md5: '25c81989df183df01b3e8a0aad5dffbe' },
    },
    test: {
      images: { name: 't10k-images-idx3-ubyte.gz', md5: 'bef4ecab320f06d8554ea6380940ec79' },
      labels: { name: 't10k-labels-idx1-ubyte.gz', md5: 'bb300cfdad3c16e7a12a480ee83cd310' },
    },
  };
