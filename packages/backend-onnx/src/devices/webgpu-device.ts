import { awaited, type BackendOptions, DeviceError, describeValue, tagOf } from '@strata/core';

const WHERE = 'onnx/webgpu';

/** The device that the options bring, or one of our own with all that the adapter grants and the library can use. */
export async function requestDevice({ powerPreference, gpuDevice }: BackendOptions): Promise<GPUDevice> {
  if (gpuDevice !== undefined) {
    if (isGpuDevice(gpuDevice)) return gpuDevice;
    throw new DeviceError({ where: `${WHERE}: gpuDevice`, got: describeValue(gpuDevice), want: 'a GPUDevice' });
  }
  const adapter = await awaited(
    'navigator.gpu.requestAdapter()',
    navigator.gpu.requestAdapter({ powerPreference: powerPreference ?? 'high-performance' }),
  );
  if (adapter === null) {
    throw new DeviceError({
      where: WHERE,
      got: 'no WebGPU adapter',
      want: 'a GPU with a driver that this browser trusts',
      hint: 'see chrome://gpu, or choose another device',
    });
  }
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const requiredFeatures = FEATURES.filter((feature) => adapter.features.has(feature));
  return awaited("the adapter's requestDevice()", adapter.requestDevice({ requiredLimits, requiredFeatures }));
}

/** Of any realm: a frame's page may share its device. */
function isGpuDevice(value: unknown): value is GPUDevice {
  return tagOf(value) === 'GPUDevice';
}

/** What the library asks of a device of its own, but for half precision: float32 means float32. */
const FEATURES = ['subgroups'] as const;
const LIMITS = [
  'maxBindGroups',
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const;
