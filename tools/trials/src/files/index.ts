export { joinBytes, littleEndian } from './bytes.js';
export {
  legacyCheckpoint,
  type Numbers,
  type Placing,
  pickleNamed,
  pickleParameter,
  pickleStateDict,
  pickleStorage,
  pickleTensor,
  type ZipCheckpointOptions,
  zipCheckpoint,
} from './checkpoint.js';
export {
  none,
  type Pickled,
  pickleBuilt,
  pickleCall,
  pickleDict,
  pickleGlobal,
  pickleInteger,
  pickleList,
  pickleOf,
  picklePersistent,
  pickleText,
  pickleTuple,
} from './pickle.js';
export { type ZipOptions, zipOf } from './zip.js';
