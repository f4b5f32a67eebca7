// How `nx release version` reads and writes the versions of npm packages. Nx's own is in @nx/js, which has no release for
// Nx 24 yet. CommonJS, as Nx takes what the module itself is.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { readJson, updateJson } = require('nx/src/devkit-exports');
const { VersionActions } = require('nx/release');

const collections = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'];

module.exports = class NpmVersionActions extends VersionActions {
  validManifestFilenames = ['package.json'];

  get #manifest() {
    return join(this.projectGraphNode.data.root, 'package.json');
  }

  async readCurrentVersionFromSourceManifest(tree) {
    return { currentVersion: readJson(tree, this.#manifest).version, manifestPath: this.#manifest };
  }

  async readCurrentVersionFromRegistry() {
    return null;
  }

  async readCurrentVersionOfDependency(tree, _graph, name) {
    const manifest = readJson(tree, this.#manifest);
    const collection = collections.find((key) => manifest[key]?.[name] !== undefined);
    if (collection === undefined) return { currentVersion: null, dependencyCollection: null };
    return { currentVersion: manifest[collection][name], dependencyCollection: collection };
  }

  async updateProjectVersion(tree, version) {
    updateJson(tree, this.#manifest, (manifest) => ({ ...manifest, version }));
    // What the package says of itself where it runs: pages cannot read its manifest.
    const source = join(this.projectGraphNode.data.root, 'src/version.ts');
    if (tree.exists(source)) tree.write(source, tree.read(source, 'utf8').replace(/'[^']*'/, `'${version}'`));
    return [`${this.#manifest}: version ${version}`];
  }

  /** Our packages want each other in exactly the version that they have. */
  async updateProjectDependencies(tree, _graph, versions) {
    updateJson(tree, this.#manifest, (manifest) => {
      for (const [name, version] of Object.entries(versions)) {
        for (const key of collections) if (manifest[key]?.[name] !== undefined) manifest[key][name] = version;
      }
      return manifest;
    });
    return [`${this.#manifest}: ${Object.keys(versions).length} of our packages wanted in their new version`];
  }

  static async afterAllProjectsVersioned(cwd, { dryRun }) {
    if (dryRun) return { changedFiles: [], deletedFiles: [] };
    execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd, stdio: 'ignore' });
    return { changedFiles: ['package-lock.json'], deletedFiles: [] };
  }
};
