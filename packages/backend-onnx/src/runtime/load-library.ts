import { DeviceError, messageOf } from '@strata/core';

/** The library that `load` imports. Throws a `DeviceError` that says how to install it when it can not be loaded. */
export async function loadLibrary<T>(
  { where, library, install }: { readonly where: string; readonly library: string; readonly install: string },
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new DeviceError({
      where,
      got: `${library} can not be loaded: ${messageOf(error).split('\n')[0]}`,
      hint: `install it: ${install}`,
      cause: error,
    });
  }
}
