export { countCosts, type NodeCost } from './count.js';
export { describeNode, findNode, type Graph, indexNodes, type Node, type NodeOf, nodesOf } from './graph.js';
export { inferConcreteShapes, inferNode, inferShapes } from './infer.js';
export { printGraph } from './print.js';
export { verifyGraph } from './verify.js';
export { readersOf, selectOutputs } from './walk.js';
