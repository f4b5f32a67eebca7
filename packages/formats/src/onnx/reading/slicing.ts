/**
 * What ONNX writes for an end that is the axis's: ends from here on are beyond any axis. The largest int32, as runtimes
 * keep sizes in either width.
 */
export const TO_THE_END = 2 ** 31 - 1;
