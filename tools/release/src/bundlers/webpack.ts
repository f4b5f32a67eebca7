import webpack from 'webpack';

export async function bundleByWebpack(project: string, entry: string, outDir: string): Promise<string> {
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
    const output = { path: outDir, filename: 'main.js' };
    // A file of megabytes is no mistake here.
    const compiler = webpack({ mode: 'production', context: project, entry: `./${entry}`, output, performance: false });
    compiler?.run((error, result) => (error === null ? resolve(result) : reject(error)));
  });
  if (stats === undefined || stats.hasErrors() || stats.hasWarnings()) {
    throw new Error(`webpack: ${stats?.toString({ preset: 'errors-warnings' })}`);
  }
  return 'main.js';
}
