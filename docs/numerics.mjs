/**
 * Computes every worked example of docs/numerics.md. Plain arithmetic: JavaScript's numbers are float64, `f` rounds one
 * to float32.
 *
 * node docs/numerics.mjs
 */
const f = Math.fround;
const u = 2 ** -24;
const inU = (error) => `${Number((error / u).toPrecision(3))} u`;

/** Random numbers in [0, 1), the same in every run (mulberry32). */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Σ w·x, each product and each partial sum rounded to float32, one after another. */
const serial = (w, x) => w.reduce((sum, weight, i) => f(sum + f(weight * x[i])), 0);
const exact = (w, x) => w.reduce((sum, weight, i) => sum + weight * x[i], 0);
const magnitude = (w, x) => exact(w.map(Math.abs), x.map(Math.abs));

/** The numbers added in pairs, the pairs in pairs, and so on: as tree reductions of GPUs do. */
function pairwise(terms) {
  if (terms.length === 1) return terms[0];
  const middle = terms.length >> 1;
  return f(pairwise(terms.slice(0, middle)) + pairwise(terms.slice(middle)));
}

/** Rounds to 11 significant bits, as TF32 and half keep. */
function shorten(x) {
  if (x === 0) return 0;
  const step = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 10);
  const whole = x / step;
  const down = Math.floor(whole);
  const rest = whole - down;
  return (rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down) * step;
}

function section(title, lines) {
  console.log(`\n${title}`);
  for (const line of lines) console.log(`  ${line}`);
}

section('rounding', [
  `0.1 in float32 is ${f(0.1)}, relative error ${inU(Math.abs(f(0.1) - 0.1) / 0.1)}`,
  `1 + 2^-24 in float32 is ${f(1 + 2 ** -24)}; 1 + 2^-23 is ${f(1 + 2 ** -23)}`,
  `2^24 + 1 in float32 is ${f(2 ** 24 + 1)}`,
]);

const order = [1, 2 ** -24, 2 ** -24];
section('order', [
  `1 + 2^-24 + 2^-24: from the left ${f(f(order[0] + order[1]) + order[2])}, from the right ${f(order[0] + f(order[1] + order[2]))}`,
]);

const cancelling = [1, 1e-4, -1];
const got = f(f(cancelling[0] + f(cancelling[1])) + cancelling[2]);
const ulp = 2 ** (Math.floor(Math.log2(1e-4)) - 23);
section('cancellation', [
  `1 + 0.0001 − 1 = ${got}, off by ${Math.abs(got - 1e-4).toExponential(2)}`,
  `that is ${Math.round(Math.abs(got - 1e-4) / ulp)} ulp of the result, and ${inU(Math.abs(got - 1e-4) / 2.0001)} of the magnitude 2.0001`,
]);

/** The worst error of `trials` sums of K terms, in u of their magnitudes. */
function worstSum(K, trials, draw, sum) {
  let worst = 0;
  for (let trial = 0; trial < trials; trial++) {
    const [w, x] = draw(K, createRandom(1 + trial));
    worst = Math.max(worst, Math.abs(sum(w, x) - exact(w, x)) / magnitude(w, x));
  }
  return worst / u;
}
const draws = {
  'zero-mean': (K, random) => [0, 0].map(() => Array.from({ length: K }, () => f(2 * random() - 1))),
  positive: (K, random) => [0, 0].map(() => Array.from({ length: K }, () => f(random()))),
  constant: (K, random) => [0, 0].map(() => new Array(K).fill(f(random()))),
};
const sums = { serial, pairwise: (w, x) => pairwise(w.map((weight, i) => f(weight * x[i]))) };
for (const K of [9, 1728]) {
  section(
    `worst of 2000 sums of ${K} terms, in u·Σ|w||x|; C = 4 + 2√K = ${(4 + 2 * Math.sqrt(K)).toPrecision(3)}, K + 2 = ${K + 2}`,
    Object.entries(draws).flatMap(([data, draw]) =>
      Object.entries(sums).map(([name, sum]) => `${data}, ${name}: ${worstSum(K, 2000, draw, sum).toPrecision(3)}`),
    ),
  );
}

const logits = [3, 1, 0, -20].map(f);
const top = Math.max(...logits);
const exponentials = logits.map((x) => Math.exp(x - top));
const total = exponentials.reduce((sum, value) => sum + value, 0);
const y = exponentials.map((value) => value / total);
const mean = y.reduce((sum, value, i) => sum + value * (top - logits[i]), 0);
section('softmax of 3, 1, 0, −20', [
  ...y.map(
    (value, i) => `y = ${value.toPrecision(4)}: tolerance ${(4 + 8 + 4 * (top - logits[i] + mean)).toPrecision(3)} u·y`,
  ),
  `inputs off by 0.001: ${Math.expm1(0.002).toPrecision(3)} of y more`,
]);

