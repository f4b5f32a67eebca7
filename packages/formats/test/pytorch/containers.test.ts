import {
  none,
  pickleDict,
  pickleInteger,
  pickleList,
  pickleNamed,
  pickleStateDict,
  pickleText,
} from '@strata/trials/files';
import { describe, expect, it } from 'vitest';
import { openPyTorch } from '../../src/pytorch/index.js';
import { fileWith, refusal, tensor } from './support.js';

const weights = pickleStateDict([
  ['conv.weight', tensor],
  ['conv.bias', tensor],
]);
const optimizer = pickleNamed([
  ['state', pickleDict([[pickleInteger(0), pickleNamed([['exp_avg', tensor]])]])],
  ['param_groups', pickleList(pickleNamed([['lr', pickleInteger(1)]]))],
]);

function opened(...entries: Parameters<typeof pickleNamed>[0] extends Iterable<infer T> ? T[] : never) {
  const { container, prefix, producer, tensors } = openPyTorch(fileWith(pickleNamed(entries)), 'w');
  return { container, prefix, producer, names: [...tensors.keys()] };
}

describe('the weights among what a checkpoint holds', () => {
  const names = ['conv.weight', 'conv.bias'];

  it('are found under the keys that training scripts use', () => {
    expect(
      opened(['epoch', pickleInteger(3)], ['model_state_dict', weights], ['optimizer_state_dict', optimizer]),
    ).toEqual({ container: 'model_state_dict', names });
    // The ImageNet example's best accuracy is a tensor, and no weight.
    expect(
      opened(
        ['epoch', pickleInteger(90)],
        ['arch', pickleText('googlenet')],
        ['state_dict', weights],
        ['best_acc1', tensor],
        ['optimizer', optimizer],
      ),
    ).toEqual({ container: 'state_dict', names });
    expect(
      opened(['pytorch-lightning_version', pickleText('2.5.1')], ['state_dict', weights], ['loops', none]),
    ).toEqual({
      container: 'state_dict',
      producer: 'PyTorch Lightning 2.5.1',
      names,
    });
    for (const key of ['model', 'net', 'weights', 'network']) {
      expect(opened([key, weights], ['optimizer', optimizer])).toEqual({ container: key, names });
    }
  });

  it('are found in a container within a container, under a key of its own, or in none', () => {
    expect(opened(['model', pickleNamed([['state_dict', weights]])])).toEqual({ container: 'model.state_dict', names });
    expect(opened(['my_googlenet', weights], ['optimizer', optimizer])).toEqual({ container: 'my_googlenet', names });
    expect(opened(['conv.weight', tensor], ['conv.bias', tensor], ['epoch', pickleInteger(3)])).toEqual({ names });
    expect(openPyTorch(fileWith(weights)).tensors.get('conv.weight')?.read().data).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(openPyTorch(fileWith(pickleNamed([]))).tensors.size).toBe(0);
  });

  it('are those of the known key where an average lies beside; other choices are not made', () => {
    expect(opened(['model', weights], ['model_ema', weights])).toEqual({ container: 'model', names });
    expect(
      refusal(
        fileWith(
          pickleNamed([
            ['model', weights],
            ['state_dict', weights],
          ]),
        ),
      ),
    ).toMatchInlineSnapshot(
      `"w.pth: tensors under "model", "state_dict", want one set of weights; in Python, save one: torch.save(torch.load(file, weights_only=True)["model"], "weights.pth")"`,
    );
    expect(
      refusal(
        fileWith(
          pickleNamed([
            ['generator', weights],
            ['discriminator', weights],
          ]),
        ),
      ),
    ).toMatchInlineSnapshot(
      `"w.pth: tensors under "generator", "discriminator", want one set of weights; in Python, save one: torch.save(torch.load(file, weights_only=True)["generator"], "weights.pth")"`,
    );
  });

  it('must be there, by name', () => {
    expect(refusal(fileWith(pickleNamed([['optimizer', optimizer]])))).toMatchInlineSnapshot(
      `"w.pth: a dictionary without tensors, want tensors by name; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
    expect(refusal(fileWith(tensor))).toMatchInlineSnapshot(
      `"w.pth: a tensor, want tensors by name; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
    expect(refusal(fileWith(pickleList(tensor)))).toMatchInlineSnapshot(
      `"w.pth: a list, want tensors by name; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
    expect(refusal(fileWith(pickleDict([[pickleInteger(0), tensor]])))).toMatchInlineSnapshot(
      `"w.pth: a tensor under 0, which is no name, want tensors by name; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
    expect(refusal(fileWith(pickleNamed([['epoch', pickleInteger(3)]])))).toMatchInlineSnapshot(
      `"w.pth: a dictionary without tensors, want tensors by name; in Python, save the weights alone: torch.save(model.state_dict(), "weights.pth")"`,
    );
  });

  it('lose the prefixes that all of them share, and no other', () => {
    const prefixed = (...keys: readonly string[]) => opened(...keys.map((key): [string, Uint8Array] => [key, tensor]));
    expect(prefixed('module.a', 'module.b')).toEqual({ prefix: 'module.', names: ['a', 'b'] });
    expect(prefixed('_orig_mod.module.a', '_orig_mod.module.b.c')).toEqual({
      prefix: '_orig_mod.module.',
      names: ['a', 'b.c'],
    });
    expect(prefixed('model.net.0.weight')).toEqual({ prefix: 'model.net.', names: ['0.weight'] });
    expect(prefixed('model.a', 'loss.b')).toEqual({ names: ['model.a', 'loss.b'] });
    expect(prefixed('_forward_module.model.backbone.a')).toEqual({
      prefix: '_forward_module.model.backbone.',
      names: ['a'],
    });
    // As torch's AveragedModel has it.
    expect(prefixed('n_averaged', 'module.a')).toEqual({ prefix: 'module.', names: ['n_averaged', 'a'] });
    expect(prefixed('module.', 'module.b')).toEqual({ names: ['module.', 'module.b'] });
  });
});
