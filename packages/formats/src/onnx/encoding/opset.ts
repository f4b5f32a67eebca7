/**
 * The ONNX operator set that models are encoded in, and the file format version that goes with it. 19 is the first whose
 * AveragePool dilates.
 */
export const OPSET = 19;
export const IR_VERSION = 9;
