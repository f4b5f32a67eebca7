// Makes one context with the package gl and prints its renderer. Exit code 3: it loads, but gives no context.
const gl = require('gl');

const context = gl(2, 2);
if (context === null) process.exit(3);
// The context itself answers ANGLE; the class that it extends knows more.
const native = Object.getPrototypeOf(gl.WebGLRenderingContext.prototype);
process.stdout.write(String(native.getParameter.call(context, context.RENDERER)));
