/** An eigenvector of length 1 and its eigenvalue. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
}

/** Sweeps over all pairs; a covariance of some hundred channels takes about ten. */
const mostSweeps = 30;

/**
 * All eigenpairs of a symmetric matrix (rows), the largest value first, by cyclic Jacobi rotations: Golub, Van Loan,
 * "Matrix Computations", section 8.5. The matrix is used up.
 */
export function eigenpairs(matrix: readonly Float64Array[]): Eigenpair[] {
  const size = matrix.length;
  const vectors = matrix.map((_, row) => Float64Array.from({ length: size }, (_, column) => (row === column ? 1 : 0)));
  const whole = matrix.reduce((sum, row) => sum + row.reduce((part, value) => part + value * value, 0), 0);
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let rest = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        rest += matrix[p][q] ** 2;
        rotate(matrix, vectors, p, q);
      }
    }
    if (rest <= 1e-24 * whole) break;
  }
  return matrix.map((row, index) => ({ value: row[index], vector: vectors[index] })).sort((a, b) => b.value - a.value);
}

/** Turns rows and columns p and q so that the element between them is zero. `vectors` holds eigenvectors as rows. */
function rotate(matrix: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const between = matrix[p][q];
  if (between === 0) return;
  const tau = (matrix[q][q] - matrix[p][p]) / (2 * between);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (const row of matrix) {
    const [x, y] = [row[p], row[q]];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  for (let k = 0; k < matrix.length; k++) {
    const [x, y] = [matrix[p][k], matrix[q][k]];
    matrix[p][k] = c * x - s * y;
    matrix[q][k] = s * x + c * y;
    const [u, v] = [vectors[p][k], vectors[q][k]];
    vectors[p][k] = c * u - s * v;
    vectors[q][k] = s * u + c * v;
  }
}
