/** What the work fails with, `NAME: MESSAGE`, where `secret`, a folder or an address that differs each time, reads as `name`. */
export async function complaintOf(work: Promise<unknown>, secret = '', name = ''): Promise<string> {
  const error = await work.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? `${error.name}: ${error.message.replaceAll(secret, name)}` : String(error);
}