const squares = [1, 2, 3].reduce((sum, x) => sum + x ** 2, 0);
const s = 1 + (1e-4 / 3) * squares;
section('LRN of 2 between 1 and 3, size 3, alpha 1e-4, beta 0.75, k 1', [
  `s = ${s.toPrecision(8)}, y = ${(2 / s ** 0.75).toPrecision(8)}`,
  `tolerance ${(3 + 0.75 * 6 + 4 * (1 + 0.75 * Math.abs(Math.log2(s)))).toPrecision(4)} u·y`,
]);

const [gamma, beta, mu, variance, epsilon] = [2, -3.9, 10, 4, 1e-5];
const gain = gamma / Math.sqrt(variance + epsilon);
const x = 13.9;
const normalised = gain * (x - mu) + beta;
const parts = gain * (x + mu) + Math.abs(beta);
section('batch norm of 13.9: γ 2, β −3.9, μ 10, σ² 4', [
  `y = ${normalised.toExponential(3)}, magnitude ${parts.toPrecision(4)}: tolerance ${(10 * u * parts).toExponential(2)}, ${((10 * u * parts) / Math.abs(normalised)).toPrecision(2)} of y`,
]);

/** w·x + b + o of found sizes, the constants joined first as an optimiser does: how far off, beside both bounds. */
const random = createRandom(7);
let [outside, worstPlain, worstJoined] = [0, 0, 0];
for (let trial = 0; trial < 1000; trial++) {
  const [w, v, b, o] = [1e-3 * random(), random(), random(), 4100 + 100 * random()].map(f);
  const joined = Math.abs(f(f(w * v) + f(b + o)) - (w * v + b + o));
  const before = (4 + 2 * Math.sqrt(2)) * u * (w * v + b);
  const plain = before + u * (w * v + b + before + o);
  const inside = before * (1 + 1 / (4 + 2 * Math.sqrt(2))) + (4 + 2 * Math.sqrt(3)) * u * o;
  if (joined > plain) outside++;
  worstPlain = Math.max(worstPlain, joined / plain);
  worstJoined = Math.max(worstJoined, joined / Math.max(plain, inside));
}
section('1000 sums w·x + b + o with o between 4100 and 4200, b and o joined first', [
  `${outside} are beyond the tolerance of an add behind a convolution; the worst reaches ${worstPlain.toPrecision(2)} of it`,
  `the worst reaches ${worstJoined.toPrecision(2)} of the chain's tolerance`,
]);

const probe = 1 + 2 ** -12;
section('precision probe: one product of (1 + 2^-12) and (1 + 2^-12)', [
  `float32: off by ${inU(Math.abs(f(probe * probe) - probe * probe) / probe ** 2)}`,
  `operands of 11 bits: off by ${inU(Math.abs(shorten(probe) ** 2 - probe * probe) / probe ** 2)}`,
  `tolerance of float32 at K = 1: ${4 + 2} u`,
]);
for (const K of [4, 1728]) {
  let beyond = 0;
  for (let trial = 0; trial < 1000; trial++) {
    const [w, v] = draws['zero-mean'](K, createRandom(1 + trial));
    const short = w.reduce((sum, weight, i) => sum + shorten(weight) * shorten(v[i]), 0);
    if (Math.abs(short - exact(w, v)) > (4 + 2 * Math.sqrt(K)) * u * magnitude(w, v)) beyond++;
  }
  section(`1000 zero-mean sums of ${K} terms with operands of 11 bits`, [
    `${beyond} are beyond the tolerance of float32, ${(4 + 2 * Math.sqrt(K)).toPrecision(3)} u·Σ|w||x|`,
  ]);
}

const d = [0.1, 0.1, 1000, 0.1].map(f);
// F(2, 3) of Lavin and Gray with the filter g = [1, 0, 0]: two outputs from four pixels in four products.
const m = [f(d[0] - d[2]), f(f(d[1] + d[2]) * 0.5), f(f(d[2] - d[1]) * 0.5), 0];
const second = f(f(m[1] - m[2]) - m[3]);
const off = Math.abs(second - d[1]);
section('Winograd F(2, 3) on 0.1, 0.1, 1000, 0.1 with the filter 1, 0, 0', [
  `second output: got ${second}, want ${d[1]}`,
  `off by ${inU(off / d[1])} of its own magnitude, ${inU(off / 1000)} of the tile's`,
]);

section('errors through ten layers of 64 terms, weights of size 1/8', [
  `worst case grows by Σ|w| = ${64 / 8} a layer: ${(8 ** 10).toExponential(2)} after ten`,
  `independent errors by √Σw² = ${Math.sqrt(64 / 64)} a layer: 1 after ten, and ten layers' own errors together √10 = ${Math.sqrt(10).toPrecision(3)}`,
]);
