#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Compiling a few hundred modules is much of a short command's time; Node 22 and newer can keep the result.
nodeModule.enableCompileCache?.();
const { launch } = await import('../dist/launch.js');
await launch();
