"""Makes test/fixtures/picture-goldens.json: what torchvision, OpenCV and scikit-image make of pictures.

usage: python3 scripts/make-picture-goldens.py, with torchvision, opencv-python-headless and scikit-image
(torchvision's part alone where the others are not there: the rest of the file stays)
"""

import hashlib
import json
import pathlib

import numpy as np

path = pathlib.Path(__file__).parent.parent / "test" / "fixtures" / "picture-goldens.json"
goldens = json.loads(path.read_text()) if path.exists() else {}


def draw(width, height, seed):
    """The same as `drawPicture` of test/picture-goldens.test.ts: a gradient with noise, [height, width, 3]."""
    levels = np.empty(3 * width * height, np.uint8)
    state = seed
    for i in range(levels.size):
        state = (state * 1664525 + 1013904223) % 2**32
        pixel, channel = divmod(i, 3)
        ramp = (pixel % width) * 190 // width if channel != 1 else (pixel // width) * 190 // height
        levels[i] = ramp + (state >> 26)
    return levels.reshape(height, width, 3)


def sha256(levels):
    return hashlib.sha256(np.ascontiguousarray(levels, np.uint8).tobytes()).hexdigest()


sizes = [(300, 200), (200, 301), (341, 256), (500, 333), (640, 480), (61, 47), (1, 40), (1000, 13), (224, 224)]

try:
    import PIL
    import torch
    import torchvision
    from PIL import Image
    from torchvision import transforms
    from torchvision.transforms._presets import ImageClassification

    def levels_of(tensor, mean, std):
        return (tensor.double() * torch.tensor(std).view(-1, 1, 1) + torch.tensor(mean).view(-1, 1, 1)).mul(255).round()

    cases = []
    for seed, (width, height) in enumerate(sizes):
        picture = Image.fromarray(draw(width, height, seed))
        for crop, resized in [(224, 256), (32, 37)]:
            preset = ImageClassification(crop_size=crop, resize_size=resized)
            tensor = preset(picture)
            sized = transforms.Resize(resized)(picture)
            ten = transforms.TenCrop(crop)(sized)
            grey = transforms.CenterCrop(crop)(transforms.Resize(resized)(transforms.Grayscale()(picture)))
            whole = transforms.Resize((crop, crop))(picture)
            cases.append(
                {
                    "width": width,
                    "height": height,
                    "seed": seed,
                    "side": crop,
                    "levels": sha256(levels_of(tensor, preset.mean, preset.std).numpy()),
                    "firstValues": [float(f"{value:.9g}") for value in tensor[:, 0, 0]],
                    "tenCrops": sorted(sha256(np.asarray(part).transpose(2, 0, 1)) for part in ten),
                    "grey": sha256(np.asarray(grey)),
                    "whole": sha256(np.asarray(whole).transpose(2, 0, 1)),
                }
            )
    goldens["torchvision"] = {
        "madeWith": f"torchvision {torchvision.__version__}, torch {torch.__version__}, Pillow {PIL.__version__}",
        "cases": cases,
    }
except ModuleNotFoundError as error:
    print(f"torchvision's part stays: {error}")

try:
    import cv2
    import skimage
    from skimage.transform import resize

    cases = []
    for seed, (width, height) in enumerate(sizes[:7]):
        picture = draw(width, height, seed)
        # As Caffe's convert_imageset, and as its classify.py with the scikit-image of its day, which did not antialias.
        by_opencv = cv2.resize(picture, (32, 32), interpolation=cv2.INTER_LINEAR)
        by_skimage = resize(picture / 255, (32, 32), order=1, anti_aliasing=False, mode="edge") * 255
        crop = lambda levels: np.ascontiguousarray(levels[2:30, 2:30, ::-1].transpose(2, 0, 1))
        rounded = np.abs(by_opencv - by_skimage).max()
        cases.append(
            {
                "width": width,
                "height": height,
                "seed": seed,
                "openCv": crop(by_opencv).tobytes().hex(),
                "apart": round(float(rounded), 3),
                "scikitImage": [round(float(level), 4) for level in crop(by_skimage)[:, 5, 3:28].flat],
            }
        )
    goldens["caffe"] = {"madeWith": f"opencv {cv2.__version__}, scikit-image {skimage.__version__}", "cases": cases}
except ModuleNotFoundError as error:
    print(f"Caffe's part stays: {error}")

path.write_text(json.dumps(goldens, indent=1) + "\n")
