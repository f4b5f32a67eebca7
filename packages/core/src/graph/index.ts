export { countCosts, type NodeCost } from './count.js';
export { commutesOf, hasAxis, identityOf, isComputed, signOf, takesActivation } from './facts.js';
export { freshName } from './fresh-name.js';
export { describeNode, findNode, type Graph, indexNodes, type Node, type NodeOf, nodesOf } from './graph.js';
export { inferConcreteShapes, inferNode, inferShapes } from './infer.js';
export { findLowPools } from './low-pools.js';
export { printGraph } from './print.js';
export { verifyGraph } from './verify.js';
export { readersOf, selectOutputs } from './walk.js';
